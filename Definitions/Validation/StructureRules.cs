namespace FlowEngine.Definitions;

/// <summary>The definition's own members.</summary>
internal static class StructureRules
{
    private static readonly string[] Members =
    [
        "$schema", "contentVersion", "parameters", "triggers", "actions", "outputs", "staticResults", "description", "metadata", "runtimeConfiguration", "operationOptions",
    ];

    public static void Check(ValidationContext context)
    {
        var definition = context.Definition;
        if (!definition.Raw.TryGetMember("actions", out _))
        {
            context.Faults.Error(DiagnosticCodes.MissingActions, "Required property 'actions' not found in JSON.", definition.Path, "InvalidTemplate");
        }

        if (definition.Triggers.Count == 0)
        {
            context.Faults.Warning(DiagnosticCodes.NoTrigger, "The definition has no trigger: it can be run by hand only.", FaultPlace.Name(JsonPointer.Append(definition.Path, "triggers")));
        }

        foreach (var name in (definition.Raw.AsObjectOrNull ?? FlowObject.Empty).Names)
        {
            if (Members.Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
            context.Faults.Information(
                DiagnosticCodes.UnknownMember,
                $"'{name}' is no member of a workflow definition; it is kept and means nothing.",
                FaultPlace.Name(JsonPointer.Append(definition.Path, name)),
                suggestion: ValidationContext.DidYouMean(name, Members));
        }
    }
}
