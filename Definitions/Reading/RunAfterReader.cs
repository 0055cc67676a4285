namespace FlowEngine.Definitions;

/// <summary>Reads <c>runAfter</c>. Unknown names and statuses stay as written; the validator speaks of them.</summary>
internal static class RunAfterReader
{
    private static readonly (string Name, RunAfterStatuses Status)[] Statuses =
    [
        ("Succeeded", RunAfterStatuses.Succeeded), ("Failed", RunAfterStatuses.Failed), ("Skipped", RunAfterStatuses.Skipped), ("TimedOut", RunAfterStatuses.TimedOut),
    ];

    /// <summary>The predecessors of an action in written order. A trigger is none: agents of Logic Apps name it, and it always has run.</summary>
    public static IReadOnlyList<RunAfter> Read(FlowValue action, string pointer, ActionNames siblings, IReadOnlySet<string> triggers)
    {
        if (action["runAfter"].AsObjectOrNull is not { Count: > 0 } entries) return [];
        var result = new List<RunAfter>(entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            var name = entries.Names[i];
            if (triggers.Contains(name) && siblings.Find(name) is null) continue;
            var statuses = entries.Values[i].AsArrayOrNull ?? FlowArray.Empty;
            var written = new string[statuses.Count];
            var mask = RunAfterStatuses.None;
            for (var s = 0; s < written.Length; s++)
            {
                var (canonical, flag) = Canonical(statuses[s].AsStringOrNull ?? statuses[s].ToJson());
                written[s] = canonical;
                mask |= flag;
            }

            result.Add(new RunAfter(siblings.Find(name) ?? name, mask, written, JsonPointer.Append(pointer, "runAfter", name)) { Key = name });
        }

        return result;
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
