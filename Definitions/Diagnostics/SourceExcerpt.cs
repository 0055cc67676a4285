using System.Globalization;
using System.Text;
using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>The line of a place and the carets under it, as they are printed: of diagnostics and of errors at run time alike.</summary>
/// <param name="Line">The line's number and text, cut to a window around the place where it is long.</param>
/// <param name="Carets">The carets under the place, and the note behind them.</param>
internal readonly record struct SourceExcerpt(string Line, string Carets)
{
    private const char Ellipsis = '…';

    // What stands before the place matters more than what follows: two thirds of the window are for it.
    private const double ShareBefore = 2 / 3d;

    /// <summary>Both lines.</summary>
    public override string ToString() => $"{Line}\n{Carets}";

    /// <summary>Cuts the excerpt of a place in a file; null where the text has no such line, or nothing in it.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="location">The place in it.</param>
    /// <param name="note">What stands behind the carets, such as a suggestion.</param>
    /// <param name="width">How many columns may be printed.</param>
    public static SourceExcerpt? Of(string text, SourceLocation location, string? note = null, int width = DiagnosticText.DefaultWidth)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(location);
        return OfLine(new LineIndex(text).Line(location.Line), location, note, width);
    }

    internal static SourceExcerpt? OfLine(string line, SourceLocation location, string? note, int width) => line.Length == 0
        ? null
        : OfPiece(CredentialText.Hide(line, location.Path), new TextSpan(location.Column - 1, location.EndColumn - location.Column), location.Line.ToString(CultureInfo.InvariantCulture), note, width);

    /// <summary>Cuts the excerpt of a piece of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="piece">The piece of it.</param>
    /// <param name="label">What stands before the line.</param>
    /// <param name="note">What stands behind the carets.</param>
    /// <param name="width">How many columns may be printed.</param>
    public static SourceExcerpt OfPiece(string line, TextSpan piece, string label, string? note = null, int width = DiagnosticText.DefaultWidth)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(label);
        var room = Math.Max(width - label.Length - 3, 20);
        var start = Math.Clamp(piece.Start, 0, line.Length);
        var length = Math.Max(Math.Min(piece.End, line.Length) - start, 1);

        var from = 0;
        var to = line.Length;
        if (line.Length > room)
        {
            from = Math.Clamp(start + Math.Min(length, room / 2) - (int)(room * ShareBefore), 0, line.Length - room);
            to = from + room;
            if (from > 0 && char.IsLowSurrogate(line[from])) from++;
            if (to < line.Length && char.IsLowSurrogate(line[to])) to--;
        }

        length = Math.Max(Math.Min(length, to - start), 1);
        var text = new StringBuilder(label).Append(" | ");
        var carets = new StringBuilder().Append(' ', label.Length).Append(" | ");
        for (var i = from; i < to; i++)
        {
            var isCut = (i == from && from > 0) || (i == to - 1 && to < line.Length);
            var c = isCut ? Ellipsis : line[i];
            text.Append(IsHarmful(c) ? '·' : c);
            if (i < start) carets.Append(c == '\t' ? "\t" : Blanks(c));
            else if (i < start + length) carets.Append('^', Blanks(c).Length);
        }

        if (start >= to) carets.Append('^');
        if (note is not null) carets.Append(' ').Append(note);
        return new SourceExcerpt(text.ToString(), carets.ToString());
    }

    // Controls drive terminals; the bidirectional marks and the line separators let a text look like another one.
    private static bool IsHarmful(char c) =>
        (char.IsControl(c) && c != '\t') || c is (>= '\u200e' and <= '\u200f') or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    // Columns of a terminal: marks take none, wide letters two; a surrogate pair is two units and two columns.
    private static string Blanks(char c) => IsHarmful(c) ? " " : CharUnicodeInfo.GetUnicodeCategory(c) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => string.Empty,
        _ => c is (>= '\u1100' and <= '\u115F') or (>= '\u2E80' and <= '\uA4CF') or (>= '\uAC00' and <= '\uD7A3') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF00' and <= '\uFF60') ? "  " : " ",
    };
}
