namespace FlowEngine.Definitions;

/// <summary>A piece of a flow as designers give it: "peek code" of an action, a copied scope, some actions by name.</summary>
/// <remarks>It is read as a flow with a manual trigger; what it needs of the flow it was cut out of is added by <see cref="FragmentSurroundings"/>.</remarks>
internal sealed class FragmentShape : IDefinitionShape
{
    private const string Actions = "/actions";

    public IReadOnlyList<FoundDefinition> Find(FlowValue root)
    {
        if (root.AsObjectOrNull is not { } members) return [];
        if (IsAction(root)) return [Wrap(root["type"].AsString, root, string.Empty)];
        if (IsAction(root["operationDefinition"])) return [Wrap(root["operationName"].AsStringOrNull ?? root["id"].AsStringOrNull ?? "Action", root["operationDefinition"], "/operationDefinition")];
        if (IsAction(root["serializedOperation"])) return [Wrap(root["nodeId"].AsStringOrNull ?? "Scope", root["serializedOperation"], "/serializedOperation")];
        if (members.Count == 0) return [];
        foreach (var value in members.Values)
        {
            if (!IsAction(value)) return [];
        }

        return [Wrap(members, Actions, string.Empty)];
    }

    // Beside the type an action has one of these; other JSON with a "type" has not. A resource has a slash in its type.
    private static bool IsAction(FlowValue value) =>
        value["type"].AsStringOrNull is { Length: > 0 } type && !type.Contains('/', StringComparison.Ordinal)
        && (value.TryGetMember("runAfter", out _) || value["actions"].IsObject || (value.TryGetMember("inputs", out _) && !value.TryGetMember("value", out _)));

    private static FoundDefinition Wrap(string name, FlowValue action, string pointer) =>
        Wrap(new FlowObjectBuilder(1).Add(name, action).ToObject(), JsonPointer.Append(Actions, name), pointer);

    private static FoundDefinition Wrap(FlowObject actions, string inDefinition, string inFile)
    {
        var definition = FlowValue.Object(
            ("triggers", FlowValue.Object(("manual", FlowValue.Object(("type", FlowValue.String("Request")), ("kind", FlowValue.String("Http")), ("inputs", FlowValue.EmptyObject))))),
            ("actions", FlowValue.Object(FragmentSurroundings.Complete(actions))));
        return new FoundDefinition(string.Empty, definition, DefinitionShapes.SpeaksPowerAutomate(definition) ? HostProfile.PowerAutomate : HostProfile.Consumption)
        {
            Rebase = pointer => pointer == inDefinition || pointer.StartsWith(inDefinition + "/", StringComparison.Ordinal) ? inFile + pointer[inDefinition.Length..] : string.Empty,
        };
    }
}
