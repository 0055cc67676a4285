using FlowEngine.Definitions;

namespace FlowEngine.Connectors;

/// <summary>A JSON or YAML file as a value, and the places of what is in it.</summary>
/// <param name="File">What messages call it.</param>
/// <param name="Text">Its text.</param>
/// <param name="Root">Its content; null where it can't be read.</param>
/// <param name="Fault">Why it can't be read; null where it can.</param>
/// <param name="Locate">The place of a JSON Pointer.</param>
internal sealed record SourceDocument(string File, string Text, FlowValue Root, Diagnostic? Fault, Func<string, SourceLocation> Locate)
{
    // Documents of large public APIs have some ten megabytes.
    private const long MaxBytes = 64 * 1024 * 1024;

    /// <summary>Reads a file.</summary>
    public static SourceDocument Load(string file)
    {
        var text = FileText.Load(file, MaxBytes);
        if (text.Fault is { } fault) return Unusable(file, string.Empty, fault.Code, fault.Message, 1, 1);
        return Parse(text.Text, file);
    }

    /// <summary>Reads text: YAML where the name says so, else JSON.</summary>
    public static SourceDocument Parse(string text, string file) =>
        file.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) ? ParseYaml(text, file) : ParseJson(text, file);

    private static SourceDocument ParseJson(string text, string file)
    {
        try
        {
            var root = FlowJson.Parse(text);
            var map = new Lazy<SourceMap>(() => new SourceMap(file, text));
            return new SourceDocument(file, text, root, null, pointer => map.Value.Locate(pointer));
        }
        catch (FlowJsonException e)
        {
            var lines = new LineIndex(text);
            var fault = JsonFault.Of(text, e, lines);
            var (line, column) = lines.Find(fault.Span.Start);
            return Unusable(file, text, DiagnosticCodes.NotJson, $"The file is not valid JSON: {fault.Message}", line, column);
        }
    }

    private static SourceDocument ParseYaml(string text, string file)
    {
        try
        {
            var tree = YamlTree.Parse(text);
            return new SourceDocument(file, text, tree.Root, null, pointer =>
            {
                var (line, column) = tree.Find(pointer);
                return new SourceLocation(file, line, column, column + 1, pointer);
            });
        }
        catch (YamlFormatException e)
        {
            return Unusable(file, text, DiagnosticCodes.ConnectorYaml, e.Message, e.Line, e.Column);
        }
    }

    private static SourceDocument Unusable(string file, string text, string code, string message, int line, int column)
    {
        var place = new SourceLocation(file, Math.Max(1, line), Math.Max(1, column), Math.Max(1, column) + 1, string.Empty);
        return new SourceDocument(file, text, default, new Diagnostic(code, DiagnosticSeverity.Error, message, place), _ => place);
    }
}
