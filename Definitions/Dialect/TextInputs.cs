using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>R5: the <c>inputs</c> of an Http action as an interpolation, which gives text; the text is read as JSON.</summary>
internal static class TextInputs
{
    /// <summary>Whether an action has such inputs.</summary>
    public static bool Are(FlowValue action, DialectContext context) =>
        action["inputs"].AsStringOrNull is { } text
        && string.Equals(action["type"].AsStringOrNull, "Http", StringComparison.OrdinalIgnoreCase)
        && context.Templates.Get(text) is { Kind: TemplateKind.Interpolation, Error: null };

    /// <summary>Has the text read by <c>json()</c>.</summary>
    public static void Rewrite(string name, DraftObject action, DialectContext context)
    {
        if (action.Find("inputs") is not { } inputs || inputs.Value.AsStringOrNull is not { } text || !Are(action.ToValue(), context)) return;
        context.Report(
            DiagnosticCodes.DialectInputs,
            $"The inputs of action '{name}' are text; it is read as JSON and must be an object with 'method' and 'uri'.",
            "Write '@' and the expression of an object, without braces.",
            inputs.Origin,
            name);
        context.NoteComputed(inputs.Origin);
        action.Set(inputs.Name, FlowValue.String($"@json({ExpressionText.OfInterpolation(context.Templates.Get(text))})"));
    }
}
