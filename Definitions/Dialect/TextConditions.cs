using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>R4: a condition that is one single interpolation, <c>"@{…}"</c>, means the expression in it.</summary>
internal static class TextConditions
{
    private static readonly string[] Types = [ContainerTypes.If, ContainerTypes.Until];

    /// <summary>Whether an action has such a condition.</summary>
    public static bool Is(FlowValue action, DialectContext context) =>
        action["expression"].AsStringOrNull is { } text
        && text.StartsWith("@{", StringComparison.Ordinal)
        && Types.Contains(ContainerTypes.Canonical(action["type"].AsStringOrNull ?? string.Empty))
        && context.Templates.Get(text) is { Kind: TemplateKind.Interpolation, Error: null, Parts: [{ Expression: not null }] };

    /// <summary>Writes the <c>expression</c> of an action as an expression.</summary>
    public static void Rewrite(string name, DraftObject action, DialectContext context)
    {
        if (action.Find("expression") is not { } condition || condition.Value.AsStringOrNull is not { } text) return;
        var template = context.Templates.Get(text);
        if (template is not { Kind: TemplateKind.Interpolation, Error: null, Parts: [{ Expression: not null }] }) return;
        var standard = "@" + text[2..^1];
        context.Report(
            DiagnosticCodes.DialectCondition,
            $"The condition of action '{name}' is an interpolation, which gives text; the expression in it is taken.",
            "Write '@' and the expression, without braces.",
            condition.Origin,
            name);
        context.NoteComputed(condition.Origin);
        action.Set(condition.Name, FlowValue.String(standard));
    }
}
