namespace FlowEngine.Definitions;

/// <summary><c>runtimeConfiguration.concurrency</c> of loops and triggers.</summary>
internal static class ConcurrencyRules
{
    private const int MaximumRepetitions = 50;
    private const int MaximumRuns = 100;

    public static void Check(ValidationContext context)
    {
        foreach (var node in context.Index.All)
        {
            var action = node.Action;
            if (action.Type != ContainerTypes.Foreach || !node.Has(MemberNames.RuntimeConfiguration)) continue;
            Check(context, $"action '{action.Name}'", action.Raw, action.Path, "repetitions", MaximumRepetitions, action.OperationOptions.Contains("Sequential") ? "Sequential" : null, action.Name);
        }

        foreach (var trigger in context.Definition.Triggers)
        {
            var single = (trigger.Raw["operationOptions"].AsStringOrNull ?? string.Empty)
                .Split(',', StringSplitOptions.TrimEntries)
                .Contains("SingleInstance", StringComparer.OrdinalIgnoreCase);
            var owner = $"trigger '{trigger.Name}'";
            Check(context, owner, trigger.Raw, trigger.Path, "runs", MaximumRuns, single ? "SingleInstance" : null, null);
            CheckRange(context, owner, trigger.Raw, trigger.Path, "maximumWaitingRuns", context.Host == HostProfile.Standard ? 200 : 100, null);
        }
    }

    private static void Check(ValidationContext context, string owner, FlowValue raw, string path, string member, int maximum, string? option, string? action)
    {
        CheckRange(context, owner, raw, path, member, maximum, action);
        if (option is null || raw["runtimeConfiguration"]["concurrency"][member].IsNull) return;
        context.Faults.Error(
            DiagnosticCodes.ConcurrencyConflict,
            $"The concurrency configuration of {owner} is not valid: '{member}' and the operation option '{option}' exclude each other.",
            FaultPlace.Name(Pointer(path, member)),
            "InvalidConcurrencyConfiguration",
            action);
    }

    private static void CheckRange(ValidationContext context, string owner, FlowValue raw, string path, string member, int maximum, string? action)
    {
        var value = raw["runtimeConfiguration"]["concurrency"][member];
        if (value.IsNull || Literals.IsExpression(value) || (Literals.TryReadInteger(value, out var number) && number >= 1 && number <= maximum)) return;
        context.Faults.Error(
            DiagnosticCodes.ConcurrencyOutOfRange,
            $"The concurrency configuration of {owner} is not valid: '{member}' is {value.ToJson()}, but must be between '1' and '{maximum}'.",
            Pointer(path, member),
            "InvalidConcurrencyConfiguration",
            action);
    }

    private static string Pointer(string path, string member) => $"{path}/runtimeConfiguration/concurrency/{member}";
}
