namespace FlowEngine.Definitions;

/// <summary>R2: names of types that are the designer's titles, <c>Apply_to_each</c> for Foreach, and <c>Parallel</c> with <c>branches</c>.</summary>
internal static class TypeAliases
{
    /// <summary>Whether an entry has such a type.</summary>
    public static bool Is(FlowValue entry, DialectContext context) => entry["type"].AsStringOrNull is { } type && Find(type, context) is { } standard && (standard != ContainerTypes.Scope || entry["branches"].IsObject);

    /// <summary>Gives an action its standard type, and its members their standard places.</summary>
    public static void Rewrite(string name, DraftObject action, DialectContext context)
    {
        if (action.Find("type") is not { } written || written.Value.AsStringOrNull is not { } alias || Find(alias, context) is not { } type) return;
        if (type == ContainerTypes.Scope && !action["branches"].IsObject) return;
        context.Report(DiagnosticCodes.DialectType, $"The action '{name}' has the type '{alias}', which is taken for '{type}'.", Sentence(type, alias), written.Origin, name);
        action.Set(written.Name, FlowValue.String(type));
        switch (type)
        {
            case ContainerTypes.Foreach:
                Lift(action, ("foreach", "foreach"), ("actions", "actions"));
                break;
            case ContainerTypes.Until:
                Lift(action, ("expression", "expression"), ("until", "expression"), ("limit", "limit"), ("actions", "actions"));
                UntilLimits.Complete(action);
                break;
            case ContainerTypes.Scope:
                ToScopes(action);
                break;
        }
    }

    private static string? Find(string type, DialectContext context)
    {
        var folded = type.AsSpan().ContainsAny('_', ' ') ? type.Replace("_", string.Empty, StringComparison.Ordinal).Replace(" ", string.Empty, StringComparison.Ordinal) : type;
        return Standard(folded) is { } standard && !context.IsType(type) ? standard : null;
    }

    // Asked of every action: the lengths tell most types apart.
    private static string? Standard(string folded) => folded.Length switch
    {
        7 when Is(folded, "Dountil") => ContainerTypes.Until,
        8 when Is(folded, "Parallel") => ContainerTypes.Scope,
        9 when Is(folded, "Increment") => "IncrementVariable",
        9 when Is(folded, "Decrement") => "DecrementVariable",
        11 when Is(folded, "Applytoeach") => ContainerTypes.Foreach,
        21 when Is(folded, "Appendtoarrayvariable") => "AppendToArrayVariable",
        22 when Is(folded, "Appendtostringvariable") => "AppendToStringVariable",
        _ => null,
    };

    private static bool Is(string folded, string alias) => folded.Equals(alias, StringComparison.OrdinalIgnoreCase);

    private static string Sentence(string type, string alias) => type switch
    {
        ContainerTypes.Foreach => "Write \"type\": \"Foreach\", with 'foreach' and 'actions' beside it.",
        ContainerTypes.Until => "Write \"type\": \"Until\", with 'expression', 'limit' and 'actions' beside it.",
        ContainerTypes.Scope => $"Write a Scope for '{alias}', and in it a Scope for each branch, all with \"runAfter\": {{}}.",
        _ => $"Write \"type\": \"{type}\".",
    };

    // What stands in the inputs goes beside the type, unless it is there already.
    private static void Lift(DraftObject action, params ReadOnlySpan<(string From, string To)> members)
    {
        var inputs = action.Open("inputs");
        foreach (var (from, to) in members)
        {
            if (action.Find(to) is null && (inputs?.Take(from) ?? (from == to ? null : action.Take(from))) is { } taken) action.Put(to, taken);
        }

        if (inputs is { Members.Count: 0 }) action.Take("inputs");
    }

    private static void ToScopes(DraftObject action)
    {
        if (action.Take("branches") is not { } branches || branches.Open() is not { } scopes) return;
        foreach (var member in scopes.Members)
        {
            if (member.Open() is not { } scope) continue;
            if (scope.Find("type") is null) scope.Set("type", FlowValue.String(ContainerTypes.Scope));
            if (scope.Find("runAfter") is null) scope.Set("runAfter", FlowValue.EmptyObject);
        }

        action.Put("actions", branches);
    }
}
