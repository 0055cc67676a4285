using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace FlowEngine.Connectors;

/// <summary>Makes the operations of a document that has been read.</summary>
internal sealed class OperationReader(OpenApiDocument document, bool isVersion2)
{
    public IEnumerable<ConnectorOperation> Read()
    {
        foreach (var (path, item) in document.Paths)
        {
            foreach (var (method, operation) in item.Operations ?? [])
            {
                var parameters = ParametersOf(item, operation);
                yield return new ConnectorOperation
                {
                    Id = operation.OperationId,
                    Method = method,
                    Path = path,
                    Server = ServerOf(operation.Servers) ?? ServerOf(item.Servers) ?? ServerOf(document.Servers),
                    Parameters = [.. parameters.Select(Convert)],
                    Body = operation.RequestBody is { } body ? BodyOf(body) : null,
                    Security = SecurityOf(operation.Security ?? document.Security),
                    Produces = ProducesOf(operation.Responses),
                    Answers = AnswersOf(operation.Responses),
                };
            }
        }
    }

    // Those of the operation take the place of those of the path with the same name and place.
    private static List<IOpenApiParameter> ParametersOf(IOpenApiPathItem item, OpenApiOperation operation)
    {
        var own = operation.Parameters ?? [];
        var shared = (item.Parameters ?? []).Where(one => !own.Any(other => other.Name == one.Name && other.In == one.In));
        return [.. shared.Concat(own).Where(parameter => parameter.Name is not null && parameter.In is not null)];
    }

    private ConnectorParameter Convert(IOpenApiParameter parameter)
    {
        // Both were looked at when the parameters were gathered.
        var place = parameter.In!.Value;
        var format = Text(parameter.Extensions, ReferenceRules.CollectionFormat);
        return new ConnectorParameter(parameter.Name!, place)
        {
            Required = parameter.Required || place == ParameterLocation.Path,
            Schema = parameter.Schema ?? parameter.Content?.Values.FirstOrDefault()?.Schema,
            Style = StyleOf(parameter, place, format),
            Explode = isVersion2 ? format == "multi" : parameter.Explode,
            TabSeparated = format == "tsv",
            DoubleEncoded = Text(parameter.Extensions, "x-ms-url-encoding") == "double",
            Default = ValueOf(parameter.Schema?.Default),
            IsCallbackAddress = CallbackAddress.IsMarked(parameter.Extensions),
        };
    }

    private ParameterStyle StyleOf(IOpenApiParameter parameter, ParameterLocation place, string? format)
    {
        var usual = place is ParameterLocation.Query or ParameterLocation.Cookie ? ParameterStyle.Form : ParameterStyle.Simple;
        if (!isVersion2) return parameter.Style ?? usual;
        return StyleOf(format, usual);
    }

    private static ParameterStyle StyleOf(string? collectionFormat, ParameterStyle usual) => collectionFormat switch
    {
        "ssv" => ParameterStyle.SpaceDelimited,
        "pipes" => ParameterStyle.PipeDelimited,
        _ => usual,
    };

    private ConnectorBody? BodyOf(IOpenApiRequestBody body)
    {
        if (body.Content is not { Count: > 0 } content) return null;
        var name = Text(body.Extensions, "x-bodyName");

        // Of version 2: a body has a name, fields of a form make one without. A form goes out as a form, whatever the document says that the API consumes.
        if (isVersion2 && name is null && !content.Keys.Any(IsFormType))
        {
            var fields = content.Values.First();
            return new ConnectorBody("body", HasFile(fields.Schema) ? "multipart/form-data" : "application/x-www-form-urlencoded", body.Required, fields.Schema) { Fields = FieldsOf(fields) };
        }

        var type = content.Keys.FirstOrDefault(name => Actions.MessageBody.IsJson(name))
            ?? content.Keys.FirstOrDefault(name => name.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            ?? content.Keys.First();
        var media = content[type];

        // A form with a file goes out in parts, whatever else the document allows.
        if (content.Keys.FirstOrDefault(name => name.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase)) is { } parts && !Actions.MessageBody.IsJson(type) && HasFile(content[parts].Schema))
            (type, media) = (parts, content[parts]);
        return new ConnectorBody(name ?? "body", type == "*/*" ? "application/json" : type, body.Required, media.Schema) { Fields = FieldsOf(media) };
    }

