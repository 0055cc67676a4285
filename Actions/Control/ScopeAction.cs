using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Runs its actions as a group; its status is that of its leaves (runtime reference, 2.3). An empty one succeeds.</summary>
internal sealed class ScopeAction : IActionExecutor
{
    public static ActionSpec Spec { get; } = new(
        new ActionTypeInfo("Scope") { TakesInputs = false, OwnMembers = ["actions"], RequiredMembers = ["actions"] },
        _ => new ScopeAction());

    public bool IsPure => true;

    public Expression? Inputs => null;

    public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation)
    {
        var branch = scope.RunBranchAsync(0, cancellation);
        return branch.IsCompletedSuccessfully ? new(ContainerOutcome.Of(branch.Result)) : AwaitAsync(branch);
    }

    private static async ValueTask<ActionOutcome> AwaitAsync(ValueTask<ActionStatus> branch) => ContainerOutcome.Of(await branch);
}
