namespace FlowEngine.Expressions;

/// <summary>What expressions read besides their references: the clock, chance, and the locals of the constructs around them.</summary>
/// <remarks>
/// References (variables, actions, items of loops …) are nodes that an <see cref="IBindingScope"/> makes; they know the concrete context of
/// their host. Evaluation is synchronous and one thread at a time.
/// </remarks>
public abstract class EvaluationContext
{
    private FlowValue[]? _locals;

    /// <summary>What the template that is being evaluated has cost so far.</summary>
    internal EvaluationBudget Budget;

    /// <summary>The present moment in UTC; the same for all that one action evaluates (<c>utcNow()</c> is constant within an action).</summary>
    public abstract DateTime UtcNow { get; }

    /// <summary>A new identifier from the run's seeded source.</summary>
    public abstract Guid NewGuid();

    /// <summary>A number in [0, 1) from the run's seeded source.</summary>
    public abstract double NextDouble();

    /// <summary>What one evaluation may cost.</summary>
    public virtual ExpressionLimits Limits => ExpressionLimits.Default;

    /// <summary>The local with that index: 0 is the element of Select, Query or Table, more are bound by <c>map</c>, <c>select</c> and <c>lambda</c>.</summary>
    public FlowValue GetLocal(int index) => _locals is { } locals && index < locals.Length ? locals[index] : default;

    /// <summary>Sets a local before an expression that was bound with it is evaluated.</summary>
    public void SetLocal(int index, FlowValue value)
    {
        if (_locals is null || _locals.Length <= index) Array.Resize(ref _locals, Math.Max(2, index + 1));
        _locals[index] = value;
    }
}
