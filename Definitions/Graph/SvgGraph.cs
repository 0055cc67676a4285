using System.Globalization;
using System.Net;
using System.Text;

namespace FlowEngine.Definitions;

/// <summary>Draws a laid out flow as a self-contained SVG picture, for light and dark pages.</summary>
internal static class SvgGraph
{
    private const double Margin = 20;

    private const string Style = """
        svg { color-scheme: light dark; font: 13px system-ui, sans-serif }
        text { fill: light-dark(#1f2328, #e6edf3) }
        .type, .label { fill: light-dark(#656d76, #8d96a0); font-size: 11px }
        .box { fill: light-dark(#fff, #161b22); stroke: light-dark(#8c959f, #6e7681) }
        .group { fill: light-dark(#f6f8fa, #0d1117); stroke: light-dark(#8c959f, #6e7681) }
        .trigger { fill: light-dark(#ddf4ff, #121d2f); stroke: #388bfd }
        .arrow { fill: none; stroke: light-dark(#656d76, #8d96a0) }
        .other { stroke: #cf222e; stroke-dasharray: 4 3 }
        """;

    public static string Of(WorkflowDefinition definition) => Of(definition, null);

    /// <summary>The same with more to the boxes of actions.</summary>
    /// <param name="definition">The flow.</param>
    /// <param name="decorate">Gives, by an action's name, a class of its box besides its own, and the address that the box leads to.</param>
    public static string Of(WorkflowDefinition definition, Func<string, (string Class, string Link)>? decorate)
    {
        var group = GraphGroup.Of(definition);
        group.Move(Margin, Margin);
        var svg = new StringBuilder();
        var width = group.Width + (2 * Margin);
        var height = group.Height + (2 * Margin);
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:0.#}\" height=\"{height:0.#}\" viewBox=\"0 0 {width:0.#} {height:0.#}\" role=\"img\">\n")
            .Append("<style>\n").Append(Style).Append("\n</style>\n")
            .Append("<defs><marker id=\"end\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\" fill=\"#768390\"/></marker></defs>\n");
        Write(group, decorate, svg);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Write(GraphGroup group, Func<string, (string Class, string Link)>? decorate, StringBuilder svg)
    {
        if (group.Label.Length > 0) svg.Append(CultureInfo.InvariantCulture, $"<text class=\"label\" x=\"{group.X + (group.Width / 2):0.#}\" y=\"{group.Y - 7:0.#}\" text-anchor=\"middle\">{Text(group.Label)}</text>\n");
        foreach (var box in group.Boxes) Write(box, decorate, svg);
        foreach (var arrow in group.Arrows) Write(arrow, svg);
    }

    private static void Write(GraphBox box, Func<string, (string Class, string Link)>? decorate, StringBuilder svg)
    {
        var kind = box.IsTrigger ? "trigger" : box.Groups.Count > 0 ? "group" : "box";
        var radius = box.IsTrigger ? 20 : 6;
        var middle = box.X + (box.Width / 2);
        var more = box.IsTrigger || decorate is null ? ((string Class, string Link)?)null : decorate(box.Title);
        if (more is { } own)
        {
            kind = $"{kind} {own.Class}";
            svg.Append(CultureInfo.InvariantCulture, $"<a href=\"{Text(own.Link)}\">\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{kind}\" x=\"{box.X:0.#}\" y=\"{box.Y:0.#}\" width=\"{box.Width:0.#}\" height=\"{box.Height:0.#}\" rx=\"{radius}\"/>\n")
            .Append(CultureInfo.InvariantCulture, $"<text x=\"{middle:0.#}\" y=\"{box.Y + 17:0.#}\" text-anchor=\"middle\">{Text(box.Title)}</text>\n")
            .Append(CultureInfo.InvariantCulture, $"<text class=\"type\" x=\"{middle:0.#}\" y=\"{box.Y + 32:0.#}\" text-anchor=\"middle\">{Text(box.Subtitle)}</text>\n");
        if (more is not null) svg.Append("</a>\n");
        foreach (var group in box.Groups) Write(group, decorate, svg);
    }

    private static void Write(GraphArrow arrow, StringBuilder svg)
    {
        var (fromX, fromY) = (arrow.From.X + (arrow.From.Width / 2), arrow.From.Y + arrow.From.Height);
        var (toX, toY) = (arrow.To.X + (arrow.To.Width / 2), arrow.To.Y);
        var bend = Math.Max(16, (toY - fromY) / 2);
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"arrow{(arrow.Label is null ? "" : " other")}\" d=\"M{fromX:0.#} {fromY:0.#}C{fromX:0.#} {fromY + bend:0.#} {toX:0.#} {toY - bend:0.#} {toX:0.#} {toY:0.#}\" marker-end=\"url(#end)\"/>\n");
        if (arrow.Label is { } label) svg.Append(CultureInfo.InvariantCulture, $"<text class=\"label\" x=\"{((fromX + toX) / 2) + 6:0.#}\" y=\"{((fromY + toY) / 2) + 4:0.#}\">{Text(label)}</text>\n");
    }

    // Control characters have no place in XML, whatever an action is called.
    private static string Text(string text) => WebUtility.HtmlEncode(string.Concat(text.Select(c => c < ' ' || char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF' ? '\uFFFD' : c)));
}
