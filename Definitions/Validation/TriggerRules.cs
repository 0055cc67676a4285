namespace FlowEngine.Definitions;

/// <summary>Triggers: types, members, and what a stateless workflow can't have.</summary>
internal static class TriggerRules
{
    private const int MaximumStatelessCount = 100;

    private static readonly string[] Members =
    [
        "type", "kind", "inputs", "recurrence", "conditions", "splitOn", "splitOnConfiguration", "correlation", "runtimeConfiguration", "operationOptions",
        "evaluatedRecurrence", "description", "metadata",
    ];

    public static void Check(ValidationContext context)
    {
        var isStateless = context.Definition.Kind == "Stateless";
        CheckSecond(context);
        foreach (var trigger in context.Definition.Triggers)
        {
            CheckType(context, trigger);
            CheckMembers(context, trigger);
            CheckConditions(context, trigger);
            CheckValues(context, trigger);
            if (isStateless && !trigger.Raw["splitOn"].IsNull)
            {
                context.Faults.Error(
                    DiagnosticCodes.SplitOnInStateless,
                    "The 'splitOn' property is not supported in stateless workflow.",
                    FaultPlace.Name(JsonPointer.Append(trigger.Path, "splitOn")),
                    "InvalidTemplate");
            }

            if (isStateless && !trigger.Raw["recurrence"].IsNull)
            {
                Stateless(context, $"the trigger '{trigger.Name}' with a recurrence", FaultPlace.Name(trigger.Path), null);
            }
        }

        if (!isStateless) return;
        foreach (var node in context.Index.All)
        {
            var action = node.Action;
            if (action.Type == "Wait") Stateless(context, $"the action '{action.Name}' of type 'Wait'", FaultPlace.Name(action.Path), action.Name);
            if (action.Type == ContainerTypes.Until && Literals.TryReadInteger(action.Raw["limit"]["count"], out var count) && count > MaximumStatelessCount)
                Stateless(context, $"more than {MaximumStatelessCount} repetitions of action '{action.Name}'", $"{action.Path}/limit/count", action.Name);
            if (!action.TrackedProperties.IsNull)
                Stateless(context, $"the tracked properties of action '{action.Name}'", FaultPlace.Name(JsonPointer.Append(action.Path, "trackedProperties")), action.Name);
        }
    }

    // Power Automate saves two built-in ones and refuses a second one beside a connector's (measured); Logic Apps documents up to ten.
    private static void CheckSecond(ValidationContext context)
    {
        var triggers = context.Definition.Triggers;
        if (context.Host != HostProfile.PowerAutomate || triggers.Count < 2 || triggers.FirstOrDefault(trigger => IsConnectors(trigger.Type)) is not { } connector) return;
        var second = triggers[1];
        context.Faults.Error(
            DiagnosticCodes.SecondTrigger,
            $"The definition has the trigger '{connector.Name}' of type '{connector.Type}' and {triggers.Count - 1} more; beside a connector's trigger there can be no other one.",
            FaultPlace.Name(second.Path),
            "InvalidTemplate");
    }

    private static bool IsConnectors(string type) => type.StartsWith("ApiConnection", StringComparison.Ordinal) || type.StartsWith("OpenApiConnection", StringComparison.Ordinal);

    private static void Stateless(ValidationContext context, string what, FaultPlace at, string? action) =>
        context.Faults.Warning(DiagnosticCodes.StatelessLimit, $"A stateless workflow of the service does not support {what}.", at, null, action);

    private static void CheckType(ValidationContext context, TriggerDefinition trigger)
    {
        if (trigger.Type.Length == 0)
        {
            context.Faults.Error(
                DiagnosticCodes.MissingType,
                $"The template trigger '{trigger.Name}' at {DiagnosticBag.LineAndColumn} is not valid: required property 'type' not found in JSON.",
                FaultPlace.Name(trigger.Path),
                "InvalidTemplate");
        }
        else if (!TriggerTypes.All.Contains(trigger.Type, StringComparer.Ordinal) && !context.Options.OwnTriggerTypes.Contains(trigger.Type, StringComparer.OrdinalIgnoreCase))
        {
            context.Faults.Error(
                DiagnosticCodes.UnknownTriggerType,
                $"The template trigger '{trigger.Name}' at {DiagnosticBag.LineAndColumn} has the type '{trigger.Type}', which is not known.",
                JsonPointer.Append(trigger.Path, "type"),
                "InvalidTemplate",
                suggestion: ValidationContext.DidYouMean(trigger.Type, [.. TriggerTypes.All, .. context.Options.OwnTriggerTypes]));
        }
    }

    private static void CheckMembers(ValidationContext context, TriggerDefinition trigger)
    {
        foreach (var name in trigger.Raw.AsObject.Names)
        {
            if (Members.Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
            context.Faults.Warning(
                DiagnosticCodes.UnknownProperty,
                $"The trigger '{trigger.Name}' of type '{trigger.Type}' should not have the property '{name}'.",
                FaultPlace.Name(JsonPointer.Append(trigger.Path, name)),
                suggestion: ValidationContext.DidYouMean(name, Members));
        }
    }

    private static void CheckValues(ValidationContext context, TriggerDefinition trigger)
    {
        var inputs = JsonPointer.Append(trigger.Path, "inputs");
        var split = trigger.Raw["splitOn"];
        if (!split.IsNull && !Literals.IsExpression(split))
            Warn($"The 'splitOn' of trigger '{trigger.Name}' is no expression: it gives no array, and no run starts.", JsonPointer.Append(trigger.Path, "splitOn"));
        if (trigger.Type == "Request" && !trigger.Inputs["relativePath"].IsNull && trigger.Inputs["method"].IsNull)
            Warn($"The 'relativePath' of trigger '{trigger.Name}' needs a 'method'.", FaultPlace.Name(JsonPointer.Append(inputs, "relativePath")));
        if (trigger.Type == "SlidingWindow" && trigger.Inputs["delay"] is { IsNull: false } delay && !Literals.IsExpression(delay) && !IsoDuration.TryParse(delay.AsStringOrNull, out _))
            Warn($"The 'delay' of trigger '{trigger.Name}' is {delay.ToJson()}; a duration such as 'PT10M' was expected.", JsonPointer.Append(inputs, "delay"));

        void Warn(string message, FaultPlace place) => context.Faults.Warning(DiagnosticCodes.TriggerValue, message, place);
    }

    private static void CheckConditions(ValidationContext context, TriggerDefinition trigger)
    {
        var conditions = trigger.Raw["conditions"];
        if (conditions.IsNull) return;
        var pointer = JsonPointer.Append(trigger.Path, "conditions");
        if (conditions.AsArrayOrNull is not { } list)
        {
            context.Faults.Error(DiagnosticCodes.WrongShape, $"The 'conditions' of trigger '{trigger.Name}' must be an array, but are of type '{conditions.Kind}'.", pointer, "InvalidTemplate");
            return;
        }

        for (var i = 0; i < list.Count; i++)
        {
            if (list[i]["expression"].IsString) continue;
            context.Faults.Warning(
                DiagnosticCodes.ConditionShape,
                $"A condition of trigger '{trigger.Name}' must be an object with an 'expression'.",
                JsonPointer.Append(pointer, i));
        }
    }
}
