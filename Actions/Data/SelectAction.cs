using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Makes a new array of the same length: <c>select</c>, an object or one expression, evaluated for every element of <c>from</c>.</summary>
internal sealed class SelectAction(ActionPlan plan) : IActionExecutor
{
    private readonly ItemTemplate _select = new(plan, plan.Action.Inputs["select"], "inputs/select", "select", "select");

    public static ActionSpec Spec { get; } = new(
        new ActionTypeInfo("Select") { InputMembers = ["from", "select"], RequiredInputs = ["from", "select"] },
        plan => new SelectAction(plan));

    public bool IsPure => true;

    public Expression? Inputs { get; } = plan.Bind(ItemTemplate.Without(plan.Action.Inputs, "select"), "inputs");

    public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation) => new(Execute(scope, cancellation));

    private ActionOutcome Execute(RunScope scope, CancellationToken cancellation)
    {
        scope.RecordInputs(ItemTemplate.Shown(scope.Action.Inputs, scope.Inputs, "select"));
        if (scope.Inputs["from"].AsArrayOrNull is not { } from) return ItemTemplate.NoArray("select", scope.Inputs["from"]);
        var selected = new FlowValue[from.Count];
        for (var i = 0; i < selected.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!_select.TryEvaluate(scope, from[i], out selected[i], out var failure)) return failure;
        }

        return ActionOutcome.Succeeded(FlowValue.Object(("body", FlowArray.Own(selected, selected.Length))));
    }
}
