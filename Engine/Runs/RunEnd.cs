using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>How a run ends, or is asked to end.</summary>
/// <param name="Status">Succeeded, Failed, Cancelled or TimedOut.</param>
/// <param name="Error">The run's error, if any.</param>
/// <param name="UnstartedCode">The code of everything that has not started by then.</param>
internal sealed record RunEnd(ActionStatus Status, ActionError? Error, string UnstartedCode)
{
    private static readonly RunEnd Succeeded = new(ActionStatus.Succeeded, null, ActionCodes.NotSpecified);

    private static readonly RunEnd Failed =
        new(ActionStatus.Failed, new ActionError(ActionCodes.ActionFailed, ActionCodes.ActionFailedMessage), ActionCodes.ActionFailed);

    /// <summary>The run's limit has passed.</summary>
    public static RunEnd TimedOut { get; } =
        new(ActionStatus.TimedOut, new ActionError("WorkflowRunTimedOut", "The workflow run timed out."), ActionCodes.ActionCancelled);

    /// <summary>Cancelled from outside.</summary>
    public static RunEnd Cancelled { get; } =
        new(ActionStatus.Cancelled, new ActionError("WorkflowRunCancelled", "The workflow run was cancelled."), ActionCodes.ActionCancelled);

    /// <summary>The code beside the run's status.</summary>
    public string Code => Error?.Code is { Length: > 0 } code ? code : UnstartedCode;

    /// <summary>The end that the actions give by themselves; a workflow output that can't be evaluated fails a run that succeeded otherwise.</summary>
    public static RunEnd Of(ActionStatus status, ActionError? outputFailure) =>
        status != ActionStatus.Succeeded ? Failed : outputFailure is null ? Succeeded : new RunEnd(ActionStatus.Failed, outputFailure, outputFailure.Code);
}
