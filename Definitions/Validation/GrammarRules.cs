namespace FlowEngine.Definitions;

/// <summary>Template texts that don't parse.</summary>
internal static class GrammarRules
{
    private delegate void Report(string code, string message, FaultPlace place, string? serviceCode, string? action, string? suggestion);

    public static void Check(ValidationContext context)
    {
        foreach (var use in context.Templates)
        {
            if (use.Text.Error is not { } error) continue;
            // Logic Apps reads a description as a template (measured); Power Automate exported one that doesn't parse.
            Report report = use.Role == TemplateRole.Description && context.Host == HostProfile.PowerAutomate ? context.Faults.Warning : context.Faults.Error;
            report(
                DiagnosticCodes.MalformedExpression,
                $"The template {Owner(context, use)} at {DiagnosticBag.LineAndColumn} is not valid: \"{error.Message}\".",
                use.At(error.Span),
                "InvalidTemplate",
                use.Node?.Action.Name,
                error.Detail);
        }
    }

    private static string Owner(ValidationContext context, TemplateUse use)
    {
        if (use.Node is { } node) return $"action '{node.Action.Name}'";
        if (use.Role == TemplateRole.Output) return "output";
        var trigger = context.Definition.Triggers.FirstOrDefault(candidate => use.Pointer.StartsWith(candidate.Path + "/", StringComparison.Ordinal));
        return trigger is null ? "description" : $"trigger '{trigger.Name}'";
    }
}
