using System.CommandLine;
using System.CommandLine.Help;
using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary>The command <c>flow</c>: its verbs, and what becomes of everything that goes wrong in them.</summary>
internal static class FlowCommand
{
    // "--body @order.json" must stay an argument: by default @file is expanded as a file of further arguments.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    private static readonly (string Name, Func<CommandConsole, Command> Create)[] Verbs =
    [
        ("run", RunCommand.Create),
        ("validate", ValidateCommand.Create),
        ("walk", WalkCommand.Create),
        ("test", TestCommand.Create),
        ("cassette", CassetteCommand.Create),
        ("eval", EvalCommand.Create),
        ("functions", FunctionsCommand.Create),
        ("actions", ActionsCommand.Create),
        ("explain", ExplainCommand.Create),
        ("list", ListCommand.Create),
        ("graph", GraphCommand.Create),
        ("fmt", FmtCommand.Create),
        ("diff", DiffCommand.Create),
        ("import", ImportCommand.Create),
    ];

    /// <summary>Runs the command.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> InvokeAsync(string[] args, CommandConsole console, CancellationToken cancellation)
    {
        try
        {
            var parsed = Parse(args, console);
            if (parsed.Errors.Count > 0 || UsageErrors.UnknownOption(parsed) is not null) return await UsageErrors.WriteAsync(parsed, console.Error).ConfigureAwait(false);
            var invocation = new InvocationConfiguration
            {
                Output = console.Out,
                Error = console.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(invocation, cancellation).ConfigureAwait(false);
        }
        catch (UsageException wrong)
        {
            await console.Error.WriteLineAsync("flow: " + TerminalText.Clean(wrong.Message)).ConfigureAwait(false);
            return ExitCodes.Usage;
        }
        catch (InvalidInputException invalid)
        {
            await console.Error.WriteLineAsync("flow: " + TerminalText.Clean(invalid.Message)).ConfigureAwait(false);
            return ExitCodes.Invalid;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCodes.Cancelled;
        }
        finally
        {
            Flush(console.Out);
        }
    }

    // The other verbs are for the help and for a verb with a typing error; making them all took a tenth of a cold start. The library's root looks up
    // the texts of its own options, --help and --version, in the language of the user, before anybody asks for them: another tenth.
    private static ParseResult Parse(string[] args, CommandConsole console)
    {
        if (args is [var name, .. var rest] && Array.Find(Verbs, verb => verb.Name == name).Create is { } create && !Array.Exists(rest, IsHelp))
        {
            var parsed = new Command("flow") { create(console) }.Parse(args, Parsing);
            if (parsed.Errors.Count == 0) return parsed;
        }

        return Root(console).Parse(args, Parsing);
    }

    private static bool IsHelp(string argument) => argument is "--help" or "-h" or "--version";

    private static RootCommand Root(CommandConsole console)
    {
        var root = new RootCommand("Runs, validates and evaluates Power Automate and Azure Logic Apps definitions.");
        foreach (var verb in Verbs) root.Add(verb.Create(console));

        // Without the aliases /h and /?: they would swallow values such as that of "--path /h".
        for (var i = root.Options.Count - 1; i >= 0; i--)
        {
            if (root.Options[i] is HelpOption) root.Options[i] = new HelpOption("--help", "-h");
        }

        return root;
    }

    // Not asynchronously: that would start a thread of the pool at the end of every command.
    private static void Flush(TextWriter output)
    {
        try
        {
            output.Flush();
        }
        catch (IOException)
        {
            // The reader of a pipe has gone (flow … | head): nobody is left to tell.
        }
    }
}
