using System.CommandLine;
using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary><c>flow graph</c>: a flow as a picture, or in the language of Mermaid or Graphviz.</summary>
internal static class GraphCommand
{
    public static Command Create(CommandConsole console)
    {
        var file = new Argument<string>("FILE") { Description = "The flow: a file, an archive or a folder." };
        var flow = new Option<string?>("--flow") { HelpName = "NAME", Description = "The workflow; needed where there are several." };
        var format = new Option<string>("--format") { HelpName = "mermaid|dot|svg", Description = "The language of the picture, or the picture itself.", DefaultValueFactory = _ => "mermaid" };
        format.AcceptOnlyFromAmong("mermaid", "dot", "svg");
        var command = new Command("graph", "Draws a flow.") { file, flow, format };
        command.SetAction(parsed =>
        {
            if (ReadFlow.Of(parsed.GetRequiredValue(file), parsed.GetValue(flow), console) is not { Definition: { } definition }) return ExitCodes.Invalid;
            console.Out.Write(TerminalText.CleanLines(parsed.GetValue(format) switch
            {
                "dot" => FlowGraph.Dot(definition),
                "svg" => FlowGraph.Svg(definition),
                _ => FlowGraph.Mermaid(definition),
            }));
            return ExitCodes.Succeeded;
        });
        return command;
    }
}
