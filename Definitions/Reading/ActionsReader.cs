namespace FlowEngine.Definitions;

/// <summary>Reads <c>actions</c> maps with everything nested in them.</summary>
/// <param name="catalog">The types that are known.</param>
/// <param name="started">What <c>runAfter</c> may name beside siblings: the triggers of an agent workflow.</param>
/// <param name="faults">Takes what has the wrong shape.</param>
internal sealed class ActionsReader(ActionCatalog catalog, IReadOnlySet<string> started, DiagnosticBag faults)
{
    private static readonly HashSet<string> NoOptions = [];

    /// <summary>Reads the <c>actions</c> of an object: the definition, a container, <c>else</c>, a case.</summary>
    /// <param name="label">How the branch is called.</param>
    /// <param name="owner">The object that has <c>actions</c>; null reads an empty branch.</param>
    /// <param name="caseValue">The case's value.</param>
    /// <param name="pointer">JSON Pointer of <paramref name="owner"/>.</param>
    public BranchDefinition Branch(string label, FlowValue owner, FlowValue caseValue, string pointer)
    {
        var at = JsonPointer.Append(pointer, "actions");
        var members = ShapeRules.MembersAt(at, owner, "actions", faults);
        var names = new string[members.Length];
        for (var i = 0; i < names.Length; i++) names[i] = members[i].Name;
        var siblings = new ActionNames(names);
        var actions = new ActionDefinition[members.Length];
        for (var i = 0; i < actions.Length; i++) actions[i] = Action(names[i], members[i].Value, members[i].Pointer, siblings);
        return new BranchDefinition(label, actions, caseValue, at);
    }

    private ActionDefinition Action(string name, FlowValue action, string pointer, ActionNames siblings)
    {
        var written = action["type"].AsStringOrNull ?? string.Empty;
        var type = catalog.TryGet(written, out var info) ? info.Type : ContainerTypes.Canonical(written);
        return new ActionDefinition
        {
            Name = name,
            Type = type,
            TypeInfo = info,
            Raw = action,
            Path = pointer,
            RunAfter = RunAfterReader.Read(action, pointer, siblings, started),
            Branches = Branches(type, action, pointer),
            Timeout = IsoDuration.TryParse(action["limit"]["timeout"].AsStringOrNull, out var timeout) ? timeout : null,
            OperationOptions = Options(action["operationOptions"].AsStringOrNull),
        };
    }

    private BranchDefinition[] Branches(string type, FlowValue action, string pointer)
    {
        switch (type)
        {
            case ContainerTypes.Scope or ContainerTypes.Foreach or ContainerTypes.Until:
                return [Branch("actions", action, default, pointer)];
            case ContainerTypes.If:
                return [Branch("actions", action, default, pointer), Branch("else", action["else"], default, JsonPointer.Append(pointer, "else"))];
            case ContainerTypes.Switch:
                var cases = Named(action, "cases", pointer, "case");
                return [.. cases, Branch("default", action["default"], default, JsonPointer.Append(pointer, "default"))];
        }

        // Agents keep their actions in tools; a type that nobody knows yet may have actions of its own.
        BranchDefinition[] own = action["actions"].IsObject ? [Branch("actions", action, default, pointer)] : [];
        return action["tools"].IsObject ? [.. own, .. Named(action, "tools", pointer, null)] : own;
    }

    private IEnumerable<BranchDefinition> Named(FlowValue action, string member, string pointer, string? valueMember) =>
        ShapeRules.Members(action, member, pointer, faults)
            .Select(entry => Branch(entry.Name, entry.Value, valueMember is null ? default : entry.Value[valueMember], entry.Pointer));

    private static HashSet<string> Options(string? text) => string.IsNullOrWhiteSpace(text)
        ? NoOptions
        : new HashSet<string>(text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);
}
