using System.Globalization;
using System.Net;
using System.Text;
using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>The flows as one self-contained page: actions in their containers, coloured by what the tests reached.</summary>
internal static class CoveragePage
{
    private const string Style = """
        :root { color-scheme: light dark }
        body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
        h2 { overflow-wrap: anywhere }
        .branch { border-left: 2px solid #8888; margin: .3rem 0 .3rem .6rem; padding-left: .8rem }
        .branch > i { color: #777; font-style: normal }
        .action { border: 1px solid #8888; border-left-width: 6px; border-radius: 6px; margin: .4rem 0; padding: .3rem .7rem }
        .all { border-left-color: #2da44e; background: #2da44e1f }
        .part { border-left-color: #d4a72c; background: #d4a72c1f }
        .none { border-left-color: #cf222e; background: #cf222e1f }
        .after { color: #777; font-size: 12px }
        .way { border-radius: 9px; display: inline-block; font-size: 12px; margin: 0 .3rem .2rem 0; padding: 0 .5rem }
        .hit { background: #2da44e40 }
        .miss { background: #cf222e40 }
        """;

    public static string Of(IReadOnlyList<FlowCoverage> flows, Func<FlowCoverage, string> nameOf)
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>Coverage of flows</title>\n<style>\n")
            .Append(Style).Append("\n</style>\n</head>\n<body>\n<h1>Coverage of flows</h1>\n");
        foreach (var flow in flows)
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(nameOf(flow))}</h2>\n<p>{Share("actions", flow.ActionShare)}, {Share("branches", flow.BranchShare)}, {Share("expression branches", flow.ExpressionShare)}</p>\n");

            // The document of a compiled workflow has a definition.
            WriteActions(flow, flow.Workflow.Document.Definition!.Root, html);
        }

        return html.Append("</body>\n</html>\n").ToString();
    }

    private static void WriteActions(FlowCoverage flow, BranchDefinition branch, StringBuilder html)
    {
        foreach (var definition in branch.Actions) WriteAction(flow, definition, html);
    }

    private static void WriteAction(FlowCoverage flow, ActionDefinition definition, StringBuilder html)
    {
        var action = flow.Of(definition);
        var isWhole = action.Branches.All(branch => branch.IsCovered) && flow.Expressions.All(call => call.Action != action.Name || call.Share.Covered == call.Share.Total);
        var colour = !action.IsCovered ? "none" : isWhole ? "all" : "part";
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"action {colour}\"><b>{Text(action.Name)}</b> {Text(action.Type)} · line {action.Line} · {action.Hits}×");
        if (definition.RunAfter.Count > 0) html.Append(CultureInfo.InvariantCulture, $" <span class=\"after\">after {Text(string.Join(", ", definition.RunAfter.Select(entry => $"{entry.Action} ({string.Join(", ", entry.Written)})")))}</span>");
        if (action.Branches.Count > 0)
        {
            html.Append("<br>");
            foreach (var way in action.Branches) html.Append(CultureInfo.InvariantCulture, $"<span class=\"way {(way.IsCovered ? "hit" : "miss")}\">{Text(way.Name)} {way.Hits}×</span>");
        }

        foreach (var call in flow.Expressions.Where(call => call.Action == action.Name))
        {
            html.Append(CultureInfo.InvariantCulture, $"<br><code>{Text(call.Text)}</code> ");
            foreach (var way in call.Ways) html.Append(CultureInfo.InvariantCulture, $"<span class=\"way {(way.IsCovered ? "hit" : "miss")}\">{Text(way.Name)} {way.Hits}×</span>");
        }

        html.Append('\n');
        foreach (var branch in definition.Branches.Where(branch => branch.Actions.Count > 0))
        {
            html.Append("<div class=\"branch\">");
            if (definition.Branches.Count > 1) html.Append(CultureInfo.InvariantCulture, $"<i>{Text(branch.Label)}</i>");
            html.Append('\n');
            WriteActions(flow, branch, html);
            html.Append("</div>\n");
        }

        html.Append("</div>\n");
    }

    private static string Share(string what, CoverageShare share) => string.Create(CultureInfo.InvariantCulture, $"{share.Covered} of {share.Total} {what} ({Math.Floor(share.Percent)} %)");

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
