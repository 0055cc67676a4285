namespace FlowEngine.Definitions;

/// <summary>Words of <c>operationOptions</c> that are not known: kept, and without meaning.</summary>
internal static class OperationOptionRules
{
    private static readonly string[] Options =
    [
        "DisableAsyncPattern", "DisableAutomaticDecompression", "SuppressWorkflowHeaders", "SuppressWorkflowHeadersOnResponse", "EnableSchemaValidation",
        "IncludeAuthorizationHeadersInOutputs", "Sequential", "SingleInstance", "FailWhenLimitsReached", "Asynchronous", "OptimizedForHighThroughput",
    ];

    public static void Check(ValidationContext context)
    {
        foreach (var node in context.Index.All)
        {
            if (node.Has(MemberNames.OperationOptions)) Check(context, node.Action.Raw, node.Action.Path, node.Action.Name);
        }

        foreach (var trigger in context.Definition.Triggers) Check(context, trigger.Raw, trigger.Path, null);
    }

    private static void Check(ValidationContext context, FlowValue owner, string pointer, string? action)
    {
        if (owner["operationOptions"].AsStringOrNull is not { } text || text.Contains('@', StringComparison.Ordinal)) return;
        foreach (var option in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Options.Contains(option, StringComparer.OrdinalIgnoreCase)) continue;
            context.Faults.Warning(
                DiagnosticCodes.UnknownOption,
                $"The operation option '{option}' is not known; it means nothing here.",
                JsonPointer.Append(pointer, "operationOptions"),
                null,
                action,
                ValidationContext.DidYouMean(option, Options));
        }
    }
}
