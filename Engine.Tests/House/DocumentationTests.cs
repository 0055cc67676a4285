using System.Text.RegularExpressions;

namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
public sealed partial class DocumentationTests
{
    public static IEnumerable<string> Pages =>
        Directory.EnumerateFiles(Repository.Root, "*.md").Select(file => Path.GetFileName(file))
            .Concat(new[] { "docs", "examples" }.SelectMany(folder => Repository.Files(folder, "*.md")));

    [Test]
    public void The_first_two_dotnet_lines_of_the_README_run_an_example_and_the_tests()
    {
        var commands = Repository.Text("README.md").Split('\n').Where(line => line.StartsWith("dotnet ", StringComparison.Ordinal)).Take(2).ToArray();

        Assert.Multiple(() =>
        {
            Assert.That(commands[0], Does.StartWith("dotnet run --project Cli -c Release -- run examples/").And.Contain("--virtual-time"));
            Assert.That(commands[1], Does.StartWith("dotnet test ").And.Contain("-c Release"));
            Assert.That(commands, Has.None.EndsWith("\\"), "a command stands complete on its line");
        });
    }

    [TestCaseSource(nameof(Pages))]
    public void Links_to_files_of_the_repository_resolve(string page)
    {
        var folder = Path.GetDirectoryName(Repository.Locate(page))!;
        var broken =
            from Match match in Link().Matches(Repository.Text(page))
            let target = match.Groups["target"].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
            where !Path.Exists(Path.Combine(folder, target))
            select target;

        Assert.That(broken, Is.Empty);
    }

    [TestCaseSource(nameof(Pages))]
    public void Links_to_headings_resolve(string page)
    {
        var folder = Path.GetDirectoryName(Repository.Locate(page))!;
        var broken =
            from Match match in Link().Matches(Repository.Text(page))
            let parts = match.Groups["target"].Value.Split('#')
            where parts.Length == 2 && !parts[0].Contains("://", StringComparison.Ordinal)
            let file = parts[0].Length == 0 ? Repository.Locate(page) : Path.Combine(folder, parts[0])
            where File.Exists(file) && !Anchors(File.ReadAllText(file)).Contains(parts[1])
            select match.Groups["target"].Value;

        Assert.That(broken, Is.Empty);
    }

    /// <summary>As GitHub makes them: lower case, punctuation dropped, spaces to dashes.</summary>
    private static HashSet<string> Anchors(string markdown) =>
        [.. Heading().Matches(markdown).Select(match => NotInAnchor().Replace(match.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
