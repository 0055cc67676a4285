using System.Globalization;
using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary>A line of a file with carets under a place in it.</summary>
internal static class SourceExcerpt
{
    private const int UsualWidth = 110;
    private const int NarrowestWidth = 20;

    /// <summary>Writes the line and the carets; nothing where the text has no such line.</summary>
    public static void Write(string text, SourceLocation place, TextWriter output, int? width = null)
    {
        if (LineOf(text, place.Line) is not { } line || line.Length == 0) return;
        var number = place.Line.ToString(CultureInfo.InvariantCulture);
        Write(line, place.Column - 1, Math.Max(place.EndColumn - place.Column, 1), number, output, width);
    }

    /// <summary>Writes a line with carets under a piece of it.</summary>
    /// <param name="line">The line.</param>
    /// <param name="start">Where the piece starts, from 0.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="label">What stands in front of the line.</param>
    /// <param name="output">Where to.</param>
    /// <param name="width">Columns of the terminal, so that the line does not wrap; null for the usual.</param>
    public static void Write(string line, int start, int length, string label, TextWriter output, int? width = null)
    {
        start = Math.Clamp(start, 0, line.Length);
        // The label, the bar and the two ellipses need room beside the line.
        var room = Math.Max(Math.Min(width ?? UsualWidth, UsualWidth) - label.Length - 5, NarrowestWidth);
        var first = line.Length <= room ? 0 : Math.Clamp(start - (room / 2), 0, line.Length - room);
        var last = Math.Min(first + room, line.Length);
        var lead = first > 0 ? "…" : "";
        var shown = Harmless(line.AsSpan(first, last - first));
        var carets = Math.Max(Math.Min(length, last - start), 1);
        output.WriteLine($"{label} | {lead}{shown}{(last < line.Length ? "…" : "")}");
        output.WriteLine($"{new string(' ', label.Length)} | {new string(' ', lead.Length + start - first)}{new string('^', carets)}");
    }

    // One character for one, so that the carets stay under their place.
    private static string Harmless(ReadOnlySpan<char> line)
    {
        Span<char> shown = stackalloc char[UsualWidth];
        for (var i = 0; i < line.Length; i++) shown[i] = line[i] == '\t' ? ' ' : TerminalText.IsHarmful(line[i]) ? '·' : line[i];
        return new string(shown[..line.Length]);
    }

    private static string? LineOf(string text, int number)
    {
        using var lines = new StringReader(text);
        for (var i = 1; lines.ReadLine() is { } line; i++)
        {
            if (i == number) return line;
        }

        return null;
    }
}
