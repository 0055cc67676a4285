namespace FlowEngine.Definitions;

/// <summary>One look through a definition's actions for all stages of the rewriting: most definitions have nothing for any of them, and leave as they came.</summary>
/// <remarks>Three walks of their own, and lists of what is nested, were 0.1 of 5.5 ms and 60 bytes an action (<c>load.actions-1000</c>).</remarks>
internal static class DialectSurvey
{
    /// <summary>What the actions of a map have, with all that is nested in them.</summary>
    public static DialectForms Of(FlowObject actions, DialectContext context)
    {
        var found = DialectForms.None;
        for (var i = 0; i < actions.Count; i++)
        {
            var entry = actions.Values[i];
            if (!entry.IsObject) continue;
            var members = MemberName.In(entry);
            if (actions.Count > 1 && !members.HasFlag(MemberNames.RunAfter)) found |= DialectForms.OpenOrder;
            if (members.HasFlag(MemberNames.Expression) && TextConditions.Is(entry, context)) found |= DialectForms.TextCondition;
            if (IsForm(actions.Names[i], entry, members, context)) found |= DialectForms.Form;
            if (members.HasFlag(MemberNames.Branches)) found |= OfNested(entry, context);
        }

        return found;
    }

    private static bool IsForm(string name, FlowValue entry, MemberNames members, DialectContext context)
    {
        if (RetryPolicyEntries.Is(name, entry) || TypeAliases.Is(entry, context)) return true;
        if (members.HasFlag(MemberNames.RuntimeConfiguration) && RuntimeSettings.Are(entry)) return true;
        return members.HasFlag(MemberNames.Inputs) ? TextInputs.Are(entry, context) || MemberVariables.Are(entry, context) : UntypedEntries.Is(entry);
    }

    private static DialectForms OfNested(FlowValue entry, DialectContext context)
    {
        var found = OfMapIn(entry, context);
        var type = entry["type"];
        foreach (var branch in NestedActions.Branches(type)) found |= OfMapIn(entry[branch], context);
        if (NestedActions.BranchList(type) is not { } list || entry[list].AsObjectOrNull is not { } branches) return found;
        foreach (var branch in branches.Values) found |= OfMapIn(branch, context);
        return found;
    }

    private static DialectForms OfMapIn(FlowValue owner, DialectContext context) => owner["actions"].AsObjectOrNull is { } actions ? Of(actions, context) : DialectForms.None;
}

/// <summary>What there is to rewrite.</summary>
[Flags]
internal enum DialectForms
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A form that is one wherever it stands.</summary>
    Form = 1,

    /// <summary>An action without <c>runAfter</c> beside another one.</summary>
    OpenOrder = 2,

    /// <summary>A condition that is one single interpolation: a form beside others only.</summary>
    TextCondition = 4,
}
