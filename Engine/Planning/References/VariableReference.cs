using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary><c>variables('name')</c>, by slot.</summary>
internal sealed class VariableReference(int slot, string name) : Expression
{
    public override FlowValue Evaluate(EvaluationContext context)
    {
        ref var cell = ref ((Frame)context).Run.Variables[slot];
        return cell.Type is null ? throw NotFound() : cell.Read(context);
    }

    private ExpressionException NotFound() =>
        new($"Template language expression cannot be evaluated: the template variable '{name}' cannot be found.");
}

/// <summary><c>parameters('name')</c>, by slot.</summary>
internal sealed class ParameterReference(int slot) : Expression
{
    public override FlowValue Evaluate(EvaluationContext context) => ((Frame)context).Run.Parameters[slot];
}
