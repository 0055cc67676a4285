namespace FlowEngine.Definitions;

/// <summary><c>{"properties": {"definition", …}}</c>: a solution part or package part of Power Automate, or a workflow resource of Azure.</summary>
internal sealed class ResourceShape : IDefinitionShape
{
    public IReadOnlyList<FoundDefinition> Find(FlowValue root)
    {
        var properties = root["properties"];
        var definition = properties["definition"];
        if (!definition.IsObject) return [];
        return
        [
            new FoundDefinition("/properties/definition", definition, Host(root, properties, definition))
            {
                Kind = properties["kind"].AsStringOrNull ?? root["kind"].AsStringOrNull,
                ParameterValues = DefinitionShapes.ReadParameterValues(properties["parameters"]),
                ConnectionReferences = properties["connectionReferences"],
            },
        ];
    }

    private static HostProfile Host(FlowValue root, FlowValue properties, FlowValue definition)
    {
        var type = root["type"].AsStringOrNull;
        if (string.Equals(type, "Microsoft.Logic/workflows", StringComparison.OrdinalIgnoreCase)) return HostProfile.Consumption;
        var ofPowerAutomate = properties["connectionReferences"].IsObject || root.TryGetMember("schemaVersion", out _)
            || (type?.StartsWith("Microsoft.Flow/", StringComparison.OrdinalIgnoreCase) ?? false)
            || DefinitionShapes.SpeaksPowerAutomate(definition);
        return ofPowerAutomate ? HostProfile.PowerAutomate : HostProfile.Consumption;
    }
}
