using FlowEngine.Cli;

namespace FlowEngine.Tests;

/// <summary>Replays every folder of examples/ through the command line, in process, and compares the record with its expected.json.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ExampleTests
{
    public static IEnumerable<string> Examples => Directory.EnumerateDirectories(Repository.Locate("examples")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Examples))]
    public async Task An_example_runs_as_its_expected_record_says(string example)
    {
        var folder = Repository.Locate($"examples/{example}");
        var expected = FlowValue.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "expected.json")));

        var (exit, output, errors) = await RunAsync(folder, expected["args"]);

        Assert.That(exit, Is.EqualTo(expected["exit"].AsInteger), errors + output);
        Assert.That(RecordSubset.Differences(expected["record"], FlowValue.Parse(output)), Is.Empty);
    }

    [TestCaseSource(nameof(Examples))]
    public async Task An_example_has_no_fault(string example)
    {
        var output = new StringWriter();
        var exit = await FlowCommand.InvokeAsync(["validate", Repository.Locate($"examples/{example}/flow.json")], new CommandConsole(output, output, TextReader.Null), CancellationToken.None);

        Assert.That(exit, Is.Zero, output.ToString());
        Assert.That(output.ToString(), Does.Not.Contain("warning FE"));
    }

    [TestCaseSource(nameof(Examples))]
    public async Task An_example_has_tests_that_reach_every_action(string example)
    {
        var output = new StringWriter();
        var exit = await FlowCommand.InvokeAsync(["test", Repository.Locate($"examples/{example}"), "--min-coverage", "100"], new CommandConsole(output, output, TextReader.Null), CancellationToken.None);

        Assert.That(exit, Is.Zero, output.ToString());
    }

    [TestCaseSource(nameof(Examples))]
    public void An_example_says_what_it_shows(string example) =>
        Assert.That(Repository.Text($"examples/{example}/README.md"), Does.StartWith("# ").And.Contain("flow run flow.json"));

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(string folder, FlowValue args)
    {
        var command = new List<string> { "run", Path.Combine(folder, "flow.json"), "--json", "--virtual-time" };
        foreach (var name in new[] { "mocks", "parameters" })
        {
            var file = Path.Combine(folder, name + ".json");
            if (File.Exists(file)) command.AddRange(["--" + name, file]);
        }

        foreach (var argument in args.AsArrayOrNull ?? FlowArray.Empty) command.Add(argument.AsString);
        var output = new StringWriter();
        var errors = new StringWriter();
        var exit = await FlowCommand.InvokeAsync([.. command], new CommandConsole(output, errors, TextReader.Null), CancellationToken.None);
        return (exit, output.ToString(), errors.ToString());
    }
}
