namespace FlowEngine.Expressions;

/// <summary>The context of constants: only deterministic functions are folded, so nothing but the limits is ever read.</summary>
/// <remarks>Its limits are small: a larger constant is not folded but made in each run, under the limits of its host.</remarks>
internal sealed class FoldingContext : EvaluationContext
{
    private static readonly ExpressionLimits Small = new() { MaxTextLength = 8_192, MaxRangeCount = 256, MaxSteps = 10_000, MaxBytes = 65_536, MaxXPathSteps = 10_000 };

    public override ExpressionLimits Limits => Small;

    public override DateTime UtcNow => throw new InvalidOperationException("A deterministic function read the clock.");

    public override Guid NewGuid() => throw new InvalidOperationException("A deterministic function asked for a new identifier.");

    public override double NextDouble() => throw new InvalidOperationException("A deterministic function asked for chance.");
}
