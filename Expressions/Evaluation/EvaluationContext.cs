using System.Globalization;

namespace FlowEngine.Expressions;

/// <summary>What expressions read besides their references: the clock, chance, and the locals of the constructs around them.</summary>
/// <remarks>
/// References (variables, actions, items of loops …) are nodes that an <see cref="IBindingScope"/> makes; they know the concrete context of
/// their host. Evaluation is synchronous and one thread at a time.
/// </remarks>
public abstract class EvaluationContext
{
    private FlowValue[]? _locals;

    // The engine makes them, and nobody else.
    internal EvaluationContext()
    {
    }

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

    /// <summary>What the run's evaluations have cost together; null where only each one by itself is bounded.</summary>
    internal virtual RunBudget? RunBudget => null;

    /// <summary>Is told that a lenient rule of the tutorial's dialect has changed what an expression gives; the rule's name and what it did, without values.</summary>
    internal virtual void NoteLeniency(string note)
    {
    }

    /// <summary>Refuses text that an action would build from values, outside of any template, where it is too long.</summary>
    /// <param name="actionType">Who builds it.</param>
    /// <param name="length">Its characters, as far as they are known.</param>
    /// <exception cref="ExpressionException">The text would be too long.</exception>
    internal void CheckText(string actionType, long length)
    {
        if (length <= Limits.MaxTextLength) return;
        throw new ExpressionException(string.Create(
            CultureInfo.InvariantCulture,
            $"The action of type '{actionType}' cannot be carried out: its text of '{length}' characters exceeds the limit of '{Limits.MaxTextLength}' characters."));
    }

    /// <summary>Charges such a text, before it is built.</summary>
    /// <exception cref="ExpressionException">The text would be too long, or the budget is used up.</exception>
    internal void ChargeText(string actionType, long length)
    {
        CheckText(actionType, length);
        Budget.Take(Limits, length >> 6, 2 * length);
        if (RunBudget is not { } run) return;
        run.Add(length >> 6, 2 * length);
        run.Check(Limits);
    }

    /// <summary>The local with that index: 0 is the element of Select, Query or Table, more are bound by <c>map</c>, <c>select</c> and <c>lambda</c>.</summary>
    internal FlowValue GetLocal(int index) => _locals is { } locals && index < locals.Length ? locals[index] : default;

    /// <summary>Sets a local before an expression that was bound with it is evaluated.</summary>
    internal void SetLocal(int index, FlowValue value)
    {
        if (_locals is null || _locals.Length <= index) Array.Resize(ref _locals, Math.Max(2, index + 1));
        _locals[index] = value;
    }
}
