namespace FlowEngine.Actions;

/// <summary>The <c>error</c> of an action, a repetition or a run.</summary>
/// <param name="Code">The service's code.</param>
/// <param name="Message">The service's words, whole.</param>
public sealed record ActionError(string Code, string Message)
{
    private static readonly ObjectShape Shape = ObjectShape.Of("code", "message");

    /// <summary>Our second line: the failing sub-expression, the value that surprised. Not part of the record.</summary>
    public string? Detail { get; init; }

    /// <summary>The expression failure behind it, for the place in the file and the caret; not part of the record.</summary>
    public Expressions.ExpressionException? Cause { get; init; }

    /// <summary>As the record shows it: <c>{code, message}</c>.</summary>
    public FlowValue ToValue() => Shape.With(FlowValue.String(Code), FlowValue.String(Message));
}
