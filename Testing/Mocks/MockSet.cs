using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>The entries of a mocks file: what answers requests and actions in place of the world outside.</summary>
/// <param name="Http">Entries that answer HTTP requests, in file order.</param>
/// <param name="Actions">Entries that answer in place of actions, in file order.</param>
/// <remarks>Immutable; whose turn it is belongs to the handler and the interceptor that are made from it, one of each a run.</remarks>
public sealed record MockSet(IReadOnlyList<HttpMock> Http, IReadOnlyList<ActionMock> Actions)
{
    /// <summary>No entries: every request fails.</summary>
    public static MockSet Empty { get; } = new([], []);

    /// <summary>Reads a mocks file and the body files beside it.</summary>
    /// <exception cref="MockFormatException">The file or one of its body files can't be read, or an entry makes no sense; all faults are listed.</exception>
    public static MockSet Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MockFormatException([new Diagnostic(DiagnosticCodes.Unreadable, DiagnosticSeverity.Error, e.Message, new SourceLocation(path, 1, 1, 1, string.Empty))]);
        }

        return Parse(text, path, Path.GetDirectoryName(Path.GetFullPath(path)));
    }

    /// <summary>Reads the text of a mocks file.</summary>
    /// <param name="json">A JSON array of entries.</param>
    /// <param name="file">What messages call it.</param>
    /// <param name="folder">Where <c>bodyFile</c>s are; null where there are none.</param>
    /// <exception cref="MockFormatException">An entry makes no sense; all faults are listed.</exception>
    public static MockSet Parse(string json, string file = "mocks.json", string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        FlowValue entries;
        try
        {
            entries = FlowJson.Parse(json);
        }
        catch (FlowJsonException e)
        {
            var place = new SourceLocation(file, Math.Max(1, e.Line), Math.Max(1, e.Position), Math.Max(1, e.Position) + 1, string.Empty);
            throw new MockFormatException([new Diagnostic(DiagnosticCodes.NotJson, DiagnosticSeverity.Error, e.Message, place)]);
        }

        var faults = new DiagnosticBag(strict: false);
        var result = new MockReader(faults, folder).Read(entries);
        return faults.HasErrors ? throw new MockFormatException(faults.ToDiagnostics(() => new SourceMap(file, json))) : result;
    }
}

/// <summary>A mocks file that can't be used.</summary>
/// <param name="diagnostics">All its faults, in file order.</param>
public sealed class MockFormatException(IReadOnlyList<Diagnostic> diagnostics) : Exception(string.Join('\n', diagnostics))
{
    /// <summary>All faults, in file order.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; } = diagnostics;
}
