namespace FlowEngine.Definitions;

/// <summary>Batches of a Batch trigger: that messages sent to them can be released. What the service says of them at save is not known, so these are warnings.</summary>
internal static class BatchRules
{
    private static readonly string[] Criteria = ["messageCount", "batchSize", "recurrence"];

    public static void Check(ValidationContext context)
    {
        foreach (var trigger in context.Definition.Triggers.Where(trigger => trigger.Type == "Batch")) Check(context, trigger);
    }

    private static void Check(ValidationContext context, TriggerDefinition trigger)
    {
        var inputs = JsonPointer.Append(trigger.Path, "inputs");
        if (trigger.Inputs["mode"].AsStringOrNull is { } mode && !Literals.IsExpression(trigger.Inputs["mode"]) && !mode.Equals("Inline", StringComparison.OrdinalIgnoreCase))
        {
            Warn($"The trigger '{trigger.Name}' takes batches of mode '{mode}'; only those of mode 'Inline' can be used here.", JsonPointer.Append(inputs, "mode"));
            return;
        }

        var pointer = JsonPointer.Append(inputs, "configurations");
        if (Literals.IsExpression(trigger.Inputs["configurations"])) return;
        if (trigger.Inputs["configurations"].AsObjectOrNull is not { Count: > 0 } batches)
        {
            Warn($"The trigger '{trigger.Name}' has no batches: an object of names and 'releaseCriteria' is expected in 'configurations'.", trigger.Inputs["configurations"].IsNull ? FaultPlace.Name(trigger.Path) : pointer);
            return;
        }

        foreach (var (name, batch) in batches) CheckCriteria(name, batch["releaseCriteria"], JsonPointer.Append(pointer, name));

        void CheckCriteria(string name, FlowValue criteria, string at)
        {
            if (Literals.IsExpression(criteria)) return;
            if (!Criteria.Any(member => !criteria[member].IsNull))
            {
                Warn($"The batch '{name}' of trigger '{trigger.Name}' has no 'releaseCriteria': one of '{string.Join("', '", Criteria)}' is expected.", FaultPlace.Name(at));
                return;
            }

            foreach (var member in new[] { "messageCount", "batchSize" })
            {
                var value = criteria[member];
                if (value.IsNull || Literals.IsExpression(value) || (Literals.TryReadInteger(value, out var number) && number >= 1)) continue;
                Warn($"The '{member}' of batch '{name}' of trigger '{trigger.Name}' is {value.ToJson()}; an integer of at least 1 was expected.", $"{at}/releaseCriteria/{member}");
            }
        }

        void Warn(string message, FaultPlace place) => context.Faults.Warning(DiagnosticCodes.BatchCriteria, message, place);
    }
}
