namespace FlowEngine.Expressions;

/// <summary>The name that a misspelt one was probably meant to be.</summary>
internal static class NearestName
{
    // A failing look-up in a loop must stay cheap, however many members the object has.
    private const int MaxCandidates = 200;

    /// <summary>A candidate that starts with the name, else the one at the smallest edit distance up to a third of its length (at least 1); or null.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(candidates);
        string? best = null;
        var bestDistance = Math.Max(1, name.Length / 3) + 1;
        string? longer = null;
        foreach (var candidate in candidates)
        {
            if (name.Length >= 3 && candidate.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (longer is null || candidate.Length < longer.Length))
                longer = candidate;
            var distance = Distance(name, candidate, bestDistance);
            if (distance >= bestDistance || distance >= name.Length) continue; // another name altogether, such as 'x' for 'a'
            best = candidate;
            bestDistance = distance;
        }

        return bestDistance <= 1 ? best : longer ?? best;
    }

    /// <summary>The question that a message about a misspelt name ends with, or null. Among very many names none is looked for.</summary>
    public static string? Hint(string name, ReadOnlySpan<string> candidates) =>
        candidates.Length <= MaxCandidates && Find(name, candidates.ToArray()) is { } nearest ? $"Did you mean '{nearest}'?" : null;

    private static int Distance(string left, string right, int limit)
    {
        if (Math.Abs(left.Length - right.Length) >= limit) return limit;
        var previous = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++) previous[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
