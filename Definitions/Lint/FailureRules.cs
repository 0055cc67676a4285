namespace FlowEngine.Definitions;

/// <summary>Failures that nobody looks at, and half handled ones.</summary>
internal static class FailureRules
{
    private static readonly string[] Calls = ["Http", "ApiConnection", "OpenApiConnection", "ServiceProvider", "Function", "Workflow"];

    public static void Check(LintContext context)
    {
        var unhandled = new List<ActionDefinition>();
        var repeated = new List<ActionDefinition>();
        foreach (var node in context.Index.All)
        {
            var action = node.Action;
            if (IsCall(action) && !IsHandled(node)) unhandled.Add(action);
            if (IsCall(action) && Is(action.Inputs["retryPolicy"]["type"].AsStringOrNull, "none") && !IsHandled(node)) context.Report(LintRules.RetryOff, $"'{action.Name}' gives up at its first failure, and nothing looks at it.", action.Path, action);
            if (action.Type is "Http" && action.Inputs["retryPolicy"].IsNull && (Is(action.Inputs["method"].AsStringOrNull, "POST") || Is(action.Inputs["method"].AsStringOrNull, "PATCH"))) repeated.Add(action);
            // What runs after a Terminate that was skipped goes on where the run did not end.
            if (node.Predecessors.FirstOrDefault(before => before.Action.Type == "Terminate" && !action.RunAfter.Any(after => Is(after.Action, before.Action.Name) && after.Statuses.HasFlag(RunAfterStatuses.Skipped))) is { } end) context.Report(LintRules.AfterTerminate, $"'{action.Name}' never starts: '{end.Action.Name}' ends the run.", action.Path, action);
            foreach (var after in action.RunAfter)
            {
                if ((after.Statuses & (RunAfterStatuses.Succeeded | RunAfterStatuses.Failed)) == (RunAfterStatuses.Succeeded | RunAfterStatuses.Failed) && (after.Statuses & (RunAfterStatuses.TimedOut | RunAfterStatuses.Skipped)) == 0)
                    context.Report(LintRules.HalfFinally, $"'{action.Name}' runs after '{after.Action}' succeeded or failed, not where it timed out or was skipped.", after.Path, action);
            }
        }

        if (unhandled.Count > 0) context.Report(LintRules.UnhandledFailure, $"Nothing looks at the failure of {unhandled.Count} of its calls: {Some(unhandled)}.", unhandled[0].Path);
        if (repeated.Count > 0) context.Report(LintRules.RepeatedChange, $"The default policy sends these again after a failure: {Some(repeated)}.", repeated[0].Path);
    }

    private static string Some(List<ActionDefinition> actions) => string.Join(", ", actions.Take(3).Select(action => $"'{action.Name}'")) + (actions.Count > 3 ? " and others" : "");

    private static bool IsCall(ActionDefinition action) => Calls.Contains(action.Type, StringComparer.OrdinalIgnoreCase);

    private static bool Is(string? text, string wanted) => wanted.Equals(text, StringComparison.OrdinalIgnoreCase);

    // Something runs after its failure, or after that of a container around it.
    private static bool IsHandled(ActionNode node)
    {
        for (var at = node; at is not null; at = at.Parent)
        {
            foreach (var sibling in at.Branch.Actions)
            {
                foreach (var after in sibling.RunAfter)
                {
                    if (after.Action.Equals(at.Action.Name, StringComparison.OrdinalIgnoreCase) && (after.Statuses & (RunAfterStatuses.Failed | RunAfterStatuses.TimedOut)) != 0) return true;
                }
            }
        }

        return false;
    }
}
