namespace FlowEngine.Actions;

/// <summary>What a container shows for the status of what it contains (runtime reference, 2.1).</summary>
public static class ContainerOutcome
{
    private static readonly ActionOutcome Failed = new(
        ActionStatus.Failed, ActionCodes.ActionFailed, default, false, new ActionError(ActionCodes.ActionFailed, ActionCodes.ActionFailedMessage));

    private static readonly ActionOutcome Cancelled = new(ActionStatus.Cancelled, ActionCodes.Terminated, default, false, null);

    /// <summary>The outcome of a container, or what a repetition and a run show.</summary>
    public static ActionOutcome Of(ActionStatus branch) => branch switch
    {
        ActionStatus.Succeeded => ActionOutcome.SucceededQuietly,
        ActionStatus.Cancelled => Cancelled,
        _ => Failed,
    };

    /// <summary>Failed wins over Cancelled, Cancelled over Succeeded.</summary>
    public static ActionStatus Worse(ActionStatus left, ActionStatus right) =>
        left == ActionStatus.Failed || right == ActionStatus.Failed ? ActionStatus.Failed
        : left == ActionStatus.Cancelled || right == ActionStatus.Cancelled ? ActionStatus.Cancelled
        : ActionStatus.Succeeded;
}
