namespace FlowEngine.Definitions;

/// <summary>The definition's own members.</summary>
internal static class StructureRules
{
    private static readonly string[] Members =
    [
        "$schema", "contentVersion", "parameters", "triggers", "actions", "outputs", "staticResults", "description", "metadata", "runtimeConfiguration", "operationOptions",
    ];

    private static readonly string[] SchemaVersions = ["2016-06-01", "2016-04-01-preview", "2015-08-01-preview", "2014-12-01-preview"];

    public static void Check(ValidationContext context)
    {
        var definition = context.Definition;
        CheckSchema(context, definition);
        if (definition.Raw["actions"].IsNull)
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

    // Real files have other hosts, holes and brackets in it; only a version that isn't known, or something else altogether, says that the file may mean other things than we read.
    private static void CheckSchema(ValidationContext context, WorkflowDefinition definition)
    {
        if (!definition.Raw.TryGetMember("$schema", out var schema)) return;
        var text = schema.AsStringOrNull;
        if (text is not null && (text.Contains('[', StringComparison.Ordinal) || PlaceholderRules.Find(text) is not null)) return;
        if (text is not null && NamesDefinitions(text) && (!text.Any(char.IsAsciiDigit) || SchemaVersions.Any(version => text.Contains(version, StringComparison.OrdinalIgnoreCase)))) return;
        context.Faults.Warning(DiagnosticCodes.UnknownSchema, $"'$schema' names no version of workflow definitions that is known; the definition is read as one of {SchemaVersions[0]}.", JsonPointer.Append(definition.Path, "$schema"));
    }

    private static bool NamesDefinitions(string schema) =>
        schema.Contains("workflowdefinition", StringComparison.OrdinalIgnoreCase) || schema.Contains("Microsoft.Logic", StringComparison.OrdinalIgnoreCase);
}
