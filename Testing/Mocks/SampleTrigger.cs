using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>What could start a flow, made of what its trigger says: a body by the schema, a path with every parameter, an array for <c>splitOn</c>.</summary>
public static class SampleTrigger
{
    // Where splitOn finds its array: the body itself, or a member of it in either of two spellings.
    private static readonly string[] Bodies = ["@triggerBody()", "@triggerOutputs()?['body']", "@triggerOutputs()['body']"];

    /// <summary>A request for the trigger; a bare one where it says nothing.</summary>
    public static TriggerRequest Of(TriggerDefinition trigger)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        var schema = trigger.Inputs["schema"];
        var body = schema.AsObjectOrNull is { Count: > 0 } ? SampleValue.Of(schema) : default;
        if (trigger.Raw["splitOn"].AsStringOrNull is { } splitOn) body = WithItems(splitOn.Trim(), body);
        var request = body.IsNull ? TriggerRequest.Empty : TriggerRequest.WithBody(body);
        return trigger.Inputs["relativePath"].AsStringOrNull is { Length: > 0 } path ? request with { RelativePath = path.TrimStart('/').Replace("{", string.Empty, StringComparison.Ordinal).Replace("}", string.Empty, StringComparison.Ordinal) } : request;
    }

    private static FlowValue WithItems(string splitOn, FlowValue body)
    {
        if (PathOf(splitOn) is not { } path) return body;
        return Put(body, path, 0);
    }

    private static FlowValue Put(FlowValue at, IReadOnlyList<string> path, int index)
    {
        if (index == path.Count) return at.AsArrayOrNull is { Count: > 0 } ? at : FlowValue.Array([FlowValue.EmptyObject]);
        var members = (at.AsObjectOrNull ?? FlowObject.Empty).ToBuilder();
        return members.Set(path[index], Put(at[path[index]], path, index + 1)).ToValue();
    }

    // @triggerBody()?['a']?['b'] or @triggerOutputs()?['body/a']: the names below the body; null where it is anything else.
    private static List<string>? PathOf(string splitOn)
    {
        var text = splitOn.Replace("triggerOutputs()?['body/", "triggerBody()?['", StringComparison.OrdinalIgnoreCase);
        var start = Bodies.FirstOrDefault(body => text.StartsWith(body, StringComparison.OrdinalIgnoreCase));
        if (start is null) return null;
        var names = new List<string>();
        for (var rest = text[start.Length..].TrimStart('?'); rest.Length > 0;)
        {
            var end = rest.StartsWith("['", StringComparison.Ordinal) ? rest.IndexOf("']", StringComparison.Ordinal) : -1;
            if (end < 0) return null;
            names.AddRange(rest[2..end].Split('/'));
            rest = rest[(end + 2)..].TrimStart('?');
        }

        return names;
    }
}
