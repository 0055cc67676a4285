namespace FlowEngine.Expressions;

/// <summary>The context of constants: only deterministic functions are folded, so nothing but the limits is ever read.</summary>
internal sealed class FoldingContext : EvaluationContext
{
    private FoldingContext()
    {
    }

    public static FoldingContext Instance { get; } = new();

    public override DateTime UtcNow => throw new InvalidOperationException("A deterministic function read the clock.");

    public override Guid NewGuid() => throw new InvalidOperationException("A deterministic function asked for a new identifier.");

    public override double NextDouble() => throw new InvalidOperationException("A deterministic function asked for chance.");
}
