namespace FlowEngine.Definitions;

/// <summary><c>inputs.retryPolicy</c>, also the tutorial's form <c>runtimeConfiguration.retryPolicy</c>, also of the subscribe and unsubscribe calls of a webhook.</summary>
internal static class RetryPolicyRules
{
    private const int MaximumCount = 90;

    private static readonly string[] Types = ["none", "default", "fixed", "exponential"];
    private static readonly string[] Intervals = ["interval", "minimumInterval", "maximumInterval"];
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);

    public static void Check(ValidationContext context)
    {
        foreach (var node in context.Index.All)
        {
            if (node.InputsHave(MemberNames.RetryPolicy) && HasPolicy(node.Action.Inputs)) CheckInputs(context, node.Action.Inputs, JsonPointer.Append(node.Action.Path, "inputs"), $"action '{node.Action.Name}'", node.Action.Name);
            if (node.Has(MemberNames.RuntimeConfiguration) && node.Action.RuntimeConfiguration["retryPolicy"] is { IsObject: true } policy)
                Check(context, policy, node.Action.Path + "/runtimeConfiguration/retryPolicy", $"action '{node.Action.Name}'", node.Action.Name);
        }

        foreach (var trigger in context.Definition.Triggers)
        {
            if (HasPolicy(trigger.Inputs)) CheckInputs(context, trigger.Inputs, JsonPointer.Append(trigger.Path, "inputs"), $"trigger '{trigger.Name}'", null);
        }
    }

    // Few have one: no pointers for the others.
    private static bool HasPolicy(FlowValue inputs) =>
        inputs["retryPolicy"].IsObject || inputs["subscribe"]["retryPolicy"].IsObject || inputs["unsubscribe"]["retryPolicy"].IsObject;

    private static void CheckInputs(ValidationContext context, FlowValue inputs, string pointer, string owner, string? action)
    {
        Check(context, inputs["retryPolicy"], JsonPointer.Append(pointer, "retryPolicy"), owner, action);
        Check(context, inputs["subscribe"]["retryPolicy"], $"{pointer}/subscribe/retryPolicy", owner, action);
        Check(context, inputs["unsubscribe"]["retryPolicy"], $"{pointer}/unsubscribe/retryPolicy", owner, action);
    }

    private static void Check(ValidationContext context, FlowValue policy, string pointer, string owner, string? action)
    {
        if (policy.AsObjectOrNull is not { } members) return;
        var type = members["type"];
        if (!Literals.IsExpression(type) && !Types.Contains(Literals.Show(type), StringComparer.OrdinalIgnoreCase))
        {
            context.Faults.Error(
                DiagnosticCodes.RetryPolicyInvalid,
                type.IsNull
                    ? $"The retry policy of {owner} is not valid: it has no 'type'."
                    : $"The retry policy of {owner} is not valid: its type '{Literals.Show(type)}' is none of '{string.Join("', '", Types)}'.",
                type.IsNull ? FaultPlace.Name(pointer) : JsonPointer.Append(pointer, "type"),
                "InvalidRetryPolicy",
                action,
                ValidationContext.DidYouMean(Literals.Show(type), Types));
        }

        CheckCount(context, members["count"], JsonPointer.Append(pointer, "count"), owner, action);
        foreach (var member in Intervals) CheckInterval(context, members[member], member, JsonPointer.Append(pointer, member), owner, action);
    }

    private static void CheckCount(ValidationContext context, FlowValue count, string pointer, string owner, string? action)
    {
        if (count.IsNull || Literals.IsExpression(count)) return;
        if (!Literals.TryReadInteger(count, out var number))
        {
            context.Faults.Error(DiagnosticCodes.RetryPolicyInvalid, $"The retry policy of {owner} is not valid: its count {count.ToJson()} is no integer.", pointer, "InvalidRetryPolicy", action);
        }
        else if (number is < 1 or > MaximumCount)
        {
            var message = $"The retry policy of {owner} is not valid: its count is {number}, the service allows 1 to {MaximumCount}.";
            context.Faults.WarningUnlessStrict(DiagnosticCodes.RetryPolicyLimit, message, pointer, "InvalidRetryPolicy", action);
        }
    }

    private static void CheckInterval(ValidationContext context, FlowValue interval, string member, string pointer, string owner, string? action)
    {
        if (interval.IsNull || Literals.IsExpression(interval)) return;
        var written = Literals.Show(interval);
        if (!IsoDuration.TryParse(interval.AsStringOrNull, out var duration))
        {
            var message = $"The retry policy of {owner} is not valid: its {member} '{written}' is no duration in ISO 8601 format such as 'PT10S'.";
            context.Faults.Error(DiagnosticCodes.RetryPolicyInvalid, message, pointer, "InvalidRetryPolicy", action);
        }
        else if (duration < ShortestInterval || duration > LongestInterval)
        {
            var message = $"The retry policy of {owner} is not valid: its {member} is '{written}', the service allows 'PT5S' to 'P1D'.";
            context.Faults.WarningUnlessStrict(DiagnosticCodes.RetryPolicyLimit, message, pointer, "InvalidRetryPolicy", action);
        }
    }
}
