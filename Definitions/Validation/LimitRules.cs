namespace FlowEngine.Definitions;

/// <summary>Sizes that the cloud limits and nothing here needs: warnings, errors when strict (runtime reference, 6.5).</summary>
internal static class LimitRules
{
    private const int MaximumActions = 500;
    private const int MaximumNesting = 8;
    private const int MaximumCases = 25;
    private const int MaximumTriggers = 10;
    private const int MaximumOutputs = 10;
    private const int MaximumExpression = 8192;
    private const int MaximumTracked = 16_000;

    public static void Check(ValidationContext context)
    {
        CheckCounts(context);
        CheckNesting(context);
        CheckExpressions(context);
        CheckTimeouts(context);
        CheckDescriptions(context);
        foreach (var node in context.Index.All)
        {
            if (node.Has(MemberNames.TrackedProperties) || node.Action.Type == "JavaScriptCode") CheckTexts(context, node.Action);
        }
    }

    private static void CheckCounts(ValidationContext context)
    {
        var definition = context.Definition;
        void Count(string what, string member, int count, int maximum, string? message = null, string? serviceCode = null)
        {
            if (count <= maximum) return;
            var text = message ?? $"The definition has {count} {what}; the service allows {maximum}.";
            context.Faults.WarningUnlessStrict(DiagnosticCodes.TooMany, text, FaultPlace.Name(JsonPointer.Append(definition.Path, member)), serviceCode ?? "InvalidTemplate");
        }

        if (context.Options.RefusesBeyondService && context.Index.All.Length > MaximumActions)
        {
            var at = FaultPlace.Name(JsonPointer.Append(definition.Path, "actions"));
            context.Faults.Error(DiagnosticCodes.TooMany, $"The definition has {context.Index.All.Length} actions; {MaximumActions} are allowed.", at, "InvalidTemplate");
            return;
        }

        var maximumParameters = context.Host == HostProfile.Standard ? 500 : 50;
        var parameters = definition.Parameters.Count;
        Count("actions", "actions", context.Index.All.Length, MaximumActions);
        Count("triggers", "triggers", definition.Triggers.Count, MaximumTriggers);
        Count("outputs", "outputs", definition.Outputs.Count, MaximumOutputs);
        Count(
            "parameters",
            "parameters",
            parameters,
            maximumParameters,
            $"The number of template input parameters limit exceeded. The limit is '{maximumParameters}' and the actual number of parameters is '{parameters}'.");
        foreach (var node in context.Index.All)
        {
            if (node.Action.Type != ContainerTypes.Switch) continue;
            var cases = node.Action.Branches.Count - 1;
            if (cases <= MaximumCases) continue;
            context.Faults.WarningUnlessStrict(
                DiagnosticCodes.TooMany,
                $"The action '{node.Action.Name}' has {cases} cases; the service allows {MaximumCases}.",
                FaultPlace.Name(JsonPointer.Append(node.Action.Path, "cases")),
                "AllowedSwitchCaseLimitExceeded",
                node.Action.Name);
        }
    }

    // Only the outermost offender is named; what is nested in it is too deep for the same reason.
    private static void CheckNesting(ValidationContext context)
    {
        foreach (var node in context.Index.All)
        {
            if (node.Level != MaximumNesting + 1) continue;
            var message = $"The template actions '{node.Action.Name}' are nested at level '{node.Level}' which exceeds the maximum nesting limit of '{MaximumNesting}'.";
            var at = FaultPlace.Name(node.Action.Path);
            if (context.Options.RefusesBeyondService) context.Faults.Error(DiagnosticCodes.NestedTooDeep, message, at, "InvalidTemplate", node.Action.Name);
            else context.Faults.WarningUnlessStrict(DiagnosticCodes.NestedTooDeep, message, at, "InvalidTemplate", node.Action.Name);
        }
    }

    private static void CheckExpressions(ValidationContext context)
    {
        foreach (var use in context.Templates)
        {
            // What the whole text has room for, no part of it exceeds.
            if (use.Text.Text.Length <= MaximumExpression) continue;
            var length = use.Text.Expression is not null ? use.Text.Text.Length - 1 : use.Text.Parts.Where(part => part.Expression is not null).Select(part => part.Span.Length - 3).DefaultIfEmpty().Max();
            if (length <= MaximumExpression) continue;
            context.Faults.WarningUnlessStrict(
                DiagnosticCodes.ExpressionTooLong,
                $"The template language expression limit exceeded: the expression has {length} characters, the service allows {MaximumExpression}.",
                new FaultPlace(use.Pointer, use.InName),
                "InvalidTemplate",
                use.Node?.Action.Name);
        }
    }

