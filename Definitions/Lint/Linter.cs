namespace FlowEngine.Definitions;

/// <summary>Finds what the service accepts and what goes wrong sooner or later. Every rule sees the whole flow.</summary>
public static class Linter
{
    private static readonly Action<LintContext>[] Rules =
    [
        AddressRules.Check,
        SecretRules.Check,
        UnusedRules.Check,
        LoopHabits.Check,
        NullRules.Check,
        FailureRules.Check,
        DeprecatedOperations.Check,
    ];

    /// <summary>The findings of a document in file order; none where it has no definition.</summary>
    public static IReadOnlyList<Diagnostic> Check(WorkflowDocument document, LintSettings settings)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(settings);
        if (document.Definition is not { } definition) return [];
        var context = new LintContext(document, definition, settings);
        foreach (var rule in Rules) rule(context);
        return context.Found;
    }
}
