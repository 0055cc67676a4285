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
        using var shell = new Shell();
        var folder = await CopiedForAsync(command, shell) ? shell.Path(string.Empty) : Repository.Root;
        var output = await CommandOutput.OfLineAsync(command, folder);

        Assert.That(ShownOutput.Difference(shown, output.Output.Replace(folder + "/", string.Empty, StringComparison.Ordinal)), Is.Null, output.Output + output.Errors);
    }

    // What the page does to a copy that the command takes: cp, and the commands on it that stand above.
    private static async Task<bool> CopiedForAsync(string command, Shell shell)
    {
        if (Copy().Matches(Repository.Text("docs/tutorial.md")).FirstOrDefault(copy => command.Split(' ').Contains(copy.Groups["to"].Value)) is not { } found) return false;
        var name = found.Groups["to"].Value;
        shell.File(name, Repository.Text(found.Groups["from"].Value));
        foreach (var above in Commands.Select(step => (string)step.Arguments[0]!).TakeWhile(above => above != command).Where(above => above.Split(' ').Contains(name)))
            await CommandOutput.OfLineAsync(above, shell.Path(string.Empty));
        return true;
    }

    [Test]
    public void Every_command_of_the_page_is_followed_by_its_output()
    {
        var commands = Repository.Text("docs/tutorial.md").Split('\n').Where(line => line.StartsWith("flow ", StringComparison.Ordinal));
        Assert.That(Commands.Select(step => step.Arguments[0]), Is.EqualTo(commands).And.Not.Empty);
    }

    [GeneratedRegex("^cp (?<from>[^ \n]+) (?<to>[^ \n]+)$", RegexOptions.Multiline)]
    private static partial Regex Copy();

    [GeneratedRegex(@"```sh\n(?<command>flow [^\n]+)\n```\n\n```text\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Step();
}
