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
    /// <param name="place">Where <paramref name="owner"/> stands.</param>
    public BranchDefinition Branch(string label, FlowValue owner, FlowValue caseValue, PointerSteps place)
    {
        var at = new PointerSteps(place, "actions");
        var members = ShapeRules.ObjectAt(owner, "actions", at, faults);
        if (members.Count == 0) return new BranchDefinition(label, [], caseValue, at);
        var siblings = new SiblingNames(members);
        var actions = new ActionDefinition[members.Count];
        var count = 0;
        for (var i = 0; i < actions.Length; i++)
        {
            if (members.Values[i].IsObject) actions[count++] = Action(members.Names[i], members.Values[i], new PointerSteps(at, members.Names[i]), siblings);
        }

        return new BranchDefinition(label, count == actions.Length ? actions : actions[..count], caseValue, at);
    }

    private ActionDefinition Action(string name, FlowValue action, PointerSteps place, SiblingNames siblings)
    {
        var written = action["type"].AsStringOrNull ?? string.Empty;
        var type = catalog.TryGet(written, out var info) ? info.Type : ContainerTypes.Canonical(written);
        return new ActionDefinition(place, name, type, action)
        {
            TypeInfo = info,
            RunAfter = RunAfterReader.Read(action, place, siblings, started),
            Branches = Branches(type, action, place),
            Timeout = IsoDuration.TryParse(action["limit"]["timeout"].AsStringOrNull, out var timeout) ? timeout : null,
            OperationOptions = Options(action["operationOptions"].AsStringOrNull),
        };
    }

    private BranchDefinition[] Branches(string type, FlowValue action, PointerSteps place)
    {
        switch (type)
        {
            case ContainerTypes.Scope or ContainerTypes.Foreach or ContainerTypes.Until:
                return [Branch("actions", action, default, place)];
            case ContainerTypes.If:
                return [Branch("actions", action, default, place), Branch("else", action["else"], default, new PointerSteps(place, "else"))];
            case ContainerTypes.Switch:
                var cases = Named(action, "cases", place, "case");
                return [.. cases, Branch("default", action["default"], default, new PointerSteps(place, "default"))];
        }

        // Agents keep their actions in tools; a type that nobody knows yet may have actions of its own.
        BranchDefinition[] own = action["actions"].IsObject ? [Branch("actions", action, default, place)] : [];
        return action["tools"].IsObject ? [.. own, .. Named(action, "tools", place, null)] : own;
    }

    private IEnumerable<BranchDefinition> Named(FlowValue action, string member, PointerSteps place, string? valueMember) =>
        ShapeRules.Members(action, member, place.ToString(), faults)
            .Select(entry => Branch(entry.Name, entry.Value, valueMember is null ? default : entry.Value[valueMember], new PointerSteps(null, entry.Pointer)));

    private static HashSet<string> Options(string? text) => string.IsNullOrWhiteSpace(text)
        ? NoOptions
        : new HashSet<string>(text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);
}
