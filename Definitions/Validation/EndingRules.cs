namespace FlowEngine.Definitions;

/// <summary>Terminate and Response: where they may stand, and what they end with.</summary>
internal static class EndingRules
{
    private static readonly string[] RunStatuses = ["Succeeded", "Failed", "Cancelled"];

    public static void Check(ValidationContext context)
    {
        foreach (var node in context.Index.All)
        {
            if (node.Action.Type is not ("Terminate" or "Response")) continue;
            CheckNesting(context, node);
            if (node.Action.Type == "Terminate") CheckTerminate(context, node.Action);
            else CheckResponse(context, node.Action);
        }
    }

    private static void CheckNesting(ValidationContext context, ActionNode node)
    {
        if (node.Containers().FirstOrDefault(container => container.Action.Type is ContainerTypes.Foreach or ContainerTypes.Until) is not { } loop) return;
        context.Faults.Error(
            DiagnosticCodes.EndingInLoop,
            $"The workflow run action '{node.Action.Name}' has type '{node.Action.Type}' that could not be nested under an action of type '{loop.Action.Type.ToLowerInvariant()}'.",
            FaultPlace.Name(node.Action.Path),
            "InvalidWorkflowRunAction",
            node.Action.Name);
    }

    private static void CheckTerminate(ValidationContext context, ActionDefinition action)
    {
        var pointer = JsonPointer.Append(action.Path, "inputs");
        var status = action.Inputs["runStatus"];
        if (status.IsNull || Literals.IsExpression(status)) return;
        var written = Literals.Show(status);
        if (!RunStatuses.Contains(written, StringComparer.OrdinalIgnoreCase))
        {
            context.Faults.Error(
                DiagnosticCodes.TerminateStatus,
                $"The inputs of workflow run action '{action.Name}' of type 'Terminate' are not valid. The 'runStatus' '{written}' is none of '{string.Join("', '", RunStatuses)}'.",
                JsonPointer.Append(pointer, "runStatus"),
                "InvalidTemplate",
                action.Name,
                ValidationContext.DidYouMean(written, RunStatuses));
        }
        else if (!written.Equals("Failed", StringComparison.OrdinalIgnoreCase) && action.Inputs["runError"].AsObjectOrNull is { Count: > 0 })
        {
            context.Faults.Error(
                DiagnosticCodes.TerminateError,
                $"The inputs of workflow run action '{action.Name}' of type 'Terminate' are not valid. The property 'runError' is allowed with the run status 'Failed' only, not with '{written}'.",
                FaultPlace.Name(JsonPointer.Append(pointer, "runError")),
                "InvalidTemplate",
                action.Name);
        }
    }

    private static void CheckResponse(ValidationContext context, ActionDefinition action)
    {
        foreach (var trigger in context.Definition.Triggers)
        {
            if (!trigger.Raw["recurrence"].IsNull)
            {
                context.Faults.Error(
                    DiagnosticCodes.ResponseWithRecurrence,
                    "The workflow with 'Response' action type should not have triggers with 'recurrence' property defined.",
                    FaultPlace.Name(action.Path),
                    "WorkflowUnsupportedRecurrenceTriggerForResponseAction",
                    action.Name);
            }
            else if (!trigger.Raw["splitOn"].IsNull)
            {
                var message = $"The trigger '{trigger.Name}' splits its body into several runs: nobody waits for the response of '{action.Name}', it is skipped.";
                context.Faults.Warning(DiagnosticCodes.ResponseWithSplitOn, message, FaultPlace.Name(action.Path), null, action.Name);
            }
        }

        var status = action.Inputs["statusCode"];
        if (status.IsNull || Literals.IsExpression(status)) return;
        if (Literals.TryReadInteger(status, out var code) && code is (>= 200 and < 300) or (>= 400 and < 600)) return;
        context.Faults.Warning(
            DiagnosticCodes.ResponseStatusCode,
            $"The status code '{Literals.Show(status)}' of action '{action.Name}' is not supported: 2xx, 4xx and 5xx are.",
            JsonPointer.Append(JsonPointer.Append(action.Path, "inputs"), "statusCode"),
            "WorkflowRunActionResponseStatusCodeNotSupported",
            action.Name);
    }
}
