using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine;

/// <summary>Outcomes that stand in for an operation (runtime reference, 6.3): returned as written, the operation does not run.</summary>
/// <remarks>
/// The tutorial writes <c>{"name", "status"}</c> without <c>staticResultOptions</c>: where the definition has a result of that name it is an enabled
/// one, else the operation runs and ends with that status.
/// </remarks>
internal static class StaticResults
{
    /// <summary>The outcome in place of the operation; null where it runs.</summary>
    public static ActionOutcome? Of(WorkflowDefinition workflow, ActionDefinition action)
    {
        var use = action.RuntimeConfiguration["staticResult"];
        if (use["name"].AsStringOrNull is not { } name || !(IsEnabled(use) || IsTutorialForm(use)) || !workflow.StaticResults.TryGetMember(name, out var result)) return null;
        var hasOutputs = result.TryGetMember("outputs", out var outputs);
        var status = StatusOf(result) ?? ActionStatus.Succeeded;
        var error = result["error"];
        var code = result["code"].AsStringOrNull
            ?? error["code"].AsStringOrNull
            ?? outputs["statusCode"].AsStringOrNull
            ?? (status == ActionStatus.Succeeded ? ActionCodes.Ok : status.ToString());
        return new ActionOutcome(
            status,
            code,
            outputs,
            hasOutputs,
            error.IsObject ? new ActionError(error["code"].AsStringOrNull ?? code, error["message"].AsStringOrNull ?? string.Empty) : null);
    }

    /// <summary>The status that the operation ends with, whatever happens; null where it ends as it does.</summary>
    public static ActionStatus? GivenStatusOf(WorkflowDefinition workflow, ActionDefinition action)
    {
        var use = action.RuntimeConfiguration["staticResult"];
        return IsTutorialForm(use) && !(use["name"].AsStringOrNull is { } name && workflow.StaticResults.TryGetMember(name, out _)) ? StatusOf(use) : null;
    }

    private static bool IsEnabled(FlowValue use) => string.Equals(use["staticResultOptions"].AsStringOrNull, "Enabled", StringComparison.OrdinalIgnoreCase);

    private static bool IsTutorialForm(FlowValue use) => use["staticResultOptions"].IsNull && use["status"].IsString;

    private static ActionStatus? StatusOf(FlowValue value) => Enum.TryParse<ActionStatus>(value["status"].AsStringOrNull, ignoreCase: true, out var status) ? status : null;
}
