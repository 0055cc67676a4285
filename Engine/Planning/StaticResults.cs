using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine;

/// <summary>Outcomes that stand in for an operation (runtime reference, 6.3): returned as written, the operation does not run.</summary>
internal static class StaticResults
{
    public static ActionOutcome? Of(WorkflowDefinition workflow, ActionDefinition action)
    {
        var use = action.RuntimeConfiguration["staticResult"];
        if (use["name"].AsStringOrNull is not { } name || !string.Equals(use["staticResultOptions"].AsStringOrNull, "Enabled", StringComparison.OrdinalIgnoreCase)) return null;
        if (!workflow.StaticResults.TryGetMember(name, out var result)) return null;
        var hasOutputs = result.TryGetMember("outputs", out var outputs);
        if (!Enum.TryParse<ActionStatus>(result["status"].AsStringOrNull, ignoreCase: true, out var status)) status = ActionStatus.Succeeded;
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
}
