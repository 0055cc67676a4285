namespace FlowEngine.Definitions;

/// <summary>JSON schemas of ParseJson, Response and Request triggers: that they are schemas, and the keyword that the service refuses.</summary>
internal static class SchemaRules
{
    private static readonly string[] Types = ["object", "array", "string", "number", "integer", "boolean", "null", "any"];
    private static readonly string[] ObjectKeywords = ["properties", "patternProperties", "definitions", "$defs", "dependencies", "not"];
    private static readonly string[] ArrayKeywords = ["required", "enum", "allOf", "anyOf", "oneOf"];

    public static void Check(ValidationContext context)
    {
        var trail = new PointerTrail();
        foreach (var node in context.Index.All)
        {
            var action = node.Action;
            if (action.Type is not ("ParseJson" or "Response")) continue;
            var pattern = action.Type == "ParseJson" ? DiagnosticSeverity.Warning : (DiagnosticSeverity?)null;
            trail.Start(PointerSteps.None);
            new Reading(context, "ActionSchemaInvalid", action.Name, action.Name, action.At, trail, pattern).Check(action.Inputs["schema"]);
        }

        foreach (var trigger in context.Definition.Triggers.Where(trigger => trigger.Type == "Request"))
        {
            trail.Start(PointerSteps.None);
            new Reading(context, "TriggerInputSchemaInvalid", null, trigger.Name, new PointerSteps(null, trigger.Path), trail, DiagnosticSeverity.Error).Check(trigger.Inputs["schema"]);
        }
    }

    /// <summary>One reading of a schema.</summary>
    /// <param name="Context">Where faults go.</param>
    /// <param name="ServiceCode">The code of a schema that is none.</param>
    /// <param name="Action">The action that has it; null where a trigger has.</param>
    /// <param name="Name">The action's name, or the trigger's.</param>
    /// <param name="At">Where the action or the trigger is.</param>
    /// <param name="Trail">Where in the schema the reading is.</param>
    /// <param name="Pattern">How <c>pattern</c> is taken: refused at save, failing when reached, or not looked at.</param>
    private readonly record struct Reading(ValidationContext Context, string ServiceCode, string? Action, string Name, PointerSteps At, PointerTrail Trail, DiagnosticSeverity? Pattern)
    {
        private string Owner => Action is null ? $"trigger '{Name}'" : $"action '{Name}'";

        private string Pointer => $"{At}/inputs/schema{Trail.Steps()}";

        public void Check(FlowValue schema)
        {
            if (schema.IsNull || Literals.IsExpression(schema)) return;
            if (schema.AsObjectOrNull is not { } members)
            {
                Invalid($"The schema of {Owner} must be an object, but is of type '{schema.Kind}'.");
                return;
            }

            for (var i = 0; i < members.Count; i++)
            {
                Trail.Enter(members.Names[i]);
                Keyword(members.Names[i], members.Values[i]);
                Trail.Leave();
            }
        }

        private void Keyword(string keyword, FlowValue value)
        {
            if (keyword is "pattern" or "patternProperties") NoPattern(keyword);
            if (keyword == "type") Type(value);
            else if (ObjectKeywords.Contains(keyword) && !value.IsObject) Invalid($"The schema of {Owner} is not valid: '{keyword}' must be an object, but is of type '{value.Kind}'.");
            else if (ArrayKeywords.Contains(keyword) && !value.IsArray && !(keyword == "required" && value.IsBoolean))
                Invalid($"The schema of {Owner} is not valid: '{keyword}' must be an array, but is of type '{value.Kind}'.");

            // Names below these are the data's own; what stands under each name is a schema again.
            if (keyword is "properties" or "patternProperties" or "definitions" or "$defs")
            {
                var named = value.AsObjectOrNull ?? FlowObject.Empty;
                for (var i = 0; i < named.Count; i++)
                {
                    Trail.Enter(named.Names[i]);
                    Check(named.Values[i]);
                    Trail.Leave();
                }
            }
            else if (keyword is "items" or "allOf" or "anyOf" or "oneOf" && value.AsArrayOrNull is { } schemas)
            {
                for (var i = 0; i < schemas.Count; i++)
                {
                    Trail.Enter(i);
                    Check(schemas[i]);
                    Trail.Leave();
                }
            }
            else if (keyword is "not" or "items" or "additionalProperties" or "additionalItems" && value.IsObject)
            {
                Check(value);
            }
        }

        private void Type(FlowValue type)
        {
            if (type.AsArrayOrNull is { } several)
            {
                for (var i = 0; i < several.Count; i++)
                {
                    Trail.Enter(i);
                    Type(several[i]);
                    Trail.Leave();
                }
            }
            else if (!Literals.IsExpression(type) && !type.IsObject && !Types.Contains(type.AsStringOrNull, StringComparer.OrdinalIgnoreCase))
            {
                Invalid(
                    $"The schema of {Owner} is not valid: the type '{Literals.Show(type)}' is none of '{string.Join("', '", Types)}'.",
                    type.AsStringOrNull is { } written ? ValidationContext.DidYouMean(written, Types) : null);
            }
        }

        private void NoPattern(string keyword)
        {
            if (Pattern == DiagnosticSeverity.Error)
            {
                // Deployed Standard workflows have it.
                var message = $"The schema of {Owner} has '{keyword}', which is not supported.";
                if (Context.Host == HostProfile.Standard) Context.Faults.Warning(DiagnosticCodes.SchemaPattern, message, FaultPlace.Name(Pointer), "TriggerInputSchemaNotSupported", Action);
                else Context.Faults.Error(DiagnosticCodes.SchemaPattern, message, FaultPlace.Name(Pointer), "TriggerInputSchemaNotSupported", Action);
            }
            else if (Pattern is not null)
            {
                Context.Faults.Warning(
                    DiagnosticCodes.SchemaPattern,
                    $"The 'schema' property of action '{Action}' inputs contains 'pattern' or 'patternProperties' properties. 'Pattern' or 'patternProperties' properties are not supported in the action json schema.",
                    FaultPlace.Name(Pointer),
                    "ActionSchemaNotSupported",
                    Action);
            }
        }

        private void Invalid(string message, string? suggestion = null) =>
            Context.Faults.Error(DiagnosticCodes.SchemaInvalid, message, Pointer, ServiceCode, Action, suggestion);
    }
}
