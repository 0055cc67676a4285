namespace FlowEngine.Definitions;

/// <summary>R3: entries of an <c>actions</c> map without a <c>type</c> are what their members make of them.</summary>
internal static class UntypedEntries
{
    // What belongs to the action, where all the rest becomes its inputs.
    private static readonly string[] OfTheAction = ["runAfter", "runtimeConfiguration", "limit", "description"];

    /// <summary>Whether an entry is read by its shape. One with <c>inputs</c> is an action whose type was forgotten: no shape tells which.</summary>
    public static bool Is(FlowValue entry) => !entry.TryGetMember("type", out _) && !entry.TryGetMember("inputs", out _);

    /// <summary>Gives an entry the type that its shape stands for.</summary>
    public static void Rewrite(string name, DraftObject entry, DialectContext context)
    {
        if (entry.Find("type") is not null || entry.Find("inputs") is not null) return;
        if (entry.Find("foreach") is { } foreachMember && IsObject(entry, "actions")) ToForeach(name, entry, foreachMember, context);
        else if (entry.Open("do")?.Find("actions") is not null && entry["until"].IsString) ToUntil(name, entry, context);
        else if (entry["condition"].IsString && IsObject(entry, "actions")) ToIf(name, entry, null, context);
        else if (entry.Open("condition") is { } condition && condition.Find("expression") is not null && IsObject(condition, "actions")) ToIf(name, entry, condition, context);
        else if (entry.Find("method") is not null && entry.Find("uri") is not null) ToInputs(name, entry, "Http", context);
        else if (CredentialGroups.Is(entry)) CredentialGroups.Rewrite(name, entry, context);
        else if (IsObject(entry, "actions")) SetType(name, entry, ContainerTypes.Scope, context);
        else ToInputs(name, entry, "Compose", context);
    }

    /// <summary>Reports the entry and gives it its type.</summary>
    public static void SetType(string name, DraftObject entry, string type, DialectContext context)
    {
        context.Report(
            DiagnosticCodes.DialectUntyped, $"The action '{name}' has no type; by its members it is taken for '{type}'.", Sentence(type), FaultPlace.Name(entry.Origin), name);
        entry.Set("type", FlowValue.String(type));
    }

    private static bool IsObject(DraftObject entry, string member) => entry[member].IsObject;

    private static string Sentence(string type) => type switch
    {
        ContainerTypes.Foreach => "Write \"type\": \"Foreach\", with 'foreach' and 'actions' beside it.",
        ContainerTypes.Until => "Write \"type\": \"Until\", with 'expression', 'limit' and 'actions' beside it.",
        ContainerTypes.If => "Write \"type\": \"If\", with 'expression' and 'actions' beside it.",
        ContainerTypes.Scope => "Write \"type\": \"Scope\".",
        _ => $"Write \"type\": \"{type}\" and put the object into 'inputs'.",
    };

    private static void ToForeach(string name, DraftObject entry, DraftMember written, DialectContext context)
    {
        SetType(name, entry, ContainerTypes.Foreach, context);
        if (written.Name != "foreach") entry.Put("foreach", entry.Take(written.Name)!); // it was found
    }

    private static void ToUntil(string name, DraftObject entry, DialectContext context)
    {
        SetType(name, entry, ContainerTypes.Until, context);
        entry.Put("expression", entry.Take("until")!); // both were found
        var body = entry.Take("do")!.Open()!.Take("actions")!;
        entry.Take("actions");
        entry.Put("actions", body);
        UntilLimits.Complete(entry);
        TextConditions.Rewrite(name, entry, context);
    }

    private static void ToIf(string name, DraftObject entry, DraftObject? condition, DialectContext context)
    {
        SetType(name, entry, ContainerTypes.If, context);
        if (condition is null)
        {
            entry.Put("expression", entry.Take("condition")!); // it was found
        }
        else
        {
            entry.Take("condition");
            foreach (var member in condition.Members)
            {
                if (member.Name.Equals("type", StringComparison.OrdinalIgnoreCase)) continue;
                entry.Take(member.Name);
                entry.Put(member.Name, member);
            }
        }

        TextConditions.Rewrite(name, entry, context);
    }

    private static void ToInputs(string name, DraftObject entry, string type, DialectContext context)
    {
        var inputs = new DraftObject(entry.Origin);
        foreach (var member in entry.Members.ToArray())
        {
            if (OfTheAction.Contains(member.Name, StringComparer.OrdinalIgnoreCase)) continue;
            entry.Take(member.Name);
            inputs.Put(member.Name, member);
        }

        SetType(name, entry, type, context);
        entry.Put("inputs", inputs);
    }
}
