namespace FlowEngine.Definitions;

/// <summary>Finds the members in which two values differ. The order of members is no difference.</summary>
/// <param name="meaning">Decides whether two texts mean the same.</param>
internal sealed class ValueComparison(TemplateMeaning meaning)
{
    /// <summary>The differences, as deep as both sides are objects, or arrays of the same length.</summary>
    public IReadOnlyList<MemberChange> Compare(FlowValue before, FlowValue after)
    {
        var changes = new List<MemberChange>();
        Add(string.Empty, before, after, changes);
        return changes;
    }

    private void Add(string path, FlowValue before, FlowValue after, List<MemberChange> changes)
    {
        if (before.AsObjectOrNull is { } first && after.AsObjectOrNull is { } second)
        {
            foreach (var (name, value) in first)
            {
                var at = JsonPointer.Append(path, name);
                if (second.TryGetExact(name, out var other)) Add(at, value, other, changes);
                else changes.Add(new MemberChange(at, value, HasBefore: true, default, HasAfter: false));
            }

            foreach (var (name, value) in second)
            {
                if (!first.TryGetExact(name, out _)) changes.Add(new MemberChange(JsonPointer.Append(path, name), default, HasBefore: false, value, HasAfter: true));
            }
        }
        else if (before.AsArrayOrNull is { } items && after.AsArrayOrNull is { } others && items.Count == others.Count)
        {
            for (var i = 0; i < items.Count; i++) Add(JsonPointer.Append(path, i), items[i], others[i], changes);
        }
        else if (!AreSame(before, after))
        {
            changes.Add(new MemberChange(path, before, HasBefore: true, after, HasAfter: true));
        }
    }

    private bool AreSame(FlowValue before, FlowValue after) =>
        before.AsStringOrNull is { } text && after.AsStringOrNull is { } other ? meaning.AreSame(text, other) : before.Equals(after);
}
