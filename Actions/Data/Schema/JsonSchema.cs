namespace FlowEngine.Actions;

/// <summary>A JSON schema, compiled: draft-04 and <c>const</c>, with the errors of Newtonsoft.Json.Schema, which the service uses.</summary>
internal sealed class JsonSchema
{
    private static readonly string[] Maps = ["properties", "definitions", "$defs", "dependencies"];
    private static readonly string[] Schemas = ["items", "additionalItems", "additionalProperties", "not", "allOf", "anyOf", "oneOf"];

    private readonly SchemaNode _root;

    private JsonSchema(SchemaNode root) => _root = root;

    /// <summary>Compiles a schema. Keywords that draft-04 doesn't know are ignored, patterns too: see <see cref="HasPattern"/>.</summary>
    /// <exception cref="JsonSchemaException">It is no schema.</exception>
    public static JsonSchema Compile(FlowValue schema) => new(new SchemaCompiler(schema).Compile());

    /// <summary>Whether <c>pattern</c> or <c>patternProperties</c> stand anywhere as keywords: the service refuses such schemas.</summary>
    public static bool HasPattern(FlowValue schema)
    {
        if (schema.AsArrayOrNull is { } list)
        {
            foreach (var item in list)
            {
                if (HasPattern(item)) return true;
            }

            return false;
        }

        if (schema.AsObjectOrNull is not { } o) return false;
        if (o.TryGetExact("pattern", out _) || o.TryGetExact("patternProperties", out _)) return true;
        foreach (var keyword in Schemas)
        {
            if (o.TryGetExact(keyword, out var nested) && HasPattern(nested)) return true;
        }

        foreach (var keyword in Maps)
        {
            if (!o.TryGetExact(keyword, out var map) || map.AsObjectOrNull is not { } named) continue;
            foreach (var nested in named.Values)
            {
                if (HasPattern(nested)) return true;
            }
        }

        return false;
    }

    /// <summary>The errors in the service's order; none for a value that matches.</summary>
    /// <exception cref="JsonSchemaException">The schema refers to itself without end.</exception>
    public IReadOnlyList<SchemaError> Validate(FlowValue value)
    {
        var validation = new SchemaValidation();
        validation.Check(_root, value);
        return validation.Errors;
    }
}

/// <summary>A schema that is none.</summary>
/// <param name="message">What is wrong, with the place.</param>
internal sealed class JsonSchemaException(string message) : Exception(message);
