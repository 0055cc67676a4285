using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Ends the run with <c>runStatus</c> and, where that is Failed, <c>runError</c>; itself it succeeds (runtime reference, 2.4).</summary>
internal sealed class TerminateAction(Expression inputs) : IActionExecutor
{
    public static ActionSpec Spec { get; } = new(
        new ActionTypeInfo("Terminate") { InputMembers = ["runStatus", "runError"], RequiredInputs = ["runStatus"] },
        plan => new TerminateAction(plan.BindInputs()));

    public bool IsPure => true;

    public Expression? Inputs => inputs;

    public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation)
    {
        var written = scope.Inputs["runStatus"].AsStringOrNull;
        ActionStatus? status = written?.ToUpperInvariant() switch
        {
            "SUCCEEDED" => ActionStatus.Succeeded,
            "FAILED" => ActionStatus.Failed,
            "CANCELLED" => ActionStatus.Cancelled,
            _ => null,
        };
        if (status is null)
        {
            return new(ActionOutcome.Failed(
                ActionCodes.BadRequest,
                $"The 'runStatus' of action '{scope.Action.Name}' is '{written}'; it must be 'Succeeded', 'Failed' or 'Cancelled'."));
        }

        // Recorded: statuses show in their canonical spelling, however the definition writes them.
        if (written != status.Value.ToString()) scope.RecordInputs(scope.Inputs.AsObject.ToBuilder().Replace("runStatus", FlowValue.String(status.Value.ToString())).ToValue());
        var error = scope.Inputs["runError"];
        scope.Terminate(
            status.Value,
            status == ActionStatus.Failed && error.IsObject ? new ActionError(Text(error["code"]) ?? string.Empty, Text(error["message"]) ?? string.Empty) : null);
        return new(ActionOutcome.SucceededQuietly);
    }

    private static string? Text(FlowValue value) => value.IsNull ? null : value.AsStringOrNull ?? value.ToJson();
}
