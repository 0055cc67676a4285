namespace FlowEngine.Expressions;

/// <summary>The context of constants: only deterministic functions are folded, so nothing but the limits is ever read.</summary>
/// <remarks>Its limits are small: a larger constant is not folded but made in each run, under the limits of its host.</remarks>
internal sealed class FoldingContext : EvaluationContext
{
    private FoldingContext()
    {
    }

    public static FoldingContext Instance { get; } = new();

    public override ExpressionLimits Limits { get; } = new() { MaxTextLength = 8_192, MaxRangeCount = 256 };

    public override DateTime UtcNow => throw new InvalidOperationException("A deterministic function read the clock.");

    public override Guid NewGuid() => throw new InvalidOperationException("A deterministic function asked for a new identifier.");

    public override double NextDouble() => throw new InvalidOperationException("A deterministic function asked for chance.");
}
