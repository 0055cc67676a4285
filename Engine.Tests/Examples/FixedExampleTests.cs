using FlowEngine.Definitions;

namespace FlowEngine.Tests;

/// <summary>The printed fragments of the tutorial, written in standard form (tutorial reference, 1: <c>flow validate --fix</c>).</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class FixedExampleTests
{
    // The forms that --fix writes anew; FE6006 and FE4105 may stay where there is no other form.
    private static readonly string[] Written = ["FE6001", "FE6002", "FE6003", "FE6004", "FE6005", "FE6007", "FE6009", "FE6010"];

    // Compares numbers in text and asks whether a number is empty (V1, V6): the text alone does not show that (docs/dialect.md).
    private const string RestsOnValues = "tutorial/21-crypto-monitor-5-consolidation";

    public static IEnumerable<string> Examples => Example.All.Where(name => name != RestsOnValues);

    public static IEnumerable<string> Flows => Repository.Files("examples", "flow.json");

    /// <summary>Also where it rested on a lenient rule (V3 to V5): the fixed file is a standard one, to which none applies.</summary>
    [TestCaseSource(nameof(Examples))]
    public async Task A_fixed_example_runs_as_before(string name)
    {
        var example = new Example(name);
        using var shell = new Shell();
        var folder = shell.Path("copy");
        foreach (var file in Directory.EnumerateFiles(example.Folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(example.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        var fix = await CommandOutput.OfAsync("validate", "--fix", Path.Combine(folder, "flow.json"));
        var run = await example.RunAsync(folder);

        Assert.That(run.Exit, Is.EqualTo(example.Expected["exit"].AsInteger), fix.Output + run.Errors + run.Output);
        Assert.That(RecordSubset.Differences(example.Expected["record"], FlowValue.Parse(run.Output)), Is.Empty);
    }

    [TestCaseSource(nameof(Flows))]
    public void No_form_is_left_and_a_second_time_changes_nothing(string file)
    {
        var before = Documents.Read(Repository.Text(file));

        var text = DialectFix.Standard([before]);
        var after = Documents.Read(text);

        Assert.That(after.Diagnostics.Select(diagnostic => diagnostic.Code).Intersect(Written), Is.Empty);
        Assert.That(after.HasErrors, Is.EqualTo(before.HasErrors));
        Assert.That(DialectFix.Standard([after]), Is.EqualTo(text));
        Assert.That(after.Definition!.Raw, Is.EqualTo(before.Definition!.Raw).Or.Matches<FlowValue>(_ => before.Diagnostics.Any(diagnostic => diagnostic.Code == "FE6006")), "it means what was read before");
    }
}
