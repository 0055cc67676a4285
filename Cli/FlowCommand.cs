using System.CommandLine;
using System.CommandLine.Help;
using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary>The command <c>flow</c>: its verbs, and what becomes of everything that goes wrong in them.</summary>
internal static class FlowCommand
{
    // "--body @order.json" must stay an argument: by default @file is expanded as a file of further arguments.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    /// <summary>Runs the command.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> InvokeAsync(string[] args, CommandConsole console, CancellationToken cancellation)
    {
        try
        {
            var parsed = Root(console).Parse(args, Parsing);
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
            await FlushAsync(console.Out).ConfigureAwait(false);
        }
    }

    private static RootCommand Root(CommandConsole console)
    {
        var root = new RootCommand("Runs, validates and evaluates Power Automate and Azure Logic Apps definitions.")
        {
            RunCommand.Create(console),
            ValidateCommand.Create(console),
            WalkCommand.Create(console),
            TestCommand.Create(console),
            CassetteCommand.Create(console),
            EvalCommand.Create(console),
            FunctionsCommand.Create(console),
            ActionsCommand.Create(console),
            ExplainCommand.Create(console),
            ListCommand.Create(console),
            GraphCommand.Create(console),
            FmtCommand.Create(console),
            DiffCommand.Create(console),
            ImportCommand.Create(console),
        };

        // Without the aliases /h and /?: they would swallow values such as that of "--path /h".
        for (var i = root.Options.Count - 1; i >= 0; i--)
        {
            if (root.Options[i] is HelpOption) root.Options[i] = new HelpOption("--help", "-h");
        }

        return root;
    }

    private static async Task FlushAsync(TextWriter output)
    {
        try
        {
            await output.FlushAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The reader of a pipe has gone (flow … | head): nobody is left to tell.
        }
    }
}
