using System.CommandLine;
using FlowEngine.Expressions;

namespace FlowEngine.Cli;

/// <summary>Says in two lines what is wrong with the arguments; the parser's own answer would be the whole help.</summary>
internal static class UsageErrors
{
    public static async Task<int> WriteAsync(ParseResult parsed, TextWriter error)
    {
        var command = Path(parsed);
        var first = parsed.UnmatchedTokens.Count > 0 ? Unknown(parsed) : parsed.Errors[0].Message;
        await error.WriteLineAsync("flow: " + TerminalText.Clean(first)).ConfigureAwait(false);
        await error.WriteLineAsync($"See '{command} --help'.").ConfigureAwait(false);
        return ExitCodes.Usage;
    }

    private static string Unknown(ParseResult parsed)
    {
        var token = parsed.UnmatchedTokens[0];
        var command = parsed.CommandResult.Command;
        var isVerb = command is RootCommand && !token.StartsWith('-');
        var known = isVerb ? command.Subcommands.Select(verb => verb.Name) : command.Options.Select(option => option.Name);
        var kind = isVerb ? "command" : token.StartsWith('-') ? "option" : "argument";
        var near = NearestName.Find(token, known);
        return $"there is no {kind} '{token}'.{(near is null ? "" : $" Did you mean '{near}'?")}";
    }

    private static string Path(ParseResult parsed) => parsed.CommandResult.Command is RootCommand ? "flow" : "flow " + parsed.CommandResult.Command.Name;
}
