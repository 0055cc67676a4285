using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary>A flow in plain words: trigger, actions in their containers, and the operations outside that it uses.</summary>
internal static class FlowOutline
{
    private static readonly string[] Calls = ["Http", "HttpWebhook", "ApiConnection", "ApiConnectionWebhook", "OpenApiConnection", "OpenApiConnectionWebhook", "ServiceProvider", "Function", "InvokeFunction", "Workflow", "ApiManagement"];

    public static void Write(WorkflowDocument document, WorkflowDefinition definition, TextWriter output)
    {
        output.WriteLine(TerminalText.Clean($"{document.FlowName ?? Path.GetFileName(document.File)} ({document.Host}{(definition.Kind is null ? "" : ", " + definition.Kind)})"));
        if (definition.Triggers.Count == 0) output.WriteLine("Starts by hand: it has no trigger.");
        foreach (var trigger in definition.Triggers) output.WriteLine(TerminalText.Clean($"Starts with {trigger.Name}: {trigger.Type}{(trigger.Kind is null ? "" : "/" + trigger.Kind)}{Schedule(trigger)}"));
        Branch(definition.Root, 0, output);
        Operations(definition, output);
        var actions = definition.AllActions().ToList();
        output.WriteLine($"{ActionLine.Count(actions.Count, "action", "actions")}, {actions.Count(IsCall)} of them calls.");
        BillableActions.Write(definition, output);
    }

    private static string Schedule(TriggerDefinition trigger)
    {
        var recurrence = trigger.Raw["recurrence"];
        return recurrence["frequency"].AsStringOrNull is { } frequency ? $", every {(recurrence["interval"].IsNull ? "1" : recurrence["interval"].AsStringOrNull ?? recurrence["interval"].ToJson())} {frequency}" : "";
    }

    private static void Branch(BranchDefinition branch, int level, TextWriter output)
    {
        foreach (var action in branch.Actions)
        {
            var after = action.RunAfter.Where(entry => entry.Statuses != RunAfterStatuses.Succeeded).Select(entry => $"{entry.Action} is {string.Join(" or ", entry.Written)}").ToList();
            var operation = Operation(action) is { } named ? $" {named}" : "";
            output.WriteLine(TerminalText.Clean($"{new string(' ', (level * 2) + 2)}{action.Name}: {action.Type}{operation}{(after.Count == 0 ? "" : $", when {string.Join(" and ", after)}")}"));
            foreach (var nested in action.Branches.Where(nested => nested.Actions.Count > 0))
            {
                if (action.Branches.Count > 1) output.WriteLine(TerminalText.Clean($"{new string(' ', (level * 2) + 4)}{Label(nested)}:"));
                Branch(nested, level + (action.Branches.Count > 1 ? 2 : 1), output);
            }
        }
    }

    private static string Label(BranchDefinition branch) => branch.Label == "actions" ? "if true" : branch.Case.IsNull ? branch.Label : $"case {branch.Case.AsStringOrNull ?? branch.Case.ToJson()}";

    private static void Operations(WorkflowDefinition definition, TextWriter output)
    {
        var used = definition.AllActions().Where(IsCall).GroupBy(action => $"{Operation(action) ?? action.Type}{(Connection(action) is { } connection ? $" over {connection}" : "")}", StringComparer.Ordinal).ToList();
        if (used.Count == 0) return;
        output.WriteLine("Calls:");
        foreach (var operation in used.OrderBy(group => group.Key, StringComparer.Ordinal)) output.WriteLine(TerminalText.Clean($"  {operation.Key}: {string.Join(", ", operation.Select(action => action.Name))}"));
    }

    private static bool IsCall(ActionDefinition action) => Calls.Contains(action.Type, StringComparer.OrdinalIgnoreCase);

    // What is called, never with the query of an address: it may hold keys.
    private static string? Operation(ActionDefinition action)
    {
        var inputs = action.Inputs;
        if (inputs["host"]["operationId"].AsStringOrNull is { } operation) return operation;
        if (inputs["serviceProviderConfiguration"]["operationId"].AsStringOrNull is { } provided) return provided;
        var address = action.Type == "Http" ? inputs["uri"].AsStringOrNull : inputs["path"].AsStringOrNull;
        return address is null ? null : $"{inputs["method"].AsStringOrNull?.ToUpperInvariant()} {TerminalText.Shorten(address.Split('?')[0], 80)}".Trim();
    }

    private static string? Connection(ActionDefinition action) =>
        action.Inputs["host"]["connectionName"].AsStringOrNull ?? action.Inputs["host"]["connection"]["referenceName"].AsStringOrNull
        ?? action.Inputs["host"]["connection"]["name"].AsStringOrNull ?? action.Inputs["serviceProviderConfiguration"]["connectionName"].AsStringOrNull;
}
