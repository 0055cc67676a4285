namespace FlowEngine.Definitions;

/// <summary>R2: names of types that are the designer's titles, <c>Apply_to_each</c> for Foreach, and <c>Parallel</c> with <c>branches</c>.</summary>
internal static class TypeAliases
{
    private const string Parallel = "Parallel";

    private static readonly Dictionary<string, string> Standard = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Applytoeach"] = ContainerTypes.Foreach,
        ["Dountil"] = ContainerTypes.Until,
        ["Appendtoarrayvariable"] = "AppendToArrayVariable",
        ["Appendtostringvariable"] = "AppendToStringVariable",
        ["Increment"] = "IncrementVariable",
        ["Decrement"] = "DecrementVariable",
        [Parallel] = ContainerTypes.Scope,
    };

    /// <summary>Whether an entry has such a type.</summary>
    public static bool Is(FlowValue entry, DialectContext context) => entry["type"].AsStringOrNull is { } type && !context.IsType(type) && Find(type, entry["branches"], context) is not null;

    /// <summary>Gives an action its standard type, and its members their standard places.</summary>
    public static void Rewrite(string name, DraftObject action, DialectContext context)
    {
        if (action.Find("type") is not { } written || written.Value.AsStringOrNull is not { } alias || Find(alias, action["branches"], context) is not { } type) return;
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

    private static string? Find(string type, FlowValue branches, DialectContext context)
    {
        if (context.IsType(type)) return null;
        var folded = type.Replace("_", string.Empty, StringComparison.Ordinal).Replace(" ", string.Empty, StringComparison.Ordinal);
        return Standard.TryGetValue(folded, out var standard) && (standard != ContainerTypes.Scope || branches.IsObject) ? standard : null;
    }

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
