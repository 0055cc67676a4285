using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Checks a definition as the service does when it is saved, and says what would fail later. Every rule sees the whole definition.</summary>
internal static class Validator
{
    /// <summary>The rule families; their order doesn't matter, diagnostics are sorted by place.</summary>
    private static readonly Action<ValidationContext>[] Rules =
    [
        StructureRules.Check,
        NameRules.Check,
        LimitRules.Check,
        TypeRules.Check,
        InputValueRules.Check,
        SecureDataRules.Check,
        RunAfterRules.Check,
        RunAfterCycleRule.Check,
        RunAfterReachRule.Check,
        GrammarRules.Check,
        CallRules.Check,
        ReferenceRules.Check,
        LoopReferenceRules.Check,
        ParameterRules.Check,
        VariableRules.Check,
        VariableUseRules.Check,
        ConditionRules.Check,
        LoopRules.Check,
        EndingRules.Check,
        ResponseSchemaRule.Check,
        ConcurrencyRules.Check,
        RetryPolicyRules.Check,
        AuthenticationRules.Check,
        StaticResultRules.Check,
        OperationOptionRules.Check,
        SchemaRules.Check,
        TriggerRules.Check,
        RecurrenceRules.Check,
        BatchRules.Check,
    ];

    /// <summary>Adds everything that is wrong with the definition.</summary>
    /// <returns>Whether expressions call what the service has not.</returns>
    public static bool Check(WorkflowDefinition definition, HostProfile host, TemplateTextCache texts, bool isDialect, DefinitionOptions options, DiagnosticBag faults)
    {
        var index = new FlowIndex(definition);
        var context = new ValidationContext
        {
            Definition = definition,
            Index = index,
            Templates = TemplateCollector.Collect(definition, index, texts),
            Host = host,
            Options = options,
            IsDialect = isDialect,
            Faults = faults,
        };
        foreach (var rule in Rules) rule(context);
        return context.CallsExtensions;
    }
}
