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

    // A segment may have text around its names, as in tables('{table}') and {from}...{to}: a name ends where the text behind it begins, the last one with the segment.
    private static bool MatchSegment(string template, string segment, Dictionary<string, string> values, out bool isLiteral)
    {
        isLiteral = true;
        var at = 0;
        string? name = null;
        for (var rest = template; ;)
        {
            var open = rest.IndexOf('{', StringComparison.Ordinal);
            var close = open < 0 ? -1 : rest.IndexOf('}', open);
            var text = close < 0 ? rest : rest[..open];
            var found = name is null ? (string.Compare(segment, at, text, 0, text.Length, StringComparison.OrdinalIgnoreCase) == 0 ? at : -1)
                : close < 0 ? LastIndex(segment, text, at)
                : segment.IndexOf(text, Math.Min(at + 1, segment.Length), StringComparison.OrdinalIgnoreCase);
            if (found < 0) return false;
            if (name is not null) values[name] = segment[at..found];
            at = found + text.Length;
            if (close < 0) return at == segment.Length;
            isLiteral = false;
            name = rest[(open + 1)..close];
            rest = rest[(close + 1)..];
        }
    }

    // Where the text that ends the segment begins, with a value before it.
    private static int LastIndex(string segment, string text, int at)
    {
        var start = segment.Length - text.Length;
        return start > at && segment.EndsWith(text, StringComparison.OrdinalIgnoreCase) ? start : -1;
    }
}
