using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Gives a variable a value of its type.</summary>
internal sealed class SetVariableAction(ActionPlan plan) : IActionExecutor
{
    private readonly VariableTarget _target = VariableTarget.Of(plan);

    public static ActionSpec Spec { get; } = new(
        new ActionTypeInfo("SetVariable") { InputMembers = ["name", "value"], RequiredInputs = ["name"] },
        plan => new SetVariableAction(plan));

    public bool IsPure => true;

    public Expression? Inputs { get; } = plan.BindInputs();

    public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation) =>
        new(_target.TryGet(scope, out _, out var type) ? _target.Update(scope, scope.Inputs["value"], type) : _target.NotFound(scope));
}
