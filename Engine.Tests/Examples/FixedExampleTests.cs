using FlowEngine.Definitions;

namespace FlowEngine.Tests;

/// <summary>The printed fragments of the tutorial, written in standard form (tutorial reference, 1: <c>flow validate --fix</c>).</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class FixedExampleTests
{
    // The forms that --fix writes anew; FE6006 and FE4105 may stay where there is no other form.
    private static readonly string[] Written = ["FE6001", "FE6002", "FE6003", "FE6004", "FE6005", "FE6007", "FE6009", "FE6010"];

    public static IEnumerable<string> Flows => Repository.Files("examples", "flow.json");

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
