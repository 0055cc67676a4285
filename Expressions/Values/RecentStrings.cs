using System.Text;

namespace FlowEngine;

/// <summary>The names, or the texts, that a reader of JSON met last: one that comes again is the same string.</summary>
/// <remarks>Each has one place, and another that needs the place takes it: no text can make it large or slow.</remarks>
internal sealed class RecentStrings
{
    private const int Places = 256;

    private readonly string?[] _strings = new string?[Places];

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
        ref _strings[((length * 31) + first + (middle * 7) + (last * 17) + (nextToLast * 5)) & (Places - 1)];
}
