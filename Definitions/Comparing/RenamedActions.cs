namespace FlowEngine.Definitions;

/// <summary>Finds actions that have only got another name: the same type and members in the same container, and no other candidate.</summary>
internal static class RenamedActions
{
    // Every action that is gone is compared with every new one. 500 of each, as many as the service allows in a flow, take half a second; 5,000 took 40.
    private const long MaximumPairs = 500 * 500;

    /// <summary>New names by old ones, ignoring case; none where more than 500 actions of each side have no counterpart: those are removed and added.</summary>
    public static Dictionary<string, string> Find(IReadOnlyList<PlacedAction> before, IReadOnlyList<PlacedAction> after)
    {
        var renamed = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var removed = Without(before, after);
        var added = Without(after, before);
        if (removed.Count == 0 || added.Count == 0 || (long)removed.Count * added.Count > MaximumPairs) return renamed;

        // Outer actions come first, so the new name of a container is known when its children are looked at. Nothing depends on the names of what runs before.
        var comparison = new ValueComparison(new TemplateMeaning(renamed));
        var none = new Dictionary<string, string>();
        var values = added.ToDictionary(action => action, action => WithoutRunAfter(action.Own(none)));
        foreach (var one in removed)
        {
            var own = WithoutRunAfter(one.Own(none));
            var candidates = added.Where(other => IsSamePlace(one, other, renamed) && HasSameChildren(one, other) && comparison.Compare(own, values[other]).Count == 0).Take(2).ToList();
            if (candidates.Count != 1 || removed.Count(other => other.Action.Type == one.Action.Type && comparison.Compare(WithoutRunAfter(other.Own(none)), own).Count == 0) > 1) continue;
            renamed[one.Action.Name] = candidates[0].Action.Name;
            added.Remove(candidates[0]);
        }

        return renamed;
    }

    private static List<PlacedAction> Without(IReadOnlyList<PlacedAction> actions, IReadOnlyList<PlacedAction> others)
    {
        var names = others.Select(other => other.Action.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. actions.Where(action => !names.Contains(action.Action.Name))];
    }

    private static bool IsSamePlace(PlacedAction one, PlacedAction other, Dictionary<string, string> renamed) =>
        one.Label == other.Label && string.Equals(one.Parent is null ? null : renamed.GetValueOrDefault(one.Parent, one.Parent), other.Parent, StringComparison.OrdinalIgnoreCase);

    private static bool HasSameChildren(PlacedAction one, PlacedAction other) => one.Children.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(other.Children);

    private static FlowValue WithoutRunAfter(FlowValue own)
    {
        var builder = own.AsObject.ToBuilder();
        builder.Remove("runAfter");
        return builder.ToValue();
    }
}
