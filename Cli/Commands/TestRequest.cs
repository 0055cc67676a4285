using System.CommandLine;

namespace FlowEngine.Cli;

/// <summary>What <c>flow test</c> is asked for.</summary>
internal sealed record TestRequest
{
    /// <summary>Test files and folders of them.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Only tests whose name contains it; null for all.</summary>
    public string? Filter { get; init; }

    /// <summary>How many tests run at once.</summary>
    public required int Parallel { get; init; }

    public bool Json { get; init; }

    /// <summary>The file of the JUnit report; null writes none.</summary>
    public string? JUnit { get; init; }

    /// <summary>The folder of the coverage reports; null writes none.</summary>
    public string? Coverage { get; init; }

    /// <summary>The least share of actions in per cent; null asks for none.</summary>
    public double? MinCoverage { get; init; }

    /// <summary>Whether flows are changed to see whether the tests notice.</summary>
    public bool Mutate { get; init; }

    /// <summary>The least share of mutants noticed, in per cent.</summary>
    public double MinMutation { get; init; } = 100;

    /// <summary>Whether the tests run again whenever a file changes.</summary>
    public bool Watch { get; init; }
}

/// <summary>The options of <c>flow test</c>.</summary>
internal sealed class TestArguments
{
    private readonly Argument<string[]> _paths = new("PATH") { Arity = ArgumentArity.OneOrMore, Description = "Test files (*.flowtest.json), or folders of them." };
    private readonly Option<string?> _filter = new("--filter") { HelpName = "TEXT", Description = "Only tests whose name contains the text." };
    private readonly Option<string?> _parallel = new("--parallel") { HelpName = "N", Description = "How many tests run at once; default: one a processor." };
    private readonly Option<bool> _json = new("--json") { Description = "Prints one object with all tests." };
    private readonly Option<string?> _junit = new("--junit") { HelpName = "FILE", Description = "Writes a JUnit report." };
    private readonly Option<bool> _cover = new("--coverage") { Description = "Tells which actions, branches and ways through expressions the tests reached, and writes the reports to the folder 'coverage'." };
    private readonly Option<string?> _coverageOutput = new("--coverage-output") { HelpName = "FOLDER", Description = "Another folder for the reports of --coverage." };
    private readonly Option<double?> _minCoverage = new("--min-coverage") { HelpName = "N", Description = "Exit code 4 where less than N per cent of the actions started in any test." };
    private readonly Option<bool> _mutate = new("--mutate") { Description = "Changes the flows one thing at a time and tells which changes no test notices; exit code 4 where there are any." };
    private readonly Option<double?> _minMutation = new("--min-mutation") { HelpName = "N", Description = "Exit code 4 only where the tests notice less than N per cent of the changes." };
    private readonly Option<bool> _watch = new("--watch") { Description = "Runs the tests again whenever a file beside them changes, until Ctrl-C." };
    private readonly Option<string?> _fromRun = new("--from-run") { HelpName = "RECORD", Description = "Prints a test file for the flow PATH, made of a run record." };

    public Command CreateCommand() => new("test", "Carries out the tests of *.flowtest.json files.")
    {
        _paths, _filter, _parallel, _json, _junit, _cover, _coverageOutput, _minCoverage, _mutate, _minMutation, _watch, _fromRun,
    };

    /// <summary>The run record that a test is made of; null where tests are carried out.</summary>
    public string? FromRun(ParseResult parsed) => parsed.GetValue(_fromRun);

    /// <exception cref="UsageException">An option makes no sense.</exception>
    public TestRequest Read(ParseResult parsed)
    {
        var parallel = WholeNumbers.Read(parsed.GetValue(_parallel), "--parallel", 1) ?? Environment.ProcessorCount;
        var mutation = Percent(parsed.GetValue(_minMutation), "--min-mutation");
        if (parsed.GetValue(_watch) && parsed.GetValue(_json)) throw new UsageException("--watch prints text; it can't be combined with --json.");
        return new TestRequest
        {
            Paths = parsed.GetRequiredValue(_paths),
            Filter = parsed.GetValue(_filter),
            Parallel = parallel,
            Json = parsed.GetValue(_json),
            JUnit = parsed.GetValue(_junit),
            Coverage = parsed.GetValue(_coverageOutput) ?? (parsed.GetValue(_cover) ? "coverage" : null),
            MinCoverage = Percent(parsed.GetValue(_minCoverage), "--min-coverage"),
            Mutate = parsed.GetValue(_mutate) || mutation is not null,
            MinMutation = mutation ?? 100,
            Watch = parsed.GetValue(_watch),
        };
    }

    private static double? Percent(double? value, string option) => value is null or (>= 0 and <= 100) ? value : throw new UsageException($"{option} takes a number from 0 to 100.");
}
