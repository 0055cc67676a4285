namespace FlowEngine.Actions;

/// <summary>Codes of the runtime reference, section 2.1.</summary>
public static class ActionCodes
{
    public const string Ok = "OK";
    public const string NotSpecified = "NotSpecified";
    public const string ActionSkipped = "ActionSkipped";
    public const string ActionConditionFailed = "ActionConditionFailed";
    public const string ActionBranchingConditionNotSatisfied = "ActionBranchingConditionNotSatisfied";
    public const string ActionDependencyFailed = "ActionDependencyFailed";
    public const string Terminated = "Terminated";
    public const string ActionFailed = "ActionFailed";
    public const string BadRequest = "BadRequest";
    public const string InvalidTemplate = "InvalidTemplate";
    public const string ExpressionEvaluationFailed = "ExpressionEvaluationFailed";
    public const string ActionTimedOut = "ActionTimedOut";
    public const string ActionCancelled = "ActionCancelled";
    public const string ActionResponseSkipped = "ActionResponseSkipped";
    public const string InternalServerError = "InternalServerError";

    /// <summary>Text of every container and run that ended <see cref="ActionFailed"/>.</summary>
    public const string ActionFailedMessage = "An action failed. No dependent actions succeeded.";
}
