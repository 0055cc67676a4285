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
        var tests = Read(file);
        if (tests.Count > 0) CompiledFlows.Of(tests[0].Flow);
        return new FlowTestFile(file, tests);
    }

    /// <summary>Everything that is wrong with a file itself; its flow is not looked at. Empty where nothing is.</summary>
    public static IReadOnlyList<Diagnostic> Check(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            Read(file);
            return [];
        }
        catch (MockFormatException e)
        {
            return e.Diagnostics;
        }
    }

    /// <summary>Lets every flow be compiled anew: children and connectors beside it may have changed.</summary>
    internal static void ForgetFlows() => CompiledFlows.Forget();

    private static List<FlowTestCase> Read(string file) => MockDocument.Load(file, (faults, folder, root) => new FlowTestReader(faults, folder).Read(root));
}

/// <summary>One declarative test.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Flow">The flow's file.</param>
/// <param name="Folder">Where files that it names are.</param>
/// <param name="Content">What it gives and expects, defaults and case merged in.</param>
/// <param name="Mocks">What the world outside answers.</param>
public sealed record FlowTestCase(string Name, string Flow, string Folder, FlowValue Content, MockSet Mocks)
{
    /// <summary>Actions that mocks of the test itself name; those of files, which other flows may share, are left out.</summary>
    internal IReadOnlyList<string> MockedActions { get; init; } = [];

    /// <summary>Callbacks that come from outside.</summary>
    internal IReadOnlyList<RunCallback> Callbacks { get; init; } = [];

    /// <summary>Cancellations that come from outside.</summary>
    internal IReadOnlyList<RunCancellation> Cancellations { get; init; } = [];
}
