namespace FlowEngine.Definitions;

/// <summary>Whether a definition has a form that is rewritten: a look that allocates next to nothing, for the many that have none.</summary>
internal static class DialectForms
{
    public static bool AreIn(FlowObject actions, DialectContext context)
    {
        for (var i = 0; i < actions.Count; i++)
        {
            if (IsForm(actions.Names[i], actions.Values[i], context)) return true;
        }

        return false;
    }

    private static bool IsForm(string name, FlowValue entry, DialectContext context)
    {
        if (!entry.IsObject) return false;
        if (RetryPolicyEntries.Is(name, entry) || UntypedEntries.Is(entry) || TypeAliases.Is(entry, context) || RuntimeSettings.Are(entry)) return true;
        if (TextInputs.Are(entry, context) || MemberVariables.Are(entry, context)) return true;
        foreach (var (_, nested) in NestedActions.Of(entry))
        {
            if (AreIn(nested, context)) return true;
        }

        return false;
    }
}
