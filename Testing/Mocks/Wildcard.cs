namespace FlowEngine.Testing;

/// <summary>Patterns in which <c>*</c> stands for any run of characters and nothing else is special.</summary>
internal static class Wildcard
{
    /// <summary>Whether the pattern fits the whole text.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="text">The text.</param>
    /// <param name="caseless">How many characters at the start of the text are compared ignoring case.</param>
    public static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, int caseless = 0)
    {
        // Greedy with one way back, to the last star: linear in practice and never worse than pattern times text.
        int p = 0, t = 0, star = -1, afterStar = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                afterStar = t;
            }
            else if (p < pattern.Length && Same(pattern[p], text[t], t < caseless))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++afterStar;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }

    private static bool Same(char pattern, char text, bool caseless) =>
        pattern == text || (caseless && char.ToUpperInvariant(pattern) == char.ToUpperInvariant(text));
}
