namespace FlowEngine.Definitions;

/// <summary>R6: <c>timeout</c> and <c>retryPolicy</c> under <c>runtimeConfiguration</c>, which the service has in <c>limit</c> and in <c>inputs</c>.</summary>
internal static class RuntimeSettings
{
    private const string Configuration = "runtimeConfiguration";
    private const string Timeout = "timeout";
    private const string RetryPolicy = "retryPolicy";
    private const string ContinueOnError = "continueOnError";
    private const string StaticResult = "staticResult";

    /// <summary>Whether an action has such settings.</summary>
    public static bool Are(FlowValue action) => action[Configuration] is { IsObject: true } settings && (settings[Timeout].IsString || settings[RetryPolicy].IsObject || settings[ContinueOnError].IsBoolean || IsGivenStatus(settings[StaticResult]));

    /// <summary>Moves the settings of an action to their standard places; what is set there already wins.</summary>
    public static void Rewrite(string name, DraftObject action, DialectContext context)
    {
        if (action.Open(Configuration) is not { } settings) return;
        if (settings.Find(Timeout) is { Value.IsString: true } timeout)
        {
            Report(name, timeout, "limit.timeout", context);
            MoveTimeout(action, settings);
        }

        if (settings.Find(RetryPolicy) is { Value.IsObject: true } policy)
        {
            Report(name, policy, "inputs.retryPolicy", context);
            if (context.TakesRetryPolicy(action["type"].AsStringOrNull) && action.Open("inputs") is { } inputs && inputs.Find(RetryPolicy) is null)
                inputs.Put(RetryPolicy, settings.Take(RetryPolicy)!); // found above
        }

        if (settings.Find(ContinueOnError) is { Value.IsBoolean: true } continues) ReportContinue(name, continues, context);
        if (settings.Open(StaticResult) is { } result && IsGivenStatus(result.ToValue())) EnableResult(name, result, context);
        if (settings.Members.Count == 0) action.Take(Configuration);
    }

    private static void MoveTimeout(DraftObject action, DraftObject settings)
    {
        if (action.Find("limit") is null) action.Put("limit", new DraftObject(settings.Origin));
        if (action.Open("limit") is { } limit && limit.Find(Timeout) is null) limit.Put(Timeout, settings.Take(Timeout)!); // the caller has seen it
    }

    private static bool IsGivenStatus(FlowValue use) => use.IsObject && use["staticResultOptions"].IsNull && use["status"].IsString;

    // What it does is for the run: no other setting says the same.
    private static void ReportContinue(string name, DraftMember setting, DialectContext context) => context.Report(
        DiagnosticCodes.DialectSetting,
        setting.Value.AsBoolean
            ? $"The action '{name}' has 'continueOnError' under 'runtimeConfiguration': its failure is recorded and counts as a success."
            : $"The action '{name}' has 'continueOnError' under 'runtimeConfiguration'.",
        setting.Value.AsBoolean ? "Write the statuses 'Failed' and 'TimedOut' into the 'runAfter' of what follows." : "Leave it out.",
        FaultPlace.Name(setting.Origin),
        name);

    // Where there is no such result, the action runs and ends with that status; the rules of static results tell it.
    private static void EnableResult(string name, DraftObject result, DialectContext context)
    {
        context.Mark();
        if (result["name"].AsStringOrNull is not { } wanted || !context.IsStaticResult(wanted)) return;
        context.Report(
            DiagnosticCodes.StaticResultForm,
            $"The static result of action '{name}' has a 'status' in place of 'staticResultOptions'; it counts as enabled.",
            "Write \"staticResultOptions\": \"Enabled\".",
            JsonPointer.Append(result.Origin, "status"),
            name);
        result.Set("staticResultOptions", FlowValue.String("Enabled"));
    }

    private static void Report(string name, DraftMember setting, string standard, DialectContext context) => context.Report(
        DiagnosticCodes.DialectSetting,
        $"The action '{name}' has '{setting.Name}' under 'runtimeConfiguration'.",
        $"Write it as '{standard}'.",
        FaultPlace.Name(setting.Origin),
        name);
}
