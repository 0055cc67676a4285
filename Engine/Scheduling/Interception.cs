using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>An action that takes its time before it runs, or before what stands for it is its outcome. It counts as under way meanwhile: cancellation and its limit reach it.</summary>
/// <param name="Delay">How long, on the run's clock.</param>
/// <param name="Outcome">What stands for the action; null where it runs.</param>
internal sealed record Interception(TimeSpan Delay, ActionOutcome? Outcome)
{
    public async ValueTask<ActionOutcome> ExecuteAsync(ActionExecution execution, CancellationToken cancellation)
    {
        // On the loop, as the actions themselves.
        await execution.DelayAsync(Delay, cancellation);
        return Outcome ?? await execution.Plan.Executor.ExecuteAsync(execution, cancellation);
    }
}
