using System.CommandLine;
using System.CommandLine.Parsing;
using FlowEngine.Expressions;

namespace FlowEngine.Cli;

/// <summary>Says in two lines what is wrong with the arguments; the parser's own answer would be the whole help.</summary>
internal static class UsageErrors
{
    public static async Task<int> WriteAsync(ParseResult parsed, TextWriter error)
    {
        var command = Path(parsed);
        var unknown = UnknownOption(parsed) ?? (parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null);
        var first = unknown is null ? parsed.Errors[0].Message : Unknown(parsed, unknown);
        await error.WriteLineAsync("flow: " + TerminalText.Clean(first)).ConfigureAwait(false);
        await error.WriteLineAsync($"See '{command} --help'.").ConfigureAwait(false);
        return ExitCodes.Usage;
    }

    /// <summary>A misspelt option: the parser takes it for an argument as long as one is wanted. Null where there is none.</summary>
    public static string? UnknownOption(ParseResult parsed)
    {
        // Behind "--" everything is an argument.
        if (parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash)) return null;
        return parsed.CommandResult.Children
            .OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .Select(token => token.Value)
            .FirstOrDefault(token => token.StartsWith("--", StringComparison.Ordinal));
    }

    private static string Unknown(ParseResult parsed, string token)
    {
        var command = parsed.CommandResult.Command;
        var isVerb = command is RootCommand && !token.StartsWith('-');
        var known = isVerb ? command.Subcommands.Select(verb => verb.Name) : command.Options.Select(option => option.Name).Append("--help");
        var kind = isVerb ? "command" : token.StartsWith('-') ? "option" : "argument";
        var near = NearestName.Find(token, known);
        return $"there is no {kind} '{token}'.{(near is null ? "" : $" Did you mean '{near}'?")}";
    }

    private static string Path(ParseResult parsed) => parsed.CommandResult.Command is RootCommand ? "flow" : "flow " + parsed.CommandResult.Command.Name;
}
