namespace FlowEngine.Testing;

/// <summary>Makes a value that fits a JSON Schema: every property, one item a list, the first of several types.</summary>
public static class SampleValue
{
    private const int MaximumDepth = 32;

    /// <summary>A value for the schema; an empty object where it says nothing.</summary>
    public static FlowValue Of(FlowValue schema) => Of(schema, schema, 0);

    private static FlowValue Of(FlowValue schema, FlowValue root, int depth)
    {
        if (depth > MaximumDepth) return default;
        if (schema.TryGetMember("default", out var given)) return given;
        if (schema.TryGetMember("const", out given)) return given;
        if (schema["enum"].AsArrayOrNull is { Count: > 0 } values) return values[0];
        if (schema["$ref"].AsStringOrNull is { } reference) return Of(Referenced(root, reference), root, depth + 1);
        foreach (var several in new[] { "anyOf", "oneOf", "allOf" })
        {
            if (schema[several].AsArrayOrNull is { Count: > 0 } choices) return Of(choices[0], root, depth + 1);
        }

        var type = schema["type"].AsStringOrNull ?? schema["type"].AsArrayOrNull?.Select(item => item.AsStringOrNull).FirstOrDefault(name => name is not (null or "null"));
        return type switch
        {
            "array" => FlowValue.Array(schema["items"].IsObject ? [Of(schema["items"], root, depth + 1)] : []),
            "string" => Text(schema),
            "integer" => Number(schema),
            "number" => Number(schema),
            "boolean" => true,
            "null" => default,
            _ => Members(schema, root, depth),
        };
    }

    private static FlowValue Members(FlowValue schema, FlowValue root, int depth)
    {
        var built = new FlowObjectBuilder();
        foreach (var (name, property) in schema["properties"].AsObjectOrNull ?? FlowObject.Empty) built.Set(name, Of(property, root, depth + 1));
        return built.ToValue();
    }

    private static FlowValue Text(FlowValue schema) => FlowValue.String(schema["format"].AsStringOrNull switch
    {
        "date-time" => "2024-01-01T00:00:00Z",
        "date" => "2024-01-01",
        "email" => "someone@example.org",
        "uri" => "https://example.org/",
        "uuid" => "00000000-0000-4000-8000-000000000000",
        _ => schema["minLength"] is { IsInteger: true } least && least.AsInteger is > 4 and < 10_000 ? new string('x', (int)least.AsInteger) : "text",
    });

    private static FlowValue Number(FlowValue schema) => schema["minimum"].IsNumber ? schema["minimum"] : 1;

    private static FlowValue Referenced(FlowValue root, string reference)
    {
        if (!reference.StartsWith("#/", StringComparison.Ordinal)) return default;
        var at = root;
        foreach (var segment in reference[2..].Split('/')) at = at[segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)];
        return at;
    }
}
