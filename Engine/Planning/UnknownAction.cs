using FlowEngine.Actions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>Stands for a type that nothing here runs: it fails when it is reached, unless a mock answers for it.</summary>
internal sealed class UnknownAction(ActionPlan plan) : IActionExecutor
{
    // Inputs are evaluated all the same: a mock that answers may look at them, and the record shows them.
    public Expression? Inputs { get; } = plan.Action.Inputs.IsNull ? null : plan.BindInputs();

    public bool IsPure => false;

    public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation)
    {
        var action = scope.Action;
        return new(ActionOutcome.Failed(ActionCodes.BadRequest, $"Nothing here runs actions of type '{action.Type}', which action '{action.Name}' needs. Mock it by its name, or register an action of that type."));
    }
}
