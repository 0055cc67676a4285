using System.Text.RegularExpressions;

namespace FlowEngine.Tests;

/// <summary>Every command of docs/tutorial.md prints what the page shows below it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class TutorialPageTests
{
    public static IEnumerable<TestCaseData> Commands =>
        Step().Matches(Repository.Text("docs/tutorial.md")).Select(match => new TestCaseData(match.Groups["command"].Value, match.Groups["output"].Value).SetArgDisplayNames(match.Groups["command"].Value));

    [TestCaseSource(nameof(Commands))]
    public async Task A_command_prints_what_the_page_shows(string command, string shown)
    {
        var output = await CommandOutput.OfLineAsync(command, Repository.Root);

        Assert.That(ShownOutput.Difference(shown, output.Output), Is.Null, output.Output + output.Errors);
    }

    [Test]
    public void Every_command_of_the_page_is_followed_by_its_output()
    {
        var commands = Repository.Text("docs/tutorial.md").Split('\n').Where(line => line.StartsWith("flow ", StringComparison.Ordinal));
        Assert.That(Commands.Select(step => step.Arguments[0]), Is.EqualTo(commands).And.Not.Empty);
    }

    [GeneratedRegex(@"```sh\n(?<command>flow [^\n]+)\n```\n\n```text\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Step();
}
