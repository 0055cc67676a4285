using System.Globalization;

namespace FlowEngine;

/// <summary>Times of records: UTC with <c>Z</c>, up to seven fraction digits, trailing zeros removed (recorded; runtime reference, 2.7).</summary>
internal static class Timestamps
{
    public static string Text(long utcTicks)
    {
        // The platform's own format, cut: a format of one's own is read anew each time and takes five times as long (a tenth of writing a record).
        Span<char> text = stackalloc char[28]; // "2026-01-31T10:00:00.0000000Z"
        new DateTime(utcTicks, DateTimeKind.Utc).TryFormat(text, out var length, "O", CultureInfo.InvariantCulture);
        var end = text[..(length - 1)].TrimEnd('0').TrimEnd('.').Length;
        text[end] = 'Z';
        return new string(text[..(end + 1)]);
    }
}
