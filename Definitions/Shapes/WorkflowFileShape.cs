namespace FlowEngine.Definitions;

/// <summary><c>{"definition", "kind"}</c>: a <c>workflow.json</c> of Logic Apps Standard, or the designer's code view (without <c>kind</c>, with <c>parameters</c>).</summary>
internal sealed class WorkflowFileShape : IDefinitionShape
{
    public IReadOnlyList<FoundDefinition> Find(FlowValue root)
    {
        if (!root.TryGetMember("definition", out var definition) || !definition.IsObject) return [];
        var kind = root["kind"].AsStringOrNull;
        var host = kind is not null ? HostProfile.Standard
            : DefinitionShapes.SpeaksPowerAutomate(definition) || root["connectionReferences"].IsObject ? HostProfile.PowerAutomate
            : HostProfile.Consumption;
        return
        [
            new FoundDefinition("/definition", definition, host)
            {
                Kind = kind,
                ParameterValues = Parameters(root),
                ConnectionReferences = root["connectionReferences"],
            },
        ];
    }

    // A code view paste may have $connections beside the definition instead of inside parameters.
    private static IReadOnlyDictionary<string, FlowValue> Parameters(FlowValue root)
    {
        var values = DefinitionShapes.ReadParameterValues(root["parameters"]);
        if (values.ContainsKey("$connections") || !root.TryGetMember("$connections", out var connections)) return values;
        var value = connections.TryGetMember("value", out var inner) ? inner : connections;
        return new Dictionary<string, FlowValue>(values, StringComparer.OrdinalIgnoreCase) { ["$connections"] = value };
    }
}
