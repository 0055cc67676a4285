using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Keeps the elements of <c>from</c> for which <c>where</c> is true. There is no truthiness: <c>where</c> must give a Boolean.</summary>
internal sealed class QueryAction(ActionPlan plan) : IActionExecutor
{
    private readonly ItemTemplate _where = new(plan, plan.Action.Inputs["where"], "inputs/where", "query", "where");

    public static ActionSpec Spec { get; } = new(
        new ActionTypeInfo("Query") { InputMembers = ["from", "where"], RequiredInputs = ["from", "where"] },
        plan => new QueryAction(plan));

    public bool IsPure => true;

    public Expression? Inputs { get; } = plan.Bind(ItemTemplate.Without(plan.Action.Inputs, "where"), "inputs");

    public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation) => new(Execute(scope, cancellation));

    private ActionOutcome Execute(RunScope scope, CancellationToken cancellation)
    {
        scope.RecordInputs(ItemTemplate.Shown(scope.Action.Inputs, scope.Inputs, "where"));
        if (scope.Inputs["from"].AsArrayOrNull is not { } from) return ItemTemplate.NoArray("query", scope.Inputs["from"]);
        var kept = new FlowValue[from.Count];
        var count = 0;
        foreach (var item in from)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!_where.TryEvaluate(scope, item, out var holds, out var failure)) return failure;
            if (!holds.IsBoolean) return _where.WrongResult(scope, holds, "Boolean");
            if (holds.AsBoolean) kept[count++] = item;
        }

        return ActionOutcome.Succeeded(FlowValue.Object(("body", FlowArray.Own(kept, count))));
    }
}
