namespace FlowEngine.Expressions;

/// <summary>Is told which arguments are evaluated of the functions that evaluate only what they need (<c>if, coalesce, and, or</c>); asked for when a <see cref="Binder"/> is made, free of cost where it isn't.</summary>
internal interface IBranchProbe
{
    /// <summary>A call was bound. The same place may be bound more than once.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="arguments">How many arguments it has.</param>
    /// <param name="source">The text it stands in.</param>
    /// <param name="span">Where in the text.</param>
    /// <returns>Counts the call's arguments.</returns>
    IBranchCounter Bound(string function, int arguments, ExpressionSource source, TextSpan span);
}

/// <summary>Counts for one call. Any thread may count.</summary>
internal interface IBranchCounter
{
    /// <summary>An argument is about to be evaluated.</summary>
    void Reached(int argument);
}

/// <summary>An argument whose evaluations are counted.</summary>
internal sealed class Probed : Expression
{
    private readonly Expression _inner;
    private readonly IBranchCounter _counter;
    private readonly int _argument;

    public Probed(Expression inner, IBranchCounter counter, int argument)
    {
        (_inner, _counter, _argument) = (inner, counter, argument);
        (Source, Span) = (inner.Source, inner.Span);
    }

    public override FlowValue Evaluate(EvaluationContext context)
    {
        _counter.Reached(_argument);
        return _inner.Evaluate(context);
    }
}
