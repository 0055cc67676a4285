using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>What could start a flow, made of what its trigger says: a body by the schema, a path with every parameter, an array for <c>splitOn</c>.</summary>
internal static class SampleTrigger
{
    // Where splitOn finds its array: the body itself, or a member of it in either of two spellings.
    private static readonly string[] Bodies = ["@triggerBody()", "@triggerOutputs()?['body']", "@triggerOutputs()['body']"];

    /// <summary>A request for the trigger; a bare one where it says nothing.</summary>
    public static TriggerRequest Of(TriggerDefinition trigger) => Of(trigger, new DataShape(), new ShapedValue(0, isLast: false));

    /// <summary>A request for the trigger, of which everything can be read that the flow reads.</summary>
    internal static TriggerRequest Of(TriggerDefinition trigger, DataShape outputs, ShapedValue maker)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        var schema = trigger.Inputs["schema"];
        var body = schema.AsObjectOrNull is { Count: > 0 } ? SampleValue.Of(schema) : default;
        var read = outputs.Members.GetValueOrDefault("body");
        if (trigger.Raw["splitOn"].AsStringOrNull is { } splitOn) body = WithItems(splitOn.Trim(), body, read, maker);
        else if (read is { IsRead: true }) body = maker.Make(read, body);
        var headers = Texts(outputs, "headers", maker);
        var isRequest = trigger.Type == "Request";
        // A trigger fired by hand has headers of its own only where its whole outputs are given.
        if (!isRequest && headers.Count > 0) body = FlowValue.Object(("headers", FlowValue.Object([.. headers.Select(header => (header.Key, FlowValue.String(header.Value)))])), ("body", body));
        var request = body.IsNull ? TriggerRequest.Empty : TriggerRequest.WithBody(body);
        if (isRequest) request = request with { Headers = headers, Queries = Texts(outputs, "queries", maker) };
        return trigger.Inputs["relativePath"].AsStringOrNull is { Length: > 0 } path ? request with { RelativePath = path.TrimStart('/').Replace("{", string.Empty, StringComparison.Ordinal).Replace("}", string.Empty, StringComparison.Ordinal) } : request;
    }

    // The type of the content is that of the body.
    private static List<KeyValuePair<string, string>> Texts(DataShape outputs, string member, ShapedValue maker)
    {
        var texts = new List<KeyValuePair<string, string>>();
        if (!outputs.Members.TryGetValue(member, out var shape)) return texts;
        foreach (var (name, value) in shape.Members)
        {
            var made = maker.Make(value);
            if (!name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)) texts.Add(new(name, made.AsStringOrNull ?? made.ToJson()));
        }

        return texts;
    }

    private static FlowValue WithItems(string splitOn, FlowValue body, DataShape? read, ShapedValue maker)
    {
        if (PathOf(splitOn) is not { } path) return body;
        return Put(body, path, 0, read, maker);
    }

    private static FlowValue Put(FlowValue at, IReadOnlyList<string> path, int index, DataShape? read, ShapedValue maker)
    {
        if (index == path.Count)
        {
            var item = at.AsArrayOrNull is { Count: > 0 } items ? items[0] : FlowValue.EmptyObject;
            return FlowValue.Array([read is { IsRead: true } ? maker.Make(read, item) : item]);
        }

        var members = (at.AsObjectOrNull ?? FlowObject.Empty).ToBuilder();
        return members.Set(path[index], Put(at[path[index]], path, index + 1, read, maker)).ToValue();
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
