namespace FlowEngine.Definitions;

/// <summary>Whether JSON outside of a definition is an action, or actions by name: by what their members show.</summary>
internal static class ActionEntries
{
    // A value with one of these is a definition or a file of one, not an action.
    private static readonly string[] OfDefinitions = ["$schema", "triggers", "definition", "properties"];

    /// <summary>Whether these are actions by name: each may be one, and of one at least it shows.</summary>
    public static bool Are(FlowObject members)
    {
        var shows = false;
        foreach (var (name, value) in members)
        {
            if (Shows(value)) shows = true;
            else if (!RetryPolicyEntries.Is(name, value) && !MayBeCompose(value)) return false;
        }

        return shows;
    }

    /// <summary>Whether a value is an action with a type.</summary>
    /// <remarks>Beside the type an action has one of these members; other JSON with a <c>type</c> has not. A resource has a slash in its type.</remarks>
    public static bool IsTyped(FlowValue value) =>
        value["type"].AsStringOrNull is { Length: > 0 } type && !type.Contains('/', StringComparison.Ordinal)
        && (value.TryGetMember("runAfter", out _) || value["actions"].IsObject || value["cases"].IsObject || value["branches"].IsObject
            || (value.TryGetMember("inputs", out _) && !value.TryGetMember("value", out _)));

    /// <summary>Whether an object is a request to send: R3's shape of an Http action.</summary>
    public static bool IsRequest(FlowValue value) => value["method"].IsString && value["uri"].IsString && !value.TryGetMember("type", out _);

    // The shapes of R3, without its last line: any object at all would be a Compose.
    private static bool Shows(FlowValue value)
    {
        if (IsTyped(value)) return true;
        if (!value.IsObject || !UntypedEntries.Is(value) || OfDefinitions.Any(member => value.TryGetMember(member, out _))) return false;
        if (IsRequest(value)) return true;
        if (value["do"]["actions"].IsObject && value["until"].IsString) return true;
        if (value["condition"]["expression"] is { IsNull: false } && value["condition"]["actions"].IsObject) return true;
        if (value["actions"].AsObjectOrNull is { } actions)
            return value["forEach"].IsString || value["foreach"].IsString || value["condition"].IsString || Are(actions);
        return (value["connectionReferences"].IsObject || value["environmentVariables"].IsObject) && value.AsObject.Any(member => IsTyped(member.Value));
    }

    private static bool MayBeCompose(FlowValue value) =>
        value.IsObject && UntypedEntries.Is(value) && !OfDefinitions.Any(member => value.TryGetMember(member, out _));
}
