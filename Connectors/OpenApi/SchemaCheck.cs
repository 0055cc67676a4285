using System.Globalization;
using Microsoft.OpenApi;

namespace FlowEngine.Connectors;

/// <summary>Whether a value is what a schema asks for: type, <c>enum</c>, required members. Says the first thing that is wrong.</summary>
/// <remarks>Text that stands for a number or a boolean is one: flows often have nothing else. Members that the schema does not name are fine.</remarks>
internal sealed class SchemaCheck
{
    private const int MaxDepth = 64;

    // Schemas of strangers may hold themselves several times: what goes beyond is not looked at any more.
    private const int MaxVisits = 100_000;
    private const int ShownValues = 12;

    private int _visits;

    private SchemaCheck()
    {
    }

    /// <summary>Null where it fits, else a sentence that starts with <paramref name="what"/>.</summary>
    public static string? Fault(IOpenApiSchema? schema, FlowValue value, string what) => new SchemaCheck().Fault(schema, value, what, 0);

    private string? Fault(IOpenApiSchema? schema, FlowValue value, string what, int depth)
    {
        if (schema is null || depth > MaxDepth || ++_visits > MaxVisits) return null;
        if (value.IsNull) return null; // Null is sent as null (runtime reference, 3.17); whether that is wanted only the API knows.
        if (schema.Type is { } type && !Fits(type & ~JsonSchemaType.Null, value)) return $"{what} must be {Words(type)}, but is {value.TypeName}.";
        if (schema.Enum is { Count: > 0 } allowed && !allowed.Any(one => Same(OperationReader.ValueOf(one), value)))
        {
            var shown = string.Join(", ", allowed.Take(ShownValues).Select(one => OperationReader.ValueOf(one) is { } known ? known.AsStringOrNull ?? known.ToJson() : string.Empty));
            return $"{what} must be one of {shown}{(allowed.Count > ShownValues ? ", …" : string.Empty)}, but is {Shown(value)}.";
        }

        foreach (var part in schema.AllOf ?? [])
        {
            if (Fault(part, value, what, depth + 1) is { } fault) return fault;
        }

        return value.AsObjectOrNull is { } o ? ObjectFault(schema, o, what, depth) : value.AsArrayOrNull is { } array ? ArrayFault(schema, array, what, depth) : null;
    }

    private string? ObjectFault(IOpenApiSchema schema, FlowObject o, string what, int depth)
    {
        foreach (var name in schema.Required ?? new HashSet<string>())
        {
            if (!o.Contains(name) && !(schema.Properties?.TryGetValue(name, out var property) == true && property.ReadOnly)) return $"{what} has no '{name}', which is required.";
        }

        foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (o.TryGetExact(name, out var member) && Fault(property, member, $"'{name}' of {Lower(what)}", depth + 1) is { } fault) return fault;
        }

        return null;
    }

    private string? ArrayFault(IOpenApiSchema schema, FlowArray array, string what, int depth)
    {
        if (schema.Items is null) return null;
        for (var i = 0; i < array.Count; i++)
        {
            if (Fault(schema.Items, array[i], string.Create(CultureInfo.InvariantCulture, $"Item {i} of {Lower(what)}"), depth + 1) is { } fault) return fault;
        }

        return null;
    }

    private static bool Fits(JsonSchemaType type, FlowValue value)
    {
        if (type == 0) return true;
        if (type.HasFlag(JsonSchemaType.String) && (value.IsString || value.IsNumber || value.IsBoolean || BinaryContent.FromValue(value) is not null)) return true;
        if (type.HasFlag(JsonSchemaType.Integer) && (value.IsInteger || (value.IsNumber && value.AsDouble == Math.Truncate(value.AsDouble)) || IsIntegerText(value))) return true;
        if (type.HasFlag(JsonSchemaType.Number) && (value.IsNumber || IsNumberText(value))) return true;
        if (type.HasFlag(JsonSchemaType.Boolean) && (value.IsBoolean || (value.AsStringOrNull is { } text && bool.TryParse(text, out _)))) return true;
        if (type.HasFlag(JsonSchemaType.Object) && value.IsObject) return true;
        return type.HasFlag(JsonSchemaType.Array) && value.IsArray;
    }

    private static bool IsIntegerText(FlowValue value) => value.AsStringOrNull is { } text && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private static bool IsNumberText(FlowValue value) => value.AsStringOrNull is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static bool Same(FlowValue allowed, FlowValue value) => allowed == value || (Plain(allowed) is { } left && left == Plain(value));

    private static string? Plain(FlowValue value) => value.AsStringOrNull ?? (value.IsNumber || value.IsBoolean ? value.ToJson() : null);

    private static string Shown(FlowValue value)
    {
        var json = value.AsStringOrNull is { } text ? $"'{text}'" : value.ToJson();
        return json.Length > 60 ? json[..60] + "…" : json;
    }

    private static string Lower(string what) => what.Length > 1 && char.IsLower(what[1]) ? char.ToLowerInvariant(what[0]) + what[1..] : what;

    private static string Words(JsonSchemaType type)
    {
        var names = new List<string>();
        foreach (var (flag, name) in new[] { (JsonSchemaType.String, "text"), (JsonSchemaType.Integer, "a whole number"), (JsonSchemaType.Number, "a number"), (JsonSchemaType.Boolean, "a boolean"), (JsonSchemaType.Object, "an object"), (JsonSchemaType.Array, "an array") })
        {
            if (type.HasFlag(flag)) names.Add(name);
        }

        return string.Join(" or ", names);
    }
}
