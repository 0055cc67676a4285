namespace FlowEngine.Expressions;

/// <summary><c>and(…)</c> and <c>or(…)</c>: left to right, up to the argument that decides.</summary>
internal sealed class Junction(string name, bool decisive, Expression[] arguments) : Expression
{
    public override FlowValue Evaluate(EvaluationContext context)
    {
        var current = arguments[0];
        try
        {
            foreach (var argument in arguments)
            {
                current = argument;
                var value = argument.Evaluate(context);
                if (!value.IsBoolean)
                {
                    current = this;
                    throw new ExpressionException(
                        $"The template language function '{name}' expects all of its parameters to be booleans. Found invalid parameter types: '{ValueText.TypeName(value)}'.");
                }

                if (value.AsBoolean == decisive) return value;
            }

            return FlowValue.Boolean(!decisive);
        }
        catch (ExpressionException e) when (e.Claim(current.Source, current.Span))
        {
            throw;
        }
    }
}

/// <summary><c>if(condition, then, else)</c>: only the branch that is chosen is evaluated.</summary>
internal sealed class If(Expression condition, Expression then, Expression otherwise) : Expression
{
    public override FlowValue Evaluate(EvaluationContext context)
    {
        var current = condition;
        try
        {
            var value = condition.Evaluate(context);
            if (!value.IsBoolean)
            {
                current = this;
                throw new ExpressionException(
                    $"The template language function 'if' expects its first parameter to be of type boolean. The provided value is of type '{ValueText.TypeName(value)}'. Please see https://aka.ms/logicexpressions#if for usage details.");
            }

            current = value.AsBoolean ? then : otherwise;
            return current.Evaluate(context);
        }
        catch (ExpressionException e) when (e.Claim(current.Source, current.Span))
        {
            throw;
        }
    }
}

/// <summary><c>coalesce(…)</c>: the first value that is not null; what follows isn't evaluated.</summary>
internal sealed class Coalesce(Expression[] arguments) : Expression
{
    public override FlowValue Evaluate(EvaluationContext context)
    {
        var current = arguments[0];
        try
        {
            foreach (var argument in arguments)
            {
                current = argument;
                var value = argument.Evaluate(context);
                if (!value.IsNull) return value;
            }

            return default;
        }
        catch (ExpressionException e) when (e.Claim(current.Source, current.Span))
        {
            throw;
        }
    }
}
