namespace FlowEngine.Tests;

/// <summary>The examples of the tutorial hold its fragments unmodified. <c>Examples/Fragments</c> has their text as it is printed.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class TutorialFragmentTests
{
    private static readonly string[] NoActions = ["03", "05", "06", "13", "14", "15"];

    /// <summary>Names of files in Examples/Fragments; without its ending each is the name of a folder below examples/tutorial.</summary>
    public static IEnumerable<string> Fragments => Repository.Files("Engine.Tests/Examples/Fragments", "*").Select(file => Path.GetFileName(file));

    public static IEnumerable<string> FragmentsWithActions => Fragments.Where(fragment => !NoActions.Contains(fragment[..2]));

    public static IEnumerable<string> FragmentsOfTheMonitor => Fragments.Where(fragment => fragment.Contains("crypto-monitor", StringComparison.Ordinal));

    [TestCaseSource(nameof(Fragments))]
    public void A_fragment_stands_in_its_example_as_printed(string fragment)
    {
        var lines = Lines(Repository.Text($"Engine.Tests/Examples/Fragments/{fragment}"));
        var example = $"examples/tutorial/{Path.GetFileNameWithoutExtension(fragment)}";

        // Inside of another object a fragment loses its own braces; they are the only lines that may be missing.
        string[][] forms = [lines, lines[1..^1]];
        var holders = Repository.Files(example, "*" + Path.GetExtension(fragment)).Where(file => forms.Any(form => Holds(Lines(Repository.Text(file)), form)));

        Assert.That(holders, Is.Not.Empty, $"No file of {example} holds the fragment line by line.");
    }

    /// <summary>As someone does who copies it out of the tutorial; what is data or a part of an action only (S3, S5, S6, S14) is none by itself.</summary>
    [TestCaseSource(nameof(FragmentsWithActions))]
    public void A_fragment_by_itself_is_read_as_actions(string fragment)
    {
        var document = Documents.Read(Repository.Text($"Engine.Tests/Examples/Fragments/{fragment}"));

        Assert.That(document.HasErrors, Is.False, string.Join('\n', document.Diagnostics));
        Assert.That(document.Definition?.Triggers.Single().Name, Is.EqualTo("manual"));
    }

    [Test]
    public void Every_example_of_the_tutorial_is_of_a_fragment()
    {
        var examples = Directory.EnumerateDirectories(Repository.Locate("examples/tutorial")).Select(folder => Path.GetFileName(folder));
        Assert.That(examples, Is.EquivalentTo(Fragments.Select(fragment => Path.GetFileNameWithoutExtension(fragment))));
    }

    [TestCaseSource(nameof(FragmentsOfTheMonitor))]
    public void A_fragment_of_the_monitor_stands_in_the_monitor_as_printed(string fragment)
    {
        var members = Lines(Repository.Text($"Engine.Tests/Examples/Fragments/{fragment}"))[1..^1];
        // Followed by the next fragment, its last line has a comma.
        var last = members[^1];
        var lines = Lines(Repository.Text("examples/crypto-price-monitor/as-printed/flow.json")).Select(line => line == last + "," ? last : line).ToArray();

        Assert.That(Holds(lines, [.. members.Select(line => line == last + "," ? last : line)]));
    }

    [TestCaseSource(nameof(Fragments))]
    public void The_index_of_the_tutorial_names_the_example(string fragment) =>
        Assert.That(Repository.Text("examples/tutorial/README.md"), Does.Contain($"({Path.GetFileNameWithoutExtension(fragment)}/README.md)"));

    /// <summary>Lines without their indentation: it is all that a wrapper may change.</summary>
    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static bool Holds(string[] file, string[] fragment) =>
        Enumerable.Range(0, Math.Max(0, file.Length - fragment.Length + 1)).Any(at => file.AsSpan(at, fragment.Length).SequenceEqual(fragment));
}
