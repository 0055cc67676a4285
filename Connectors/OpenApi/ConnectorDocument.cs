using System.Text;
using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Expressions;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using JsonPointer = FlowEngine.Definitions.JsonPointer;

namespace FlowEngine.Connectors;

/// <summary>An OpenAPI 2.0 or 3.x document: its operations, and everything that is wrong with it.</summary>
public sealed class ConnectorDocument
{
    private static readonly HashSet<string> Methods = new(StringComparer.Ordinal) { "get", "put", "post", "delete", "options", "head", "patch", "trace" };

    private readonly Dictionary<string, ConnectorOperation> _byId = new(StringComparer.OrdinalIgnoreCase);

    private ConnectorDocument(SourceDocument source) => Source = source;

    /// <summary>The file as given.</summary>
    public string File => Source.File;

    /// <summary>Its text.</summary>
    internal string Text => Source.Text;

    /// <summary>Everything found, in file order.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; private set; } = [];

    /// <summary>Whether something keeps it from being used.</summary>
    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    internal SourceDocument Source { get; }

    internal IReadOnlyList<ConnectorOperation> Operations { get; private set; } = [];

    /// <summary>Whether JSON is such a document: it says <c>swagger</c> or <c>openapi</c>.</summary>
    internal static bool IsOne(FlowValue root) => root.IsObject && (root.TryGetMember("swagger", out _) || root.TryGetMember("openapi", out _));

    /// <summary>Reads a file, JSON or YAML by its name.</summary>
    /// <exception cref="FileNotFoundException">There is no such file. Every other fault is a diagnostic.</exception>
    public static ConnectorDocument Load(string file) => Read(SourceDocument.Load(file));

    /// <summary>Reads text, JSON or YAML by the name of the file.</summary>
    public static ConnectorDocument Parse(string text, string file = "connector.openapi.json") => Read(SourceDocument.Parse(text, file));

    /// <summary>The operation with that id, ignoring case; null where there is none.</summary>
    internal ConnectorOperation? Find(string operationId) => _byId.GetValueOrDefault(operationId);

    /// <summary>The operation of a method and a path with its parameters filled in; null where there is none. The one with most literal segments wins.</summary>
    internal ConnectorOperation? Find(string method, string path, out IReadOnlyDictionary<string, string> values)
    {
        ConnectorOperation? best = null;
        values = new Dictionary<string, string>();
        var literal = -1;
        foreach (var operation in Operations)
        {
            if (!operation.Method.Method.Equals(method, StringComparison.OrdinalIgnoreCase)) continue;
            if (PathTemplate.Match(operation.Path, path) is not { } match || match.Literals <= literal) continue;
            (best, values, literal) = (operation, match.Values, match.Literals);
        }

        return best;
    }

    private static ConnectorDocument Read(SourceDocument source)
    {
        var document = new ConnectorDocument(source);
        if (source.Fault is { } fault)
        {
            document.Diagnostics = [fault];
            return document;
        }

        var faults = new ConnectorFaults();
        document.Interpret(faults);
        document.Diagnostics = faults.ToDiagnostics(source.Locate);
        return document;
    }

    private void Interpret(ConnectorFaults faults)
    {
        if (!IsOne(Source.Root))
        {
            faults.Error(DiagnosticCodes.ConnectorDocument, "The file is no OpenAPI document: it has neither 'swagger' nor 'openapi'.", string.Empty);
            return;
        }

        if (!Source.Root["paths"].IsObject)
        {
            faults.Error(DiagnosticCodes.ConnectorDocument, "The document has no 'paths'.", string.Empty);
            return;
        }

        CheckOperationIds(faults);
        var text = FlowJson.Write(new ReferenceRules(Source.Root, faults).Apply());
        var result = ReadModel(text, faults);
        if (result?.Document?.Paths is null)
        {
            if (!faults.HasErrors) faults.Error(DiagnosticCodes.ConnectorDocument, "The document can't be read as OpenAPI.", string.Empty);
            return;
        }

        foreach (var error in result.Diagnostic?.Errors ?? []) faults.Warning(DiagnosticCodes.ConnectorStandard, Sentence(error.Message), Pointer(error.Pointer));
        Operations = [.. new OperationReader(result.Document, Source.Root.TryGetMember("swagger", out _)).Read()];
        foreach (var operation in Operations)
        {
            if (operation.Id is { } id) _byId.TryAdd(id, operation);
        }

        if (Operations.Count == 0) faults.Warning(DiagnosticCodes.ConnectorDocument, "The document has no operation.", "/paths");
    }

    private static ReadResult? ReadModel(string text, ConnectorFaults faults)
    {
        try
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
            return OpenApiDocument.Load(stream, "json", new OpenApiReaderSettings { LoadExternalRefs = false });
        }
        catch (Exception e) when (e is OpenApiException or OpenApiUnsupportedSpecVersionException or System.Text.Json.JsonException or InvalidOperationException or FormatException or ArgumentException or NotSupportedException or NullReferenceException or UriFormatException or InvalidCastException or KeyNotFoundException)
        {
            // The reader throws on documents that it did not expect, with whatever exception its code runs into.
            faults.Error(DiagnosticCodes.ConnectorDocument, $"The document can't be read as OpenAPI: {Sentence(e.Message.Split('\n')[0].TrimEnd())}", e is OpenApiException { Pointer: { } at } ? Pointer(at) : string.Empty);
            return null;
        }
    }

    private void CheckOperationIds(ConnectorFaults faults)
    {
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (path, item) in Source.Root["paths"].AsObjectOrNull ?? FlowObject.Empty)
        {
            foreach (var (method, operation) in item.AsObjectOrNull ?? FlowObject.Empty)
            {
                if (!Methods.Contains(method.ToLowerInvariant()) || operation["operationId"].AsStringOrNull is not { } id) continue;
                var name = $"{method.ToUpperInvariant()} {path}";
                if (seen.TryAdd(id, name)) continue;
                var at = JsonPointer.Append(JsonPointer.Append(JsonPointer.Append("/paths", path), method), "operationId");
                faults.Error(DiagnosticCodes.ConnectorDuplicate, $"The operation id '{id}' is that of {seen[id]} as well; ids are unique in a document, ignoring case.", at);
            }
        }
    }

    /// <summary>The id that was probably meant.</summary>
    internal string? Nearest(string operationId) => NearestName.Find(operationId, _byId.Keys);

    private static string Sentence(string message) => message.TrimEnd('.') + ".";

    private static string Pointer(string? pointer)
    {
        if (pointer is null) return string.Empty;
        var hash = pointer.IndexOf('#', StringComparison.Ordinal);
        var path = hash < 0 ? pointer : pointer[(hash + 1)..];
        return path.Length > 0 && path[0] != '/' ? string.Empty : path;
    }
}
