using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Runs one planned action: made once a plan, shared by all runs, so it keeps no state of a run.</summary>
public interface IActionExecutor
{
    /// <summary>False for what changes the world outside (HTTP, Response, a child run): its start is made durable first.</summary>
    bool IsPure { get; }

    /// <summary>
    /// What the engine evaluates before <see cref="ExecuteAsync"/> and records as inputs; null where the executor evaluates on its own
    /// (conditions, loops). A failure ends the action with the service's "in action '…' inputs" message, without inputs and outputs.
    /// </summary>
    Expression? Inputs { get; }

    /// <summary>
    /// Runs the action. An <see cref="ExpressionException"/> that escapes becomes the service's "for action '…'" failure; any other exception is
    /// a defect. Control-flow executors stay on the run's loop (no <c>ConfigureAwait(false)</c>), leaf executors leave it.
    /// </summary>
    ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation);
}
