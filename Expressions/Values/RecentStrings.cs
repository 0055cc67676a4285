using System.Text;

namespace FlowEngine;

/// <summary>The names, or the texts, that a reader of JSON met last: one that comes again is the same string.</summary>
/// <remarks>Each has one place, and another that needs the place takes it: no text can make it large or slow.</remarks>
/// <param name="places">How many; a power of two.</param>
internal sealed class RecentStrings(int places = RecentStrings.Many)
{
    private const int Few = 16;
    private const int Many = 256;

    private readonly string?[] _strings = new string?[places];

    /// <summary>As many places as are worth it: an answer of 100 characters took 2.8 KB to read, 2 of them for places.</summary>
    /// <param name="length">The characters, or bytes, of the whole text.</param>
    public static RecentStrings ForText(int length) => new(length < 1_024 ? Few : Many);

    /// <summary>The string of these characters.</summary>
    public string Get(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return string.Empty;
        ref var place = ref Place(text.Length, text[0], text[text.Length / 2], text[^1], text[text.Length > 1 ? ^2 : ^1]);
        if (place is null || !text.SequenceEqual(place)) place = text.ToString();
        return place;
    }

    /// <summary>The string of these characters in UTF-8.</summary>
    public string Get(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return string.Empty;
        ref var place = ref Place(text.Length, text[0], text[text.Length / 2], text[^1], text[text.Length > 1 ? ^2 : ^1]);
        if (place is null || !Ascii.Equals(text, place)) place = Encoding.UTF8.GetString(text);
        return place;
    }

    // Names that are numbered differ in their last characters.
    private ref string? Place(int length, int first, int middle, int last, int nextToLast) =>
        ref _strings[((length * 31) + first + (middle * 7) + (last * 17) + (nextToLast * 5)) & (_strings.Length - 1)];
}
