using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Gives its evaluated <c>inputs</c> as outputs, whatever they are and without a <c>body</c> around them.</summary>
internal sealed class ComposeAction(ActionPlan plan) : IActionExecutor
{
    public static ActionSpec Spec { get; } = new(new ActionTypeInfo("Compose"), plan => new ComposeAction(plan));

    public bool IsPure => true;

    public Expression? Inputs { get; } = plan.BindInputs();

    public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation) => new(ActionOutcome.Succeeded(scope.Inputs));
}
