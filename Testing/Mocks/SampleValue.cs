namespace FlowEngine.Testing;

/// <summary>Makes a value that fits a JSON Schema: every property, one item a list, the first of several types.</summary>
/// <remarks>A schema that refers to itself has no end, and one whose definitions refer to each other may double at each level: a reference inside itself is null, or no item of a list, and so is all beyond 10,000 values.</remarks>
internal static class SampleValue
{
    /// <summary>A value for the schema; an empty object where it says nothing.</summary>
    public static FlowValue Of(FlowValue schema) => new Maker(schema).Make(schema, 0);

    private sealed class Maker(FlowValue root)
    {
        private const int MaximumDepth = 32;

        private readonly HashSet<string> _open = new(StringComparer.Ordinal);
        private int _left = 10_000;

        public FlowValue Make(FlowValue schema, int depth)
        {
            if (depth > MaximumDepth || --_left < 0) return default;
            if (schema.TryGetMember("default", out var given)) return given;
            if (schema.TryGetMember("const", out given)) return given;
            if (schema["enum"].AsArrayOrNull is { Count: > 0 } values) return values[0];
            if (schema["$ref"].AsStringOrNull is { } reference) return Referenced(reference, depth);
            foreach (var several in new[] { "anyOf", "oneOf", "allOf" })
            {
                if (schema[several].AsArrayOrNull is { Count: > 0 } choices) return Make(choices[0], depth + 1);
            }

            var type = schema["type"].AsStringOrNull ?? schema["type"].AsArrayOrNull?.Select(item => item.AsStringOrNull).FirstOrDefault(name => name is not (null or "null"));
            return type switch
            {
                "array" => FlowValue.Array(ItemsOf(schema) is { IsObject: true } items && !IsOpen(items) && _left > 0 ? [Make(items, depth + 1)] : []),
                "string" => Text(schema),
                "integer" => Number(schema),
                "number" => Number(schema),
                "boolean" => true,
                "null" => default,
                _ => Members(schema, depth),
            };
        }

        // One schema for all items, or a list of them for one after the other.
        private static FlowValue ItemsOf(FlowValue schema) => schema["items"] is { IsArray: true } list ? list[0] : schema["items"];

        private bool IsOpen(FlowValue schema) => schema["$ref"].AsStringOrNull is { } reference && _open.Contains(reference);

        private FlowValue Referenced(string reference, int depth)
        {
            if (!_open.Add(reference)) return default;
            var made = Make(Find(reference), depth + 1);
            _open.Remove(reference);
            return made;
        }

        private FlowValue Members(FlowValue schema, int depth)
        {
            var built = new FlowObjectBuilder();
            foreach (var (name, property) in schema["properties"].AsObjectOrNull ?? FlowObject.Empty) built.Set(name, Make(property, depth + 1));
            return built.ToValue();
        }

        private FlowValue Find(string reference)
        {
            if (reference == "#") return root;
            if (!reference.StartsWith("#/", StringComparison.Ordinal)) return default;
            var at = root;
            foreach (var segment in reference[2..].Split('/')) at = at[segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)];
            return at;
        }
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
}
