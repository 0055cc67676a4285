using System.Globalization;
using System.Text;

namespace FlowEngine.Cli;

/// <summary>Makes text of flows, files and servers harmless to a terminal and keeps it on its line.</summary>
internal static class TerminalText
{
    /// <summary>The text with control characters written as <c>\u001b</c>; line breaks and tabs too.</summary>
    public static string Clean(string text) => Clean(text, keepLines: false);

    /// <summary>The text with control characters written as <c>\u001b</c>; line breaks stay.</summary>
    public static string CleanLines(string text) => Clean(text, keepLines: true);

    /// <summary>The text cut to a width, with an ellipsis where something is missing.</summary>
    public static string Shorten(string text, int width) => text.Length <= width ? text : string.Concat(text.AsSpan(0, Math.Max(width - 3, 0)), "...");

    private static string Clean(string text, bool keepLines)
    {
        var first = 0;
        while (first < text.Length && !IsHarmful(text[first], keepLines)) first++;
        if (first == text.Length) return text;
        var clean = new StringBuilder(text.Length + 16).Append(text, 0, first);
        for (var i = first; i < text.Length; i++)
        {
            var c = text[i];
            if (!IsHarmful(c, keepLines)) clean.Append(c);
            else if (c == '\n') clean.Append("\\n");
            else if (c == '\r') clean.Append(keepLines && i + 1 < text.Length && text[i + 1] == '\n' ? "" : "\\r");
            else if (c == '\t') clean.Append(keepLines ? "    " : "\\t");
            else clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }

        return clean.ToString();
    }

    // C0 and C1 controls drive terminals; the bidirectional marks and the line separators let a text look like another one.
    private static bool IsHarmful(char c, bool keepLines) => c switch
    {
        '\n' => !keepLines,
        < ' ' or (>= '\u007f' and <= '\u009f') => true,
        (>= '\u200e' and <= '\u200f') or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069') => true,
        _ => false,
    };
}
