using System.Text;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>One text of all elements of <c>from</c>, <c>joinWith</c> between them. Elements become text as in <c>join()</c>: null is empty, objects are JSON.</summary>
internal sealed class JoinAction(ActionPlan plan) : IActionExecutor
{
    public static ActionSpec Spec { get; } = new(
        new ActionTypeInfo("Join") { InputMembers = ["from", "joinWith"], RequiredInputs = ["from", "joinWith"] },
        plan => new JoinAction(plan));

    public bool IsPure => true;

    public Expression? Inputs { get; } = plan.BindInputs();

    public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation)
    {
        if (scope.Inputs["from"].AsArrayOrNull is not { } from) return new(ItemTemplate.NoArray("join", scope.Inputs["from"]));
        var separator = ValueText.Of(scope.Inputs["joinWith"]);
        scope.Evaluation.ChargeText("Join", from.Size + ((long)separator.Length * Math.Max(0, from.Count - 1)));
        var text = new StringBuilder();
        for (var i = 0; i < from.Count; i++)
        {
            if (i > 0) text.Append(separator);
            text.Append(ValueText.Of(from[i]));
        }

        return new(ActionOutcome.Succeeded(FlowValue.Object(("body", FlowValue.String(text.ToString())))));
    }
}
