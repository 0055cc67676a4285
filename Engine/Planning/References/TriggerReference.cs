using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>What of the trigger an expression reads.</summary>
internal enum TriggerPart
{
    Record,
    Outputs,
    Body,
}

/// <summary><c>trigger()</c>, <c>triggerOutputs()</c>, <c>triggerBody()</c>.</summary>
internal sealed class TriggerReference(TriggerPart part) : Expression
{
    public override FlowValue Evaluate(EvaluationContext context)
    {
        var trigger = ((Frame)context).Run.Trigger;
        return part switch
        {
            TriggerPart.Outputs => trigger.Outputs,
            TriggerPart.Body => trigger.Outputs["body"],
            _ => trigger.Value,
        };
    }
}

/// <summary><c>workflow()</c>.</summary>
internal sealed class WorkflowReference : Expression
{
    public override FlowValue Evaluate(EvaluationContext context) => ((Frame)context).Run.WorkflowValue;
}
