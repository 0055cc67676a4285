using System.Text.RegularExpressions;

namespace FlowEngine.Tests;

/// <summary>Replays every example through the command line, in process, and compares the record with its expected.json.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class ExampleTests
{
    public static IEnumerable<string> Examples => Example.All;

    /// <summary>The commands of each README, but for those that ask real services: runs of a flow that has mocks without them.</summary>
    public static IEnumerable<TestCaseData> Commands =>
        from name in Example.All
        let example = new Example(name)
        from line in example.Text("README.md").Split('\n')
        where line.StartsWith("flow ", StringComparison.Ordinal)
        where !line.StartsWith("flow run ", StringComparison.Ordinal) || line.Contains("--mocks", StringComparison.Ordinal) || !File.Exists(Path.Combine(example.Folder, "mocks.json"))
        select new TestCaseData(name, line);

    /// <summary>The folders of examples/ that hold files of their own.</summary>
    public static IEnumerable<string> Folders =>
        Repository.Files("examples", "*").Select(file => Path.GetDirectoryName(file)!.Replace('\\', '/')).Distinct();

    [TestCaseSource(nameof(Examples))]
    public async Task An_example_runs_as_its_expected_record_says(string name)
    {
        var example = new Example(name);
        var expected = example.Expected;

        var run = await example.RunAsync();

        Assert.That(run.Exit, Is.EqualTo(expected["exit"].AsInteger), run.Errors + run.Output);
        Assert.That(RecordSubset.Differences(expected["record"], FlowValue.Parse(run.Output)), Is.Empty);
    }

    /// <summary>Information is what the dialect's forms give. A warning is allowed where the README tells of it by its code.</summary>
    [TestCaseSource(nameof(Examples))]
    public async Task An_example_has_no_fault_that_its_README_does_not_tell(string name)
    {
        var example = new Example(name);
        var validation = await CommandOutput.OfAsync("validate", example.Folder);

        Assert.That(validation.Exit, Is.Zero, validation.Output);
        var readme = example.Text("README.md");
        Assert.That(Warning().Matches(validation.Output).Select(match => match.Groups["code"].Value).Where(code => !readme.Contains(code, StringComparison.Ordinal)), Is.Empty);
    }

    [TestCaseSource(nameof(Examples))]
    public async Task Tests_of_an_example_pass_and_reach_every_action(string name)
    {
        var files = Directory.GetFiles(new Example(name).Folder, "*.flowtest.json");
        Assert.That(files, Is.Not.Empty, "no tests beside the flow");
        var test = await CommandOutput.OfAsync(["test", .. files, "--min-coverage", "100"]);

        Assert.That(test.Exit, Is.Zero, test.Output + test.Errors);
    }

    /// <summary>Those that stay unnoticed are such as nobody could see: a default of what is never absent, a format of which only the beginning counts.</summary>
    [Test]
    public async Task Tests_of_the_examples_notice_what_is_changed_in_the_flows()
    {
        var test = await CommandOutput.OfAsync("test", Repository.Locate("examples"), "--mutate", "--min-mutation", "95");

        Assert.That(test.Exit, Is.Zero, test.Output + test.Errors);
    }

    [TestCaseSource(nameof(Examples))]
    public void An_example_says_what_it_shows(string name) =>
        Assert.That(new Example(name).Text("README.md"), Does.StartWith("# ").And.Contain("flow run flow.json"));

    [TestCaseSource(nameof(Commands))]
    public async Task A_command_of_a_README_runs(string name, string command)
    {
        var example = new Example(name);
        var output = await CommandOutput.OfLineAsync(command, example.Folder);

        Assert.That(output.Exit, Is.EqualTo(command.StartsWith("flow run ", StringComparison.Ordinal) ? example.Expected["exit"].AsInteger : 0), output.Errors + output.Output);
    }

    /// <summary>A folder that holds no flow (a server, connectors, an index) is named by a README: its own, or the nearest one above it.</summary>
    [TestCaseSource(nameof(Folders))]
    public void A_folder_without_a_flow_is_explained(string folder)
    {
        if (File.Exists(Repository.Locate($"{folder}/flow.json")) || File.Exists(Repository.Locate($"{folder}/README.md"))) return;

        var above = Path.GetDirectoryName(folder)!;
        while (!File.Exists(Repository.Locate($"{above}/README.md"))) above = Path.GetDirectoryName(above)!;
        Assert.That(Repository.Text($"{above}/README.md"), Does.Contain(Path.GetFileName(folder) + "/"));
    }

    [GeneratedRegex(@"warning (?<code>F[EL]\d+)")]
    private static partial Regex Warning();
}
