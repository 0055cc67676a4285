using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>A file of declarative tests, <c>*.flowtest.json</c>.</summary>
/// <param name="File">The file.</param>
/// <param name="Tests">Its tests; a test with cases is one test a case.</param>
public sealed record FlowTestFile(string File, IReadOnlyList<FlowTestCase> Tests)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="MockFormatException">The file can't be read, is no JSON or makes no sense; all faults are listed.</exception>
    /// <exception cref="DefinitionException">The flow that it tests has errors.</exception>
    /// <exception cref="Connectors.ConnectorFormatException">A connector beside the flow has errors.</exception>
    public static FlowTestFile Load(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        string text;
        FlowValue root;
        try
        {
            text = System.IO.File.ReadAllText(file);
            root = FlowJson.Parse(text);
        }
        catch (FlowJsonException e)
        {
            var place = new SourceLocation(file, Math.Max(1, e.Line), Math.Max(1, e.Position), Math.Max(1, e.Position) + 1, string.Empty);
            throw new MockFormatException([new Diagnostic(DiagnosticCodes.NotJson, DiagnosticSeverity.Error, e.Message, place)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MockFormatException([new Diagnostic(DiagnosticCodes.Unreadable, DiagnosticSeverity.Error, e.Message, new SourceLocation(file, 1, 1, 1, string.Empty))]);
        }

        var faults = new DiagnosticBag(strict: false);
        var tests = new FlowTestReader(faults, Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".").Read(root);
        if (faults.HasErrors) throw new MockFormatException(faults.ToDiagnostics(() => new SourceMap(file, text)));
        if (tests.Count > 0) CompiledFlows.Of(tests[0].Flow);
        return new FlowTestFile(file, tests);
    }
}

/// <summary>One declarative test.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Flow">The flow's file.</param>
/// <param name="Folder">Where files that it names are.</param>
/// <param name="Content">What it gives and expects, defaults and case merged in.</param>
/// <param name="Mocks">What the world outside answers.</param>
public sealed record FlowTestCase(string Name, string Flow, string Folder, FlowValue Content, MockSet Mocks)
{
    /// <summary>Callbacks that come from outside.</summary>
    public IReadOnlyList<RunCallback> Callbacks { get; init; } = [];
}
