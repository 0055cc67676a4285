namespace FlowEngine.Definitions;

/// <summary>JSON schemas of ParseJson, Response and Request triggers: that they are schemas, and the keyword that the service refuses.</summary>
internal static class SchemaRules
{
    private static readonly string[] Types = ["object", "array", "string", "number", "integer", "boolean", "null", "any"];
    private static readonly string[] ObjectKeywords = ["properties", "patternProperties", "definitions", "$defs", "dependencies", "not"];
    private static readonly string[] ArrayKeywords = ["required", "enum", "allOf", "anyOf", "oneOf"];

    public static void Check(ValidationContext context)
    {
        foreach (var node in context.Index.All.Where(node => node.Action.Type is "ParseJson" or "Response"))
        {
            var action = node.Action;
            var pattern = action.Type == "ParseJson" ? DiagnosticSeverity.Warning : (DiagnosticSeverity?)null;
            new Reading(context, "ActionSchemaInvalid", action.Name, pattern).Check(action.Inputs["schema"], $"{action.Path}/inputs/schema", $"action '{action.Name}'");
        }

        foreach (var trigger in context.Definition.Triggers.Where(trigger => trigger.Type == "Request"))
        {
            new Reading(context, "TriggerInputSchemaInvalid", null, DiagnosticSeverity.Error).Check(trigger.Inputs["schema"], $"{trigger.Path}/inputs/schema", $"trigger '{trigger.Name}'");
        }
    }

    /// <summary>One reading of a schema.</summary>
    /// <param name="Context">Where faults go.</param>
    /// <param name="ServiceCode">The code of a schema that is none.</param>
    /// <param name="Action">The action that has it.</param>
    /// <param name="Pattern">How <c>pattern</c> is taken: refused at save, failing when reached, or not looked at.</param>
    private sealed record Reading(ValidationContext Context, string ServiceCode, string? Action, DiagnosticSeverity? Pattern)
    {
        public void Check(FlowValue schema, string pointer, string owner)
        {
            if (schema.IsNull || Literals.IsExpression(schema)) return;
            if (schema.AsObjectOrNull is not { } members)
            {
                Invalid($"The schema of {owner} must be an object, but is of type '{schema.Kind}'.", pointer);
                return;
            }

            foreach (var (keyword, value) in members) Keyword(keyword, value, JsonPointer.Append(pointer, keyword), owner);
        }

        private void Keyword(string keyword, FlowValue value, string pointer, string owner)
        {
            if (keyword is "pattern" or "patternProperties") NoPattern(keyword, pointer, owner);
            if (keyword == "type") Type(value, pointer, owner);
            else if (ObjectKeywords.Contains(keyword) && !value.IsObject) Invalid($"The schema of {owner} is not valid: '{keyword}' must be an object, but is of type '{value.Kind}'.", pointer);
            else if (ArrayKeywords.Contains(keyword) && !value.IsArray && !(keyword == "required" && value.IsBoolean))
                Invalid($"The schema of {owner} is not valid: '{keyword}' must be an array, but is of type '{value.Kind}'.", pointer);

            // Names below these are the data's own; what stands under each name is a schema again.
            if (keyword is "properties" or "patternProperties" or "definitions" or "$defs")
            {
                foreach (var (name, inner) in value.AsObjectOrNull ?? FlowObject.Empty) Check(inner, JsonPointer.Append(pointer, name), owner);
            }
            else if (keyword is "items" or "allOf" or "anyOf" or "oneOf" && value.AsArrayOrNull is { } schemas)
            {
                for (var i = 0; i < schemas.Count; i++) Check(schemas[i], JsonPointer.Append(pointer, i), owner);
            }
            else if (keyword is "not" or "items" or "additionalProperties" or "additionalItems" && value.IsObject)
            {
                Check(value, pointer, owner);
            }
        }

        private void Type(FlowValue type, string pointer, string owner)
        {
            if (type.AsArrayOrNull is { } several)
            {
                for (var i = 0; i < several.Count; i++) Type(several[i], JsonPointer.Append(pointer, i), owner);
            }
            else if (!Literals.IsExpression(type) && !type.IsObject && !Types.Contains(type.AsStringOrNull, StringComparer.OrdinalIgnoreCase))
            {
                Invalid(
                    $"The schema of {owner} is not valid: the type '{Literals.Show(type)}' is none of '{string.Join("', '", Types)}'.",
                    pointer,
                    type.AsStringOrNull is { } written ? ValidationContext.DidYouMean(written, Types) : null);
            }
        }

        private void NoPattern(string keyword, string pointer, string owner)
        {
            if (Pattern == DiagnosticSeverity.Error)
            {
                // Deployed Standard workflows have it.
                var message = $"The schema of {owner} has '{keyword}', which is not supported.";
                if (Context.Host == HostProfile.Standard) Context.Faults.Warning(DiagnosticCodes.SchemaPattern, message, FaultPlace.Name(pointer), "TriggerInputSchemaNotSupported", Action);
                else Context.Faults.Error(DiagnosticCodes.SchemaPattern, message, FaultPlace.Name(pointer), "TriggerInputSchemaNotSupported", Action);
            }
            else if (Pattern is not null)
            {
                Context.Faults.Warning(
                    DiagnosticCodes.SchemaPattern,
                    $"The 'schema' property of action '{Action}' inputs contains 'pattern' or 'patternProperties' properties. 'Pattern' or 'patternProperties' properties are not supported in the action json schema.",
                    FaultPlace.Name(pointer),
                    "ActionSchemaNotSupported",
                    Action);
            }
        }

        private void Invalid(string message, string pointer, string? suggestion = null) =>
            Context.Faults.Error(DiagnosticCodes.SchemaInvalid, message, pointer, ServiceCode, Action, suggestion);
    }
}
