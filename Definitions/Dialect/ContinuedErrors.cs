namespace FlowEngine.Definitions;

/// <summary>R6 in standard form: what runs after an action with <c>continueOnError</c> runs after its failure too.</summary>
internal static class ContinuedErrors
{
    private const string Configuration = "runtimeConfiguration";
    private const string Setting = "continueOnError";
    private static readonly string[] Added = ["Failed", "TimedOut"];

    /// <summary>Rewrites such actions, unless nothing runs after one, or something after its failure only: then no <c>runAfter</c> says the same.</summary>
    public static void Rewrite(DraftObject definition)
    {
        if (definition.Open("actions") is { } actions) RewriteMap(actions);
    }

    private static void RewriteMap(DraftObject actions)
    {
        foreach (var member in actions.Members.ToArray())
        {
            if (!member.Value.IsObject || member.Open() is not { } action) continue;
            if (action[Configuration][Setting] is { IsBoolean: true } setting && (!setting.AsBoolean || Spread(member.Name, actions))) Remove(action);
            foreach (var nested in DialectStage.ActionMaps(action)) RewriteMap(nested);
        }
    }

    private static bool Spread(string name, DraftObject actions)
    {
        var after = new List<(DraftObject RunAfter, DraftMember Statuses)>();
        foreach (var sibling in actions.Members)
        {
            if (!sibling.Value["runAfter"].IsObject || sibling.Open()!.Open("runAfter") is not { } runAfter || runAfter.Find(name) is not { Value.IsArray: true } statuses) continue; // it is an object
            if (!Has(statuses.Value, "Succeeded")) return false;
            after.Add((runAfter, statuses));
        }

        foreach (var (runAfter, statuses) in after)
        {
            var missing = Added.Where(status => !Has(statuses.Value, status)).Select(FlowValue.String);
            runAfter.Set(statuses.Name, FlowArray.Create(statuses.Value.AsArray.Concat(missing)));
        }

        return after.Count > 0;
    }

    private static bool Has(FlowValue statuses, string status) => statuses.AsArray.Any(one => status.Equals(one.AsStringOrNull, StringComparison.OrdinalIgnoreCase));

    private static void Remove(DraftObject action)
    {
        var settings = action.Open(Configuration)!; // the setting was found in it
        settings.Take(Setting);
        if (settings.Members.Count == 0) action.Take(Configuration);
    }
}
