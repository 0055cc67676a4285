namespace FlowEngine.Definitions;

/// <summary>Makes the typed model of a definition. What has the wrong JSON type is reported and read as if it were not there.</summary>
internal sealed class DefinitionReader(ActionCatalog catalog, DiagnosticBag faults)
{
    private static readonly string[] Kinds = ["Stateful", "Stateless", "Agent"];

    /// <summary>Reads the definition found in a file.</summary>
    public WorkflowDefinition Read(FoundDefinition found)
    {
        var definition = found.Definition;
        var pointer = found.Pointer;
        var triggers = Members(definition, "triggers", pointer).Select(Trigger).ToList();
        var kind = found.Kind is null ? null : Kinds.FirstOrDefault(known => known.Equals(found.Kind, StringComparison.OrdinalIgnoreCase)) ?? found.Kind;
        HashSet<string> started = kind == "Agent" ? new(triggers.Select(trigger => trigger.Name), StringComparer.OrdinalIgnoreCase) : [];
        return new WorkflowDefinition
        {
            Raw = definition,
            Path = pointer,
            Kind = kind,
            Parameters = [.. Members(definition, "parameters", pointer).Select(Parameter)],
            Triggers = triggers,
            Root = new ActionsReader(catalog, started, faults).Branch("actions", definition, default, new PointerSteps(null, pointer)),
            Outputs = [.. Members(definition, "outputs", pointer).Select(Output)],
            StaticResults = definition["staticResults"],
        };
    }

    private ShapeRules.Member[] Members(FlowValue owner, string name, string pointer) =>
        ShapeRules.Members(owner, name, pointer, faults);

    private static ParameterDefinition Parameter(ShapeRules.Member member)
    {
        var (name, value, pointer) = member;
        var hasDefault = value.TryGetMember("defaultValue", out var defaultValue);
        return new ParameterDefinition(name, ParameterTypes.Canonical(value["type"].AsStringOrNull ?? string.Empty), defaultValue, hasDefault, value["allowedValues"].AsArrayOrNull, pointer);
    }

    private static TriggerDefinition Trigger(ShapeRules.Member member) =>
        new(member.Name, TriggerTypes.Canonical(member.Value["type"].AsStringOrNull ?? string.Empty), member.Value, member.Pointer);

    private static OutputDefinition Output(ShapeRules.Member member) =>
        new(member.Name, member.Value["type"].AsStringOrNull ?? string.Empty, member.Value["value"], member.Pointer);
}
