using System.Text.RegularExpressions;
using FlowEngine.Cli;

namespace FlowEngine.Tests;

/// <summary>What a command printed, and its exit code.</summary>
internal sealed partial record CommandOutput(int Exit, string Output, string Errors)
{
    /// <summary>Carries out a command line in this process.</summary>
    public static async Task<CommandOutput> OfAsync(params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var errors = new StringWriter { NewLine = "\n" };
        var exit = await FlowCommand.InvokeAsync(args, new CommandConsole(output, errors, TextReader.Null), CancellationToken.None);
        return new CommandOutput(exit, output.ToString(), errors.ToString());
    }

    /// <summary>Carries out a line as a page shows it, <c>flow …</c>; words that are files or folders below <paramref name="folder"/> are found there.</summary>
    public static Task<CommandOutput> OfLineAsync(string line, string folder) =>
        OfAsync([.. Word().Matches(line["flow ".Length..]).Select(match => match.Value.Trim('\'', '"')).Select(word => Path.Exists(Path.Combine(folder, word)) ? Path.Combine(folder, word) : word)]);

    [GeneratedRegex("""'[^']*'|"[^"]*"|\S+""")]
    private static partial Regex Word();
}
