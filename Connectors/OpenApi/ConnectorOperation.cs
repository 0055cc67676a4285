using Microsoft.OpenApi;

namespace FlowEngine.Connectors;

/// <summary>An operation of an OpenAPI document, as calls need it.</summary>
internal sealed record ConnectorOperation
{
    /// <summary>Its <c>operationId</c>; null where it has none.</summary>
    public string? Id { get; init; }

    public required HttpMethod Method { get; init; }

    /// <summary>The path with <c>{names}</c>, from <c>/</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Address of the API; null where the document gives none that is absolute.</summary>
    public Uri? Server { get; init; }

    public IReadOnlyList<ConnectorParameter> Parameters { get; init; } = [];

    public ConnectorBody? Body { get; init; }

    /// <summary>What the connection must have, in alternatives; empty where nothing is asked for.</summary>
    public IReadOnlyList<SecurityNeed> Security { get; init; } = [];

    /// <summary>The content type of answers by status (<c>default</c> for others), for bodies that name none.</summary>
    public IReadOnlyDictionary<string, string> Produces { get; init; } = new Dictionary<string, string>();

    /// <summary>Schema of answers by status, for the check of answers.</summary>
    public IReadOnlyDictionary<string, IOpenApiSchema> Answers { get; init; } = new Dictionary<string, IOpenApiSchema>();

    /// <summary>How messages call it.</summary>
    public string Name => Id ?? $"{Method} {Path}";
}

/// <summary>A parameter outside of the body.</summary>
internal sealed record ConnectorParameter(string Name, ParameterLocation In)
{
    public bool Required { get; init; }

    public IOpenApiSchema? Schema { get; init; }

    public ParameterStyle Style { get; init; }

    public bool Explode { get; init; }

    /// <summary>Whether an array is joined by tabs.</summary>
    public bool TabSeparated { get; init; }

    /// <summary>Whether a path value is percent-encoded twice (<c>x-ms-url-encoding: double</c>).</summary>
    public bool DoubleEncoded { get; init; }

    /// <summary>Whether it tells the API where to call back (<c>x-ms-notification-url</c>).</summary>
    public bool IsCallbackAddress { get; init; }

    /// <summary>What is sent where the flow gives nothing; null for nothing.</summary>
    public FlowValue Default { get; init; }
}

/// <summary>The body of an operation.</summary>
/// <param name="Name">What parameters call it: <c>body</c>, or its name in a 2.0 document.</param>
/// <param name="ContentType">What it is sent as.</param>
/// <param name="Required">Whether a call must have one.</param>
/// <param name="Schema">Its schema; null where there is none.</param>
internal sealed record ConnectorBody(string Name, string ContentType, bool Required, IOpenApiSchema? Schema)
{
    /// <summary>How fields of a form are written, where the document says it.</summary>
    public IReadOnlyDictionary<string, ConnectorParameter> Fields { get; init; } = new Dictionary<string, ConnectorParameter>();

    /// <summary>Whether its members are fields of a form.</summary>
    public bool IsForm => ContentType.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) || IsMultipart;

    /// <summary>Whether the form goes out in parts.</summary>
    public bool IsMultipart => ContentType.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase);
}

/// <summary>One way to be let in: all of these schemes together.</summary>
/// <param name="Schemes">The schemes; none where everybody is let in.</param>
internal sealed record SecurityNeed(IReadOnlyList<SecurityScheme> Schemes);

/// <summary>A security scheme of a document.</summary>
internal sealed record SecurityScheme(string Name, SecuritySchemeType Type)
{
    /// <summary>The header's or query parameter's name of an API key.</summary>
    public string? KeyName { get; init; }

    public ParameterLocation? In { get; init; }

    /// <summary>Of type http: <c>basic</c>, <c>bearer</c>.</summary>
    public string? HttpScheme { get; init; }

    public Uri? TokenUrl { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];
}
