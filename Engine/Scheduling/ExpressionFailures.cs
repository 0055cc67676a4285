using FlowEngine.Actions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>Failures of templates in the service's words (expressions reference, section 3; runtime reference, 2.1).</summary>
internal static class ExpressionFailures
{
    /// <summary>An expression in <c>inputs</c> failed.</summary>
    public static ActionOutcome InInputs(string action, Exception failure) =>
        Of($"Unable to process template language expressions in action '{action}' inputs at line '0' and column '0': '{Inner(failure)}'.", failure);

    /// <summary>A condition, or the expression of a loop or Switch, failed; the position is that of the action's definition.</summary>
    public static ActionOutcome ForAction(string action, Exception failure, (int Line, int Column) position) =>
        Of($"Unable to process template language expressions for action '{action}' at line '{position.Line}' and column '{position.Column}': '{Inner(failure)}'.", failure);

    public static bool IsFailure(Exception exception) => exception is ExpressionException or FlowJsonException;

    private static string Inner(Exception failure) => failure.Message;

    private static ActionOutcome Of(string message, Exception failure)
    {
        var cause = failure as ExpressionException;
        return new ActionOutcome(
            ActionStatus.Failed,
            ActionCodes.BadRequest,
            default,
            false,
            new ActionError(ActionCodes.InvalidTemplate, message) { Detail = cause?.Detail, Cause = cause });
    }
}
