using System.Globalization;
using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine;

/// <summary>The limit of what one action may take and give (runtime reference, 6.5).</summary>
/// <remarks>Values know how many characters they take as JSON, so that asking costs nothing. The wording follows that of pages that are too large together.</remarks>
internal static class ActionSize
{
    private const string Code = "ActionResultsSizeLimitExceeded";

    /// <summary>Whether the action transfers its content in chunks, for which there is another limit.</summary>
    public static bool IsInChunks(ActionDefinition action) =>
        string.Equals(action.RuntimeConfiguration["contentTransfer"]["transferMode"].AsStringOrNull, "Chunked", StringComparison.OrdinalIgnoreCase);

    /// <summary>What becomes of an action that is beyond the limit.</summary>
    public static ActionOutcome Exceeded(ActionExecution execution, in ActionOutcome outcome, long limit) => ActionOutcome.Failed(
        Code,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The action '{execution.Plan.Name}' has an aggregated results size more than '{(long)execution.RecordedInputs.Size + outcome.Outputs.Size}' bytes. This exceeded the maximum size '{limit}' bytes allowed."));
}
