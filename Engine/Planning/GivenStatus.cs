using FlowEngine.Actions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>Runs an action as it is and records another status: the tutorial's <c>staticResult</c> with a <c>status</c> and without a result of that name.</summary>
/// <remarks>Outputs and code stay, an error only where the status is none of success. A time limit that ends the action keeps its own status.</remarks>
internal sealed class GivenStatus(IActionExecutor inner, ActionStatus status) : IActionExecutor
{
    public bool IsPure => inner.IsPure;

    public Expression? Inputs => inner.Inputs;

    public async ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation)
    {
        var outcome = await inner.ExecuteAsync(scope, cancellation);
        return outcome with { Status = status, Error = status == ActionStatus.Succeeded ? null : outcome.Error };
    }
}
