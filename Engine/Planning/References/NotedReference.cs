using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>A reference that a lenient rule of the tutorial's dialect reads otherwise than the service: it says so each time.</summary>
internal sealed class NotedReference(Expression inner, string note) : Expression
{
    public override FlowValue Evaluate(EvaluationContext context)
    {
        context.NoteLeniency(note);
        return inner.Evaluate(context);
    }
}