    private static bool IsFormType(string type) =>
        type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) || type.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase);

    // Version 3 says it beside the schema; of version 2 the collection format stands at the field itself, csv where none does.
    private Dictionary<string, ConnectorParameter> FieldsOf(IOpenApiMediaType media)
    {
        var fields = new Dictionary<string, ConnectorParameter>(StringComparer.Ordinal);
        foreach (var (name, encoding) in media.Encoding ?? new Dictionary<string, OpenApiEncoding>())
        {
            var style = encoding.Style ?? ParameterStyle.Form;
            fields[name] = new ConnectorParameter(name, ParameterLocation.Query) { Style = style, Explode = encoding.Explode ?? style == ParameterStyle.Form };
        }

        if (!isVersion2) return fields;
        foreach (var (name, property) in media.Schema?.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            var format = Text(property.Extensions, ReferenceRules.CollectionFormat);
            fields[name] = new ConnectorParameter(name, ParameterLocation.Query) { Style = StyleOf(format, ParameterStyle.Form), Explode = format == "multi", TabSeparated = format == "tsv" };
        }

        return fields;
    }

    private static bool HasFile(IOpenApiSchema? schema) => schema?.Properties?.Values.Any(property => property.Format == "binary") == true;

    private static List<SecurityNeed> SecurityOf(IList<OpenApiSecurityRequirement>? requirements)
    {
        var needs = new List<SecurityNeed>();
        foreach (var requirement in requirements ?? [])
        {
            var schemes = new List<SecurityScheme>();
            foreach (var (scheme, scopes) in requirement)
            {
                var flows = scheme.Flows;
                schemes.Add(new SecurityScheme(scheme.Reference.Id ?? string.Empty, scheme.Type ?? SecuritySchemeType.Http)
                {
                    KeyName = scheme.Name,
                    In = scheme.In,
                    HttpScheme = scheme.Scheme,
                    TokenUrl = (flows?.ClientCredentials ?? flows?.AuthorizationCode ?? flows?.Password)?.TokenUrl,
                    Scopes = [.. scopes],
                });
            }

            needs.Add(new SecurityNeed(schemes));
        }

        return needs;
    }

    private static Dictionary<string, string> ProducesOf(OpenApiResponses? responses)
    {
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (status, response) in responses ?? [])
        {
            if (response.Content?.Keys.FirstOrDefault() is { } type) types[status] = type;
        }

        return types;
    }

    private static Dictionary<string, IOpenApiSchema> AnswersOf(OpenApiResponses? responses)
    {
        var schemas = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        foreach (var (status, response) in responses ?? [])
        {
            if (response.Content?.FirstOrDefault(entry => Actions.MessageBody.IsJson(entry.Key)).Value?.Schema is { } schema) schemas[status] = schema;
        }

        return schemas;
    }

    private static Uri? ServerOf(IList<OpenApiServer>? servers)
    {
        var addresses = (servers ?? []).Select(AddressOf).OfType<Uri>().ToList();
        return addresses.Find(address => address.Scheme == Uri.UriSchemeHttps) ?? addresses.FirstOrDefault();
    }

    private static Uri? AddressOf(OpenApiServer server)
    {
        var url = server.Url ?? string.Empty;
        foreach (var (name, variable) in server.Variables ?? new Dictionary<string, OpenApiServerVariable>()) url = url.Replace($"{{{name}}}", variable.Default, StringComparison.Ordinal);
        if (url.StartsWith("//", StringComparison.Ordinal)) url = "https:" + url;
        return Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) ? address : null;
    }

    /// <summary>A JSON node of the reader as a value; null for none.</summary>
    public static FlowValue ValueOf(JsonNode? node) => node is null ? default : FlowJson.Parse(node.ToJsonString());

    private static string? Text(IDictionary<string, IOpenApiExtension>? extensions, string name) => Extension(extensions, name) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static JsonNode? Extension(IDictionary<string, IOpenApiExtension>? extensions, string name) =>
        extensions is not null && extensions.TryGetValue(name, out var extension) ? (extension as JsonNodeExtension)?.Node : null;
}
