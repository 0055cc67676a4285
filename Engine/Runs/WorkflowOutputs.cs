using FlowEngine.Actions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>Evaluates the workflow's <c>outputs</c> at the end of a run: name to <c>{type, value}</c>.</summary>
internal static class WorkflowOutputs
{
    public static FlowValue Evaluate(WorkflowPlan plan, Frame root, out ActionError? failure)
    {
        failure = null;
        if (plan.Outputs.Count == 0) return default;
        var outputs = new FlowObjectBuilder(plan.Outputs.Count);
        foreach (var output in plan.Outputs)
        {
            try
            {
                outputs.Set(output.Definition.Name, FlowValue.Object(("type", FlowValue.String(output.Definition.Type)), ("value", output.Value.Evaluate(root))));
            }
            catch (ExpressionException e)
            {
                failure ??= new ActionError(
                    "OutputParameterEvaluationFailed",
                    $"The evaluation of the workflow output '{output.Definition.Name}' failed: '{e.Message}'.")
                { Detail = e.Detail, Cause = e };
            }
        }

        return outputs.ToValue();
    }
}
