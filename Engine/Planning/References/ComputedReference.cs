using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>A reference whose name is computed: bound when it is evaluated, by the same rules as a literal one.</summary>
internal sealed class ComputedReference(string function, Expression name, Func<string, Expression> bind) : Expression
{
    public override FlowValue Evaluate(EvaluationContext context)
    {
        var value = name.Evaluate(context);
        if (value.AsStringOrNull is { } text) return bind(text).Evaluate(context);
        throw new ExpressionException($"The template language function '{function}' expects its parameter to be a string. The provided value is of type '{value.TypeName}'.");
    }
}
