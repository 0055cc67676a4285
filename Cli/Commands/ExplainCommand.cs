using System.CommandLine;
using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary><c>flow explain CODE</c>: what a diagnostic means.</summary>
internal static class ExplainCommand
{
    public static Command Create(CommandConsole console)
    {
        var code = new Argument<string>("CODE") { Description = "A code such as FE2010." };
        var command = new Command("explain", "Says what a diagnostic means.") { code };
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetRequiredValue(code);
            var explanation = DiagnosticExplanations.All.FirstOrDefault(entry => entry.Code.Equals(wanted, StringComparison.OrdinalIgnoreCase))
                ?? throw new UsageException($"There is no diagnostic '{wanted}'; codes are FE and four digits.");
            console.Out.WriteLine($"{explanation.Code}: {explanation.Summary}");
            return ExitCodes.Succeeded;
        });
        return command;
    }
}
