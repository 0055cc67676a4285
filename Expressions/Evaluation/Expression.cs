namespace FlowEngine.Expressions;

/// <summary>A compiled expression: names resolved, functions found, constants folded. Immutable, shared by all runs.</summary>
public abstract class Expression
{
    // The binder makes them, and nobody else.
    internal Expression()
    {
    }

    /// <summary>The value in a context.</summary>
    /// <exception cref="ExpressionException">It can't be evaluated; the message is the service's.</exception>
    public abstract FlowValue Evaluate(EvaluationContext context);

    /// <summary>Whether the value never changes; then <see cref="Evaluate"/> needs no context (null will do).</summary>
    public virtual bool IsConstant => false;

    /// <summary>Where the expression stands, for error places and traces; null for what the compiler made up.</summary>
    public ExpressionSource? Source { get; internal set; }

    /// <summary>The piece of <see cref="Source"/> that this node is.</summary>
    public TextSpan Span { get; internal set; }
}
