using System.Globalization;
using System.Net;
using System.Text;
using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>
/// The flows as one self-contained page: of each its shares, what no test reached, its graph and its actions in their containers, both
/// coloured by what the tests reached.
/// </summary>
internal sealed class CoveragePage(IReadOnlyList<FlowCoverage> flows, Func<FlowCoverage, string> nameOf)
{
    private const string Style = """
        :root { color-scheme: light dark }
        body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
        h2 { overflow-wrap: anywhere }
        td, th { padding: .1rem 1rem .1rem 0; text-align: left }
        summary { cursor: pointer }
        .branch { border-left: 2px solid #8888; margin: .3rem 0 .3rem .6rem; padding-left: .8rem }
        .branch > i { color: #777; font-style: normal }
        .action { border: 1px solid #8888; border-left-width: 6px; border-radius: 6px; margin: .4rem 0; padding: .3rem .7rem }
        .action:target { outline: 2px solid #388bfd }
        .all { border-left-color: #2da44e; background: #2da44e1f }
        .part { border-left-color: #d4a72c; background: #d4a72c1f }
        .none { border-left-color: #cf222e; background: #cf222e1f }
        .after { color: #777; font-size: 12px }
        .way { border-radius: 9px; display: inline-block; font-size: 12px; margin: 0 .3rem .2rem 0; padding: 0 .5rem }
        .hit { background: #2da44e40 }
        .miss { background: #cf222e40 }
        .graph { border: 1px solid #8888; border-radius: 6px; max-height: 80vh; overflow: auto }
        rect.all { fill: #2da44e40; stroke: #2da44e }
        rect.part { fill: #d4a72c40; stroke: #d4a72c }
        rect.none { fill: #cf222e40; stroke: #cf222e }
        """;

    private readonly StringBuilder _html = new();

    public static string Of(IReadOnlyList<FlowCoverage> flows, Func<FlowCoverage, string> nameOf) => new CoveragePage(flows, nameOf).Write();

    private string Write()
    {
        _html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>Coverage of flows</title>\n<style>\n")
            .Append(Style).Append("\n</style>\n</head>\n<body>\n<h1>Coverage of flows</h1>\n");
        if (flows.Count > 1) WriteTable();
        for (var i = 0; i < flows.Count; i++) WriteFlow(flows[i], i);
        return _html.Append("</body>\n</html>\n").ToString();
    }

    private void WriteTable()
    {
        _html.Append("<table>\n<tr><th>flow</th><th>actions</th><th>branches</th><th>expressions</th></tr>\n");
        for (var i = 0; i < flows.Count; i++)
            Append($"<tr><td><a href=\"#f{i}\">{Text(nameOf(flows[i]))}</a></td><td>{Percent(flows[i].ActionShare)}</td><td>{Percent(flows[i].BranchShare)}</td><td>{Percent(flows[i].ExpressionShare)}</td></tr>\n");
        _html.Append("</table>\n");
    }

    private void WriteFlow(FlowCoverage flow, int index)
    {
        Append($"<h2 id=\"f{index}\">{Text(nameOf(flow))}</h2>\n<p>{Share("actions", flow.ActionShare)}, {Share("branches", flow.BranchShare)}, {Share("expression branches", flow.ExpressionShare)}</p>\n");
        WriteMissed(flow, index);

        // The document of a compiled workflow has a definition.
        var definition = flow.Workflow.Document.Definition!;
        var colours = flow.Actions.ToDictionary(action => action.Name, action => (Colour(flow, action), $"#{IdOf(index, action.Name)}"), StringComparer.OrdinalIgnoreCase);
        _html.Append("<details open><summary>Graph</summary>\n<div class=\"graph\">\n").Append(SvgGraph.Of(definition, name => colours[name])).Append("</div>\n</details>\n");
        WriteActions(flow, index, definition.Root);
    }

    private void WriteMissed(FlowCoverage flow, int index)
    {
        var missed = flow.Actions.Where(action => Colour(flow, action) != "all").ToList();
        if (missed.Count == 0) return;
        _html.Append("<details open><summary>Not reached</summary>\n<ul>\n");
        foreach (var action in missed)
        {
            var ways = action.Branches.Where(branch => !branch.IsCovered).Select(branch => branch.Name)
                .Concat(CallsOf(flow, action).SelectMany(call => call.Ways.Where(way => !way.IsCovered).Select(way => $"{call.Text}: {way.Name}")));
            Append($"<li><a href=\"#{IdOf(index, action.Name)}\">{Text(action.Name)}</a>, line {action.Line}: {(action.IsCovered ? Text(string.Join(", ", ways)) : "never started")}</li>\n");
        }

        _html.Append("</ul>\n</details>\n");
    }

    private void WriteActions(FlowCoverage flow, int index, BranchDefinition branch)
    {
        foreach (var definition in branch.Actions) WriteAction(flow, index, definition);
    }

    private void WriteAction(FlowCoverage flow, int index, ActionDefinition definition)
    {
        var action = flow.Of(definition);
        Append($"<div class=\"action {Colour(flow, action)}\" id=\"{IdOf(index, action.Name)}\"><b>{Text(action.Name)}</b> {Text(action.Type)} · line {action.Line} · {action.Hits}×");
        if (definition.RunAfter.Count > 0) Append($" <span class=\"after\">after {Text(string.Join(", ", definition.RunAfter.Select(entry => $"{entry.Action} ({string.Join(", ", entry.Written)})")))}</span>");
        if (action.Branches.Count > 0) _html.Append("<br>");
        foreach (var way in action.Branches) WriteWay(way.Name, way.Hits);
        foreach (var call in CallsOf(flow, action))
        {
            Append($"<br><code>{Text(call.Text)}</code> ");
            foreach (var way in call.Ways) WriteWay(way.Name, way.Hits);
        }

        _html.Append('\n');
        foreach (var branch in definition.Branches.Where(branch => branch.Actions.Count > 0))
        {
            _html.Append("<div class=\"branch\">");
            if (definition.Branches.Count > 1) Append($"<i>{Text(branch.Label)}</i>");
            _html.Append('\n');
            WriteActions(flow, index, branch);
            _html.Append("</div>\n");
        }

        _html.Append("</div>\n");
    }

    private void WriteWay(string name, int hits) => Append($"<span class=\"way {(hits > 0 ? "hit" : "miss")}\">{Text(name)} {hits}×</span>");

    private void Append(FormattableString text) => _html.Append(text.ToString(CultureInfo.InvariantCulture));

    private static IEnumerable<CoveredExpression> CallsOf(FlowCoverage flow, CoveredAction action) => flow.Expressions.Where(call => call.Action == action.Name);

    private static string Colour(FlowCoverage flow, CoveredAction action) =>
        !action.IsCovered ? "none" : action.Branches.All(branch => branch.IsCovered) && CallsOf(flow, action).All(call => call.Share.Covered == call.Share.Total) ? "all" : "part";

    // Names may have anything in them; of addresses in the page only spaces and quotes matter.
    private static string IdOf(int index, string name) => string.Create(CultureInfo.InvariantCulture, $"f{index}-{Uri.EscapeDataString(name).Replace('%', '_')}");

    private static string Percent(CoverageShare share) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(share.Percent)} %");

    private static string Share(string what, CoverageShare share) => string.Create(CultureInfo.InvariantCulture, $"{share.Covered} of {share.Total} {what} ({Math.Floor(share.Percent)} %)");

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
