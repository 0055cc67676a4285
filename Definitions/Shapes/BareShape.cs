namespace FlowEngine.Definitions;

/// <summary>The definition itself: <c>{"$schema", "triggers", "actions", …}</c>.</summary>
internal sealed class BareShape : IDefinitionShape
{
    private static readonly string[] Members = ["actions", "contentVersion", "outputs", "parameters", "staticResults"];

    public IReadOnlyList<FoundDefinition> Find(FlowValue root)
    {
        if (!DefinitionShapes.IsDefinition(root) && !HasActionsOnly(root)) return [];
        return [new FoundDefinition(string.Empty, root, DefinitionShapes.SpeaksPowerAutomate(root) ? HostProfile.PowerAutomate : HostProfile.Consumption)];
    }

    // Actions in forms that have no type (R3) show nothing by themselves; the member's name does.
    private static bool HasActionsOnly(FlowValue root) =>
        root["actions"].AsObjectOrNull is { Count: > 0 } actions && actions.All(action => action.Value.IsObject)
        && root.AsObject.Names.ToArray().All(name => Members.Contains(name, StringComparer.Ordinal));
}
