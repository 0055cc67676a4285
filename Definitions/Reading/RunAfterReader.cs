namespace FlowEngine.Definitions;

/// <summary>Reads <c>runAfter</c>. Unknown names and statuses stay as written; the validator speaks of them.</summary>
internal static class RunAfterReader
{
    private static readonly (string Name, RunAfterStatuses Status)[] Statuses =
    [
        ("Succeeded", RunAfterStatuses.Succeeded), ("Failed", RunAfterStatuses.Failed), ("Skipped", RunAfterStatuses.Skipped), ("TimedOut", RunAfterStatuses.TimedOut),
    ];

    // Nearly every entry says "Succeeded" alone.
    private static readonly string[] SucceededOnly = ["Succeeded"];

    /// <summary>The predecessors of an action in written order. What has <paramref name="started"/> is none: workflows of kind Agent name their trigger, which always has run.</summary>
    public static IReadOnlyList<RunAfter> Read(FlowValue action, PointerSteps place, SiblingNames siblings, IReadOnlySet<string> started)
    {
        if (action["runAfter"].AsObjectOrNull is not { Count: > 0 } entries) return [];
        var result = new RunAfter[entries.Count];
        var count = 0;
        for (var i = 0; i < entries.Count; i++)
        {
            var name = entries.Names[i];
            if (started.Contains(name) && siblings.Find(name) is null) continue;
            var (mask, written) = Read(entries.Values[i].AsArrayOrNull ?? FlowArray.Empty);
            result[count++] = new RunAfter(siblings.Find(name) ?? name, mask, written, place, name);
        }

        return count == result.Length ? result : result[..count];
    }

    private static (RunAfterStatuses Mask, string[] Written) Read(FlowArray statuses)
    {
        if (statuses.Count == 1 && statuses[0].AsStringOrNull is { } only && Canonical(only).Status == RunAfterStatuses.Succeeded) return (RunAfterStatuses.Succeeded, SucceededOnly);
        var written = new string[statuses.Count];
        var mask = RunAfterStatuses.None;
        for (var i = 0; i < written.Length; i++)
        {
            var (canonical, flag) = Canonical(statuses[i].AsStringOrNull ?? statuses[i].ToJson());
            written[i] = canonical;
            mask |= flag;
        }

        return (mask, written);
    }

    /// <summary>The names of statuses, as <c>runAfter</c> has them.</summary>
    public static IEnumerable<string> Names(RunAfterStatuses statuses) => Statuses.Where(entry => statuses.HasFlag(entry.Status)).Select(entry => entry.Name);

    /// <summary>Whether there is such a status, in any case.</summary>
    public static bool IsStatus(string written) => Canonical(written).Status != RunAfterStatuses.None;

    private static (string Name, RunAfterStatuses Status) Canonical(string written)
    {
        foreach (var entry in Statuses)
        {
            if (entry.Name.Equals(written, StringComparison.OrdinalIgnoreCase)) return entry;
        }

        return (written, RunAfterStatuses.None);
    }
}
