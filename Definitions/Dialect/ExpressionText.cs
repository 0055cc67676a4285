using System.Globalization;
using System.Text;
using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Writes values of a definition as pieces of expressions, for forms that move a value into an expression.</summary>
internal static class ExpressionText
{
    /// <summary>The expression that gives what a template gives; null where none can be written. An interpolation of one expression is that expression: its value before it became text.</summary>
    public static string? Of(FlowValue template, TemplateTextCache templates) => template.Kind switch
    {
        FlowValueKind.Null => "null",
        FlowValueKind.Boolean => template.AsBoolean ? "true" : "false",
        FlowValueKind.Integer => template.AsInteger.ToString(CultureInfo.InvariantCulture),
        FlowValueKind.String => OfText(templates.Get(template.AsString)),
        _ => template.ToJson() is var json && json.Contains('@', StringComparison.Ordinal) ? null : $"json({Quote(json)})",
    };

    /// <summary>The expression whose value is the text that an interpolation makes.</summary>
    public static string OfInterpolation(TemplateText template) => template.Parts is [{ Expression: not null }]
        ? $"string({Inner(template, template.Parts[0])})"
        : $"concat({string.Join(", ", template.Parts.Select(part => part.Text is { } plain ? Quote(plain) : $"string({Inner(template, part)})"))})";

    /// <summary>A text with some of its calls exchanged for other expressions.</summary>
    /// <param name="template">The text.</param>
    /// <param name="exchange">What stands in for a call; null leaves it.</param>
    public static string Exchange(TemplateText template, Func<CallSyntax, string?> exchange)
    {
        var text = new StringBuilder(template.Text);
        var targets = template.Expressions.SelectMany(root => root.DescendantsAndSelf()).OfType<MemberSyntax>().Select(member => member.Target).ToHashSet();
        foreach (var call in template.Calls().Reverse())
        {
            if (exchange(call) is not { } other) continue;

            // A step stands behind calls and steps only.
            if (targets.Contains(call) && other[^1] is not (')' or ']')) other = $"coalesce({other})";
            text.Remove(call.Span.Start, call.Span.Length).Insert(call.Span.Start, other);
        }

        return text.ToString();
    }

    private static string? OfText(TemplateText template) => template switch
    {
        { Error: not null } => null,
        { Kind: TemplateKind.Literal } => Quote(template.LiteralText!), // a literal has it
        { Kind: TemplateKind.Expression } => template.Text[1..].Trim(),
        { Parts: [{ Expression: not null }] } => Inner(template, template.Parts[0]),
        _ => OfInterpolation(template),
    };

    private static string Inner(TemplateText template, TemplatePart part) => template.Text.AsSpan(part.Span.Start + 2, part.Span.Length - 3).Trim().ToString();

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
