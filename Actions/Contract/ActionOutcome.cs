namespace FlowEngine.Actions;

/// <summary>How an action ended. Failure is an outcome, not an exception.</summary>
/// <param name="Status">Succeeded, Failed, Skipped, TimedOut or Cancelled.</param>
/// <param name="Code">The code beside the status (runtime reference, 2.1).</param>
/// <param name="Outputs">The outputs; see <paramref name="HasOutputs"/>.</param>
/// <param name="HasOutputs">Whether the record has outputs (they may be null).</param>
/// <param name="Error">The error, if any.</param>
public readonly record struct ActionOutcome(ActionStatus Status, string Code, FlowValue Outputs, bool HasOutputs, ActionError? Error)
{
    /// <summary>Succeeded with code <c>OK</c> and outputs.</summary>
    public static ActionOutcome Succeeded(FlowValue outputs, string code = ActionCodes.Ok) => new(ActionStatus.Succeeded, code, outputs, true, null);

    /// <summary>Succeeded with code <c>NotSpecified</c> and no outputs: variables, control actions.</summary>
    public static ActionOutcome SucceededQuietly { get; } = new(ActionStatus.Succeeded, ActionCodes.NotSpecified, default, false, null);

    /// <summary>Failed without outputs; the error's code differs from the code beside the status where <paramref name="statusCode"/> is given.</summary>
    public static ActionOutcome Failed(string errorCode, string message, string? statusCode = null) =>
        new(ActionStatus.Failed, statusCode ?? errorCode, default, false, new ActionError(errorCode, message));

    /// <summary>Failed with outputs and no error: an HTTP answer of 400 and more.</summary>
    public static ActionOutcome FailedWith(FlowValue outputs, string code, ActionError? error = null) => new(ActionStatus.Failed, code, outputs, true, error);
}
