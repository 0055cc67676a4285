namespace FlowEngine.Connectors;

/// <summary>Paths with <c>{names}</c>.</summary>
internal static class PathTemplate
{
    /// <summary>The cloud's own first segment: managed connectors have it in their documents, and flows leave it out.</summary>
    public const string ConnectionId = "{connectionId}";

    /// <summary>Whether a path, its values percent-encoded, is one of the template; with the values decoded, and how many segments are literal.</summary>
    public static (IReadOnlyDictionary<string, string> Values, int Literals)? Match(string template, string path)
    {
        var wanted = Segments(template);
        var given = Segments(path);
        if (wanted.Length > 0 && wanted[0] == ConnectionId && given.Length == wanted.Length - 1) wanted = wanted[1..];
        if (wanted.Length != given.Length) return null;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var literals = 0;
        for (var i = 0; i < wanted.Length; i++)
        {
            if (!MatchSegment(wanted[i], Uri.UnescapeDataString(given[i]), values, out var isLiteral)) return null;
            if (isLiteral) literals++;
        }

        return (values, literals);
    }

    private static string[] Segments(string path)
    {
        var end = path.AsSpan().IndexOfAny('?', '#');
        return (end < 0 ? path : path[..end]).Trim('/').Split('/');
    }

    // A segment may have text around its name, as in tables('{table}').
    private static bool MatchSegment(string template, string segment, Dictionary<string, string> values, out bool isLiteral)
    {
        var open = template.IndexOf('{', StringComparison.Ordinal);
        var close = template.LastIndexOf('}');
        isLiteral = open < 0 || close < open;
        if (isLiteral) return template.Equals(segment, StringComparison.OrdinalIgnoreCase);
        var (before, after) = (template[..open], template[(close + 1)..]);
        if (segment.Length <= before.Length + after.Length) return false;
        if (!segment.StartsWith(before, StringComparison.OrdinalIgnoreCase) || !segment.EndsWith(after, StringComparison.OrdinalIgnoreCase)) return false;
        values[template[(open + 1)..close]] = segment[before.Length..^after.Length];
        return true;
    }
}
