namespace FlowEngine.Definitions;

/// <summary>R7: an entry <c>retryPolicy</c> of an <c>actions</c> map is the policy of those of its actions that have none.</summary>
internal static class RetryPolicyEntries
{
    private const string Name = "retryPolicy";
    private static readonly string[] Types = ["none", "default", "fixed", "exponential"];

    /// <summary>Whether an entry is such a policy.</summary>
    public static bool Is(string name, FlowValue entry) =>
        name.Equals(Name, StringComparison.OrdinalIgnoreCase) && entry["type"].AsStringOrNull is { } type && Types.Contains(type, StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes the policy out of a map; null where there is none.</summary>
    public static DraftMember? Take(DraftObject actions, DialectContext context)
    {
        if (actions.Find(Name) is not { } entry || !Is(entry.Name, entry.Value)) return null;
        context.Report(
            DiagnosticCodes.DialectRetryPolicy,
            "A 'retryPolicy' among actions is no action; it is the policy of those beside it that have none.",
            "Write it into the 'inputs' of each action that is to have it.",
            FaultPlace.Name(entry.Origin),
            entry.Name);
        return actions.Take(Name);
    }

    /// <summary>Gives the policy to the actions of its map.</summary>
    public static void Apply(DraftMember policy, DraftObject actions, DialectContext context)
    {
        foreach (var member in actions.Members)
        {
            // Inputs that an expression gives bring their own settings.
            if (member.Open() is { } action && context.TakesRetryPolicy(action["type"].AsStringOrNull) && action.Open("inputs") is { } inputs && inputs.Find(Name) is null)
                inputs.Put(Name, policy);
        }
    }
}