    private static void CheckTimeouts(ValidationContext context)
    {
        var longest = TimeSpan.FromDays(context.Host == HostProfile.PowerAutomate ? 30 : 90);
        foreach (var node in context.Index.All)
        {
            if (!node.Has(MemberNames.Limit)) continue;
            var action = node.Action;
            var limit = action.Raw["limit"]["timeout"];
            if (limit.IsNull) continue;
            var at = JsonPointer.Append(JsonPointer.Append(action.Path, "limit"), "timeout");
            if (action.Type is ContainerTypes.Scope or ContainerTypes.If or ContainerTypes.Switch or ContainerTypes.Foreach)
                context.Faults.Warning(DiagnosticCodes.TimeoutWithoutEffect, $"A timeout has no effect on action '{action.Name}' of type '{action.Type}': it bounds calls, waits and Until loops.", FaultPlace.Name(at), null, action.Name);
            if (action.Timeout is { } timeout)
            {
                if (timeout <= longest) continue;
                context.Faults.WarningUnlessStrict(
                    DiagnosticCodes.TimeoutTooLong,
                    $"The timeout of action '{action.Name}' is longer than a run can live: '{longest.Days}' days.",
                    at,
                    "WorkflowRunActionTimeoutLimitInvalid",
                    action.Name);
            }
            else if (!Literals.IsExpression(limit))
            {
                // Of an Until the service takes it and falls back to the default.
                var message = $"The timeout '{Literals.Show(limit)}' of action '{action.Name}' is not valid: a duration in ISO 8601 format such as 'PT1H' was expected.";
                if (action.Type == ContainerTypes.Until) context.Faults.Warning(DiagnosticCodes.TimeoutInvalid, message, at, null, action.Name);
                else context.Faults.Error(DiagnosticCodes.TimeoutInvalid, message, at, "WorkflowRunActionTimeoutLimitInvalid", action.Name);
            }
        }
    }

    private static void CheckTexts(ValidationContext context, ActionDefinition action)
    {
        if (action.Type == "JavaScriptCode" && action.Inputs["code"].AsStringOrNull is { } code)
            Length("inline code", code.Length, context.Host == HostProfile.Consumption ? 1024 : 100_000, JsonPointer.Append(JsonPointer.Append(action.Path, "inputs"), "code"));
        if (action.Raw["trackedProperties"] is { IsNull: false } tracked)
            Length("tracked properties", tracked.ToJson().Length, MaximumTracked, JsonPointer.Append(action.Path, "trackedProperties"));

        void Length(string what, int length, int maximum, string pointer)
        {
            if (length <= maximum) return;
            context.Faults.WarningUnlessStrict(DiagnosticCodes.TextTooLong, $"The {what} of action '{action.Name}' has {length} characters; the service allows {maximum}.", FaultPlace.Name(pointer), null, action.Name);
        }
    }

    private static void CheckDescriptions(ValidationContext context)
    {
        var maximum = context.Host == HostProfile.PowerAutomate ? 255 : 256;
        void Length(FlowValue owner, PointerSteps place, string? action)
        {
            if (owner["description"].AsStringOrNull is not { } text || text.Length <= maximum) return;
            context.Faults.WarningUnlessStrict(
                DiagnosticCodes.DescriptionTooLong,
                $"The description has {text.Length} characters; the service allows {maximum}.",
                FaultPlace.Name(JsonPointer.Append(place.ToString(), "description")),
                action is null ? "InvalidTemplate" : "ActionDescriptionTooLong",
                action);
        }

        Length(context.Definition.Raw, new PointerSteps(null, context.Definition.Path), null);
        foreach (var trigger in context.Definition.Triggers) Length(trigger.Raw, new PointerSteps(null, trigger.Path), null);
        foreach (var node in context.Index.All)
        {
            if (node.Has(MemberNames.Description)) Length(node.Action.Raw, node.Action.At, node.Action.Name);
        }
    }
}
