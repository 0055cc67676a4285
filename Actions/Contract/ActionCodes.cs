namespace FlowEngine.Actions;

/// <summary>Codes of the runtime reference, section 2.1.</summary>
public static class ActionCodes
{
    /// <summary>Succeeded, with outputs.</summary>
    public const string Ok = "OK";

    /// <summary>Succeeded, without a code of its own: variables, control actions.</summary>
    public const string NotSpecified = "NotSpecified";

    /// <summary>Beside every status <c>Skipped</c>; the error's code says why.</summary>
    public const string ActionSkipped = "ActionSkipped";

    /// <summary>Why an action was skipped: a predecessor ended otherwise than <c>runAfter</c> asks.</summary>
    public const string ActionConditionFailed = "ActionConditionFailed";

    /// <summary>Why an action was skipped: its condition or switch chose another branch.</summary>
    public const string ActionBranchingConditionNotSatisfied = "ActionBranchingConditionNotSatisfied";

    /// <summary>Why an action was skipped: the container around it was skipped, or failed before it came to its actions.</summary>
    public const string ActionDependencyFailed = "ActionDependencyFailed";

    /// <summary>Skipped or cancelled: a Terminate ended the run first.</summary>
    public const string Terminated = "Terminated";

    /// <summary>A container or a run failed, because an action in it did.</summary>
    public const string ActionFailed = "ActionFailed";

    /// <summary>The action could not be carried out as its inputs say.</summary>
    public const string BadRequest = "BadRequest";

    /// <summary>An expression of the action could not be evaluated.</summary>
    public const string InvalidTemplate = "InvalidTemplate";

    /// <summary>What a container decides by could not be evaluated, or is of a type that it can do nothing with.</summary>
    public const string ExpressionEvaluationFailed = "ExpressionEvaluationFailed";

    /// <summary>The action's time limit was over.</summary>
    public const string ActionTimedOut = "ActionTimedOut";

    /// <summary>The run was cancelled while the action ran.</summary>
    public const string ActionCancelled = "ActionCancelled";

    /// <summary>A Response came when nobody waited for it any longer.</summary>
    public const string ActionResponseSkipped = "ActionResponseSkipped";

    /// <summary>A defect: an exception that no action should throw.</summary>
    public const string InternalServerError = "InternalServerError";

    /// <summary>Text of every container and run that ended <see cref="ActionFailed"/>.</summary>
    internal const string ActionFailedMessage = "An action failed. No dependent actions succeeded.";
}
