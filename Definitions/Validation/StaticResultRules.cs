namespace FlowEngine.Definitions;

/// <summary><c>staticResults</c> of a definition, and <c>runtimeConfiguration.staticResult</c> of its actions (runtime reference, 6.3).</summary>
internal static class StaticResultRules
{
    private static readonly string[] Statuses = ["Succeeded", "Failed", "TimedOut", "Skipped"];

    public static void Check(ValidationContext context)
    {
        var results = context.Definition.StaticResults;
        foreach (var node in context.Index.All)
        {
            if (node.Has(MemberNames.RuntimeConfiguration) && node.Action.RuntimeConfiguration["staticResult"] is { IsObject: true } use)
                CheckUse(context, use, results, $"{node.Action.Path}/runtimeConfiguration/staticResult", node.Action.Name);
        }

        if (results.AsObjectOrNull is not { } defined) return;
        foreach (var (name, result) in defined) CheckResult(context, name, result, JsonPointer.Append(context.Definition.Path + "/staticResults", name));
    }

    private static void CheckUse(ValidationContext context, FlowValue use, FlowValue results, string pointer, string action)
    {
        var name = use["name"];
        var option = use["staticResultOptions"];
        var isDefined = name.AsStringOrNull is { } text && results.TryGetMember(text, out _);
        if (string.Equals(option.AsStringOrNull, "Enabled", StringComparison.OrdinalIgnoreCase))
        {
            // Without it the operation itself would run, which is what the option is to prevent.
            if (isDefined) return;
            context.Faults.Error(
                DiagnosticCodes.StaticResultUnknown,
                $"The static result '{Literals.Show(name)}' of action '{action}' is not defined in 'staticResults'.",
                name.IsNull ? FaultPlace.Name(pointer) : JsonPointer.Append(pointer, "name"),
                null,
                action,
                ValidationContext.DidYouMean(Literals.Show(name), results.AsObjectOrNull is { } defined ? defined.Names.ToArray() : []));
            return;
        }

        if (!option.IsNull || use["status"].IsNull) return;
        var what = isDefined
            ? "A static result with a 'status' counts as enabled here only; the service wants 'staticResultOptions': 'Enabled'."
            : $"The action runs and ends as '{Literals.Show(use["status"])}', here only: the service takes no 'status' in 'staticResult', and there is no such result.";
        var at = JsonPointer.Append(pointer, "status");
        context.Faults.InformationUnlessStrict(DiagnosticCodes.StaticResultForm, what, at, null, action);
    }

    private static void CheckResult(ValidationContext context, string name, FlowValue result, string pointer)
    {
        var status = result["status"].AsStringOrNull;
        if (status is null || !Statuses.Contains(status, StringComparer.OrdinalIgnoreCase))
        {
            context.Faults.Warning(
                DiagnosticCodes.StaticResultInvalid,
                $"The static result '{name}' needs a 'status': {string.Join(", ", Statuses)}.",
                status is null ? FaultPlace.Name(pointer) : JsonPointer.Append(pointer, "status"),
                null,
                null,
                status is null ? null : ValidationContext.DidYouMean(status, Statuses));
            return;
        }

        var missing = status.ToUpperInvariant() switch
        {
            "SUCCEEDED" when result["outputs"].IsNull => "outputs",
            "FAILED" when result["error"].IsNull => "error",
            _ => null,
        };
        if (missing is not null) context.Faults.Warning(DiagnosticCodes.StaticResultInvalid, $"The static result '{name}' with status '{status}' needs '{missing}'.", FaultPlace.Name(pointer));
    }
}
