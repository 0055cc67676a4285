namespace FlowEngine.Expressions;

/// <summary>Is told what every sub-expression gave; asked for when a <see cref="Binder"/> is made, free of cost where it isn't.</summary>
public interface IEvaluationTrace
{
    /// <summary>A sub-expression has its value. Inner ones come before outer ones; what was not evaluated doesn't come.</summary>
    void Evaluated(EvaluationContext context, ExpressionSource source, TextSpan span, FlowValue value);

    /// <summary>A sub-expression failed; the innermost comes first, then all around it.</summary>
    void Failed(EvaluationContext context, ExpressionSource source, TextSpan span, ExpressionException failure);
}

/// <summary>Reports what it wraps.</summary>
internal sealed class Traced(Expression inner, IEvaluationTrace trace, ExpressionSource source) : Expression
{
    public override FlowValue Evaluate(EvaluationContext context)
    {
        try
        {
            var value = inner.Evaluate(context);
            trace.Evaluated(context, source, Span, value);
            return value;
        }
        catch (ExpressionException e)
        {
            e.Claim(source, Span);
            trace.Failed(context, source, Span, e);
            throw;
        }
    }
}
