using FlowEngine.Actions;
using FlowEngine.Expressions;

namespace FlowEngine.Tests.Engine;

/// <summary>Makes an action suspend before and after it runs, so that the scheduler takes its suspending lane everywhere.</summary>
internal sealed class SuspendingExecutor(IActionExecutor inner) : IActionExecutor
{
    public bool IsPure => inner.IsPure;

    public Expression? Inputs => inner.Inputs;

    public async ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation)
    {
        await Task.Yield();
        var outcome = await inner.ExecuteAsync(scope, cancellation);
        await Task.Yield();
        return outcome;
    }
}
