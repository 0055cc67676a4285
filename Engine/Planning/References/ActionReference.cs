using FlowEngine.Actions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>What of an action an expression reads.</summary>
internal enum ActionPart
{
    Outputs,
    Body,

    /// <summary>The body of an action that succeeded; null for any other.</summary>
    BodyOfSuccess,
    Record,
}

/// <summary>Reads an action of this frame or one around it: as many parents up as <c>hops</c>, then by slot.</summary>
internal sealed class ActionReference(int hops, int slot, ActionPart part) : Expression
{
    public override FlowValue Evaluate(EvaluationContext context)
    {
        var execution = ((Frame)context).Up(hops).Slots[slot];
        var value = Read(execution, part);
        if (value.IsNull && part is ActionPart.Body or ActionPart.BodyOfSuccess && execution is { IsForgiven: true } or { Status: not ActionStatus.Succeeded } && !execution.Outputs["body"].IsNull)
            context.NoteLeniency($"V4: the body of '{execution.Plan.Name}', which did not succeed, counts as null");
        return value;
    }

    /// <summary>The part; null while the action has not run, and for what it does not have.</summary>
    internal static FlowValue Read(ActionExecution? execution, ActionPart part)
    {
        if (execution is null) return default;
        return part switch
        {
            ActionPart.Outputs => execution.Outputs,
            // A failure that counts as a success has no body to go on with.
            ActionPart.Body => execution.IsForgiven ? default : execution.Outputs["body"],
            ActionPart.BodyOfSuccess => execution.Status == ActionStatus.Succeeded ? execution.Outputs["body"] : default,
            _ => ActionValues.Record(execution),
        };
    }
}

/// <summary>Where the action whose inputs are evaluated is called back: <c>listCallbackUrl()</c>.</summary>
internal sealed class CallbackUrlReference(int slot) : Expression
{
    // Its slot is filled before its inputs are evaluated.
    public override FlowValue Evaluate(EvaluationContext context) => FlowValue.String(((Frame)context).Slots[slot]!.CallbackUri.AbsoluteUri);
}

/// <summary>Reads the action whose tracked properties are evaluated: <c>action()</c>.</summary>
internal sealed class SelfReference(int slot) : Expression
{
    public override FlowValue Evaluate(EvaluationContext context) => ActionReference.Read(((Frame)context).Slots[slot], ActionPart.Record);
}
