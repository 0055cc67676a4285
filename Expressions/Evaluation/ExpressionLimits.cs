namespace FlowEngine.Expressions;

/// <summary>What an expression may cost. Beyond it evaluation fails with an <see cref="ExpressionException"/>.</summary>
public sealed record ExpressionLimits
{
    /// <summary>The limits of the reference.</summary>
    public static ExpressionLimits Default { get; } = new();

    /// <summary>Characters of a text that a function builds (<c>concat</c>, <c>join</c>, <c>replace</c> …).</summary>
    public int MaxTextLength { get; init; } = 104_857_600;

    /// <summary>Elements of <c>range</c>.</summary>
    public int MaxRangeCount { get; init; } = 100_000;

    /// <summary>Calls and dereferences nested in each other; beyond it the text doesn't parse.</summary>
    public int MaxNesting { get; init; } = 256;
}
