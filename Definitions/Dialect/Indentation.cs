namespace FlowEngine.Definitions;

/// <summary>How far the lines of a text are indented.</summary>
internal static class Indentation
{
    private const string Default = "  ";

    /// <summary>The white space at the start of the line on which a position stands.</summary>
    public static string At(string text, int position)
    {
        var start = position == 0 ? 0 : text.LastIndexOf('\n', position - 1) + 1;
        var end = start;
        while (end < text.Length && text[end] is ' ' or '\t') end++;
        return text[start..end];
    }

    /// <summary>What one level adds: the indentation of the first line that has any; nothing where no line has.</summary>
    public static string UnitOf(string text)
    {
        var lines = 0;
        for (var at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\n', at + 1), lines++)
        {
            if (At(text, at + 1) is { Length: > 0 } unit) return unit;
        }

        return lines > 1 ? string.Empty : Default;
    }
}
