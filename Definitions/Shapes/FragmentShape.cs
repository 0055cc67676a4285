namespace FlowEngine.Definitions;

/// <summary>A piece of a flow as designers give it: "peek code" of an action or a trigger, a copied scope, several copied actions, actions or triggers by name.</summary>
/// <remarks>It is read as a flow with a manual trigger; what it needs of the flow it was cut out of is added by <see cref="FragmentSurroundings"/>.</remarks>
internal sealed class FragmentShape : IDefinitionShape
{
    private const string Actions = "/actions";
    private const string Triggers = "/triggers";

    // Types that no action has.
    private static readonly string[] TriggersOnly = ["Request", "Recurrence", "SlidingWindow", "Batch", "Binding"];

    public IReadOnlyList<FoundDefinition> Find(FlowValue root)
    {
        if (root.AsObjectOrNull is not { } members) return [];
        if (IsTrigger(root)) return [WrapTriggers(FlowValue.Object((root["type"].AsString, root)), JsonPointer.Append(Triggers, root["type"].AsString), string.Empty)];
        if (ActionEntries.IsTyped(root)) return [Wrap(root["type"].AsString, root, string.Empty)];
        if (ActionEntries.IsRequest(root)) return [Wrap("Http", root, string.Empty)];
        if (root["isTrigger"] == true && root["operationDefinition"].IsObject)
        {
            var name = root["operationName"].AsStringOrNull ?? "Trigger";
            return [WrapTriggers(FlowValue.Object((name, root["operationDefinition"])), JsonPointer.Append(Triggers, name), "/operationDefinition")];
        }

        if (root["isMultiNode"] == true && Nodes(root["nodes"]) is { Count: > 0 } nodes) return [WrapNodes(nodes)];
        if (ActionEntries.IsTyped(root["operationDefinition"])) return [Wrap(root["operationName"].AsStringOrNull ?? root["id"].AsStringOrNull ?? "Action", root["operationDefinition"], "/operationDefinition")];
        if (ActionEntries.IsTyped(root["serializedOperation"])) return [Wrap(root["nodeId"].AsStringOrNull ?? "Scope", root["serializedOperation"], "/serializedOperation")];
        if (members.Count == 0) return [];
        if (root["triggers"].AsObjectOrNull is { Count: > 0 } triggers && !root.TryGetMember("actions", out _) && triggers.All(member => member.Value["type"].IsString)) return [WrapTriggers(FlowValue.Object(triggers), Triggers, Triggers)];
        if (members.All(member => IsTrigger(member.Value))) return [WrapTriggers(root, Triggers, string.Empty)];
        return ActionEntries.Are(members) ? [Wrap(members, Actions, string.Empty)] : [];
    }

    private static bool IsTrigger(FlowValue value) =>
        value["type"].AsStringOrNull is { } type && !value.TryGetMember("runAfter", out _) && !value.TryGetMember("actions", out _)
        && (TriggersOnly.Contains(type, StringComparer.OrdinalIgnoreCase) ? value.TryGetMember("inputs", out _) || value["recurrence"].IsObject || value.TryGetMember("kind", out _) : value["recurrence"].IsObject || value["splitOn"].IsString);

    // Several copied nodes; of one that is only the designer's state the definition can't be had.
    private static List<(string Name, FlowValue Action, string Pointer)> Nodes(FlowValue nodes)
    {
        var found = new List<(string Name, FlowValue Action, string Pointer)>();
        var list = nodes.AsArrayOrNull ?? FlowArray.Empty;
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i]["serializedOperation"] is { IsObject: true } action && list[i]["nodeId"].AsStringOrNull is { } name) found.Add((name, action, JsonPointer.Append("/nodes", i) + "/serializedOperation"));
        }

        return found;
    }

    private static FoundDefinition WrapNodes(List<(string Name, FlowValue Action, string Pointer)> nodes)
    {
        var actions = new FlowObjectBuilder();
        foreach (var (name, action, _) in nodes) actions.Set(name, action);
        return Wrap(actions.ToObject(), Actions, Actions) with
        {
            Rebase = pointer => nodes.FirstOrDefault(node => (pointer + "/").StartsWith(JsonPointer.Append(Actions, node.Name) + "/", StringComparison.Ordinal)) is { Pointer: { } place } node ? place + pointer[JsonPointer.Append(Actions, node.Name).Length..] : string.Empty,
        };
    }

    // A trigger alone starts a flow without actions.
    private static FoundDefinition WrapTriggers(FlowValue triggers, string inDefinition, string inFile)
    {
        var definition = FlowValue.Object(("triggers", triggers), ("actions", FlowValue.EmptyObject));
        return new FoundDefinition(string.Empty, definition, DefinitionShapes.SpeaksPowerAutomate(definition) ? HostProfile.PowerAutomate : HostProfile.Consumption)
        {
            Rebase = pointer => pointer == inDefinition || pointer.StartsWith(inDefinition + "/", StringComparison.Ordinal) ? inFile + pointer[inDefinition.Length..] : string.Empty,
        };
    }

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
