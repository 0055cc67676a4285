namespace FlowEngine.Definitions;

/// <summary>R6: <c>timeout</c> and <c>retryPolicy</c> under <c>runtimeConfiguration</c>, which the service has in <c>limit</c> and in <c>inputs</c>.</summary>
internal static class RuntimeSettings
{
    private const string Configuration = "runtimeConfiguration";
    private const string Timeout = "timeout";
    private const string RetryPolicy = "retryPolicy";

    /// <summary>Whether an action has such settings.</summary>
    public static bool Are(FlowValue action) => action[Configuration] is { IsObject: true } settings && (settings[Timeout].IsString || settings[RetryPolicy].IsObject);

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

        if (settings.Members.Count == 0) action.Take(Configuration);
    }

    private static void MoveTimeout(DraftObject action, DraftObject settings)
    {
        if (action.Find("limit") is null) action.Put("limit", new DraftObject(settings.Origin));
        if (action.Open("limit") is { } limit && limit.Find(Timeout) is null) limit.Put(Timeout, settings.Take(Timeout)!); // the caller has seen it
    }

    private static void Report(string name, DraftMember setting, string standard, DialectContext context) => context.Report(
        DiagnosticCodes.DialectSetting,
        $"The action '{name}' has '{setting.Name}' under 'runtimeConfiguration'.",
        $"Write it as '{standard}'.",
        FaultPlace.Name(setting.Origin),
        name);
}
