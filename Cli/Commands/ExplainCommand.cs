using System.CommandLine;
using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary><c>flow explain</c>: what a diagnostic means, or a flow in plain words.</summary>
internal static class ExplainCommand
{
    public static Command Create(CommandConsole console)
    {
        var subject = new Argument<string>("CODE|FILE") { Description = "A code such as FE2010, or a flow: a file, an archive or a folder." };
        var flow = new Option<string?>("--flow") { HelpName = "NAME", Description = "The workflow; needed where there are several." };
        var plan = new Option<bool>("--plan") { Description = "Also the compiled plan: order, slots, what each action waits for." };
        var command = new Command("explain", "Says what a diagnostic means, or what a flow does.") { subject, flow, plan };
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetRequiredValue(subject);
            if (File.Exists(wanted) || Directory.Exists(wanted)) return Outline(wanted, parsed.GetValue(flow), parsed.GetValue(plan), console);
            if (parsed.GetValue(plan)) throw new UsageException($"there is no file '{wanted}'; --plan shows the plan of a flow.");
            console.Out.WriteLine(Meaning(wanted));
            return ExitCodes.Succeeded;
        });
        return command;
    }

    private static int Outline(string path, string? flow, bool plan, CommandConsole console)
    {
        if (ReadFlow.Of(path, flow, console) is not { Definition: { } definition } document) return ExitCodes.Invalid;
        FlowOutline.Write(document, definition, console.Out);
        if (!plan) return ExitCodes.Succeeded;
        if (document.HasErrors)
        {
            DiagnosticReport.Write(document, json: false, console);
            return ExitCodes.Invalid;
        }

        var text = new StringWriter();
        Workflow.Compile(document).WritePlan(text);
        console.Out.Write(TerminalText.CleanLines(text.ToString()));
        return ExitCodes.Succeeded;
    }

    private static string Meaning(string code)
    {
        if (DiagnosticExplanations.All.FirstOrDefault(entry => entry.Code.Equals(code, StringComparison.OrdinalIgnoreCase)) is { } explanation) return $"{explanation.Code}: {explanation.Summary}";
        if (LintRules.All.FirstOrDefault(entry => entry.Code.Equals(code, StringComparison.OrdinalIgnoreCase)) is { } rule) return $"{rule.Code}: {rule.Summary} {rule.Advice}";
        throw new UsageException($"There is no diagnostic '{code}'; codes are FE or FL and four digits. Nor is there a file of that name.");
    }
}
