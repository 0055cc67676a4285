namespace FlowEngine.Definitions;

/// <summary>The definition itself: <c>{"$schema", "triggers", "actions", …}</c>.</summary>
internal sealed class BareShape : IDefinitionShape
{
    public IReadOnlyList<FoundDefinition> Find(FlowValue root)
    {
        if (!DefinitionShapes.IsDefinition(root)) return [];
        return [new FoundDefinition(string.Empty, root, DefinitionShapes.SpeaksPowerAutomate(root) ? HostProfile.PowerAutomate : HostProfile.Consumption)];
    }
}
