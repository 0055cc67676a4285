using System.Text;
using Newtonsoft.Json;

namespace FlowEngine;

/// <summary>The names, or the texts, that a reader of JSON met last: one that comes again is the same string.</summary>
/// <remarks>Each has one place, and another that needs the place takes it: no text can make it large or slow.</remarks>
internal sealed class JsonNames : JsonNameTable
{
    private const int Places = 256;

    private string?[]? _names;

    /// <summary>The name in a reader's buffer as a string.</summary>
    public override string Get(char[] key, int start, int length)
    {
        var name = key.AsSpan(start, length);
        if (length == 0) return string.Empty;
        ref var place = ref Place(length, name[0], name[length / 2], name[^1], name[length > 1 ? ^2 : ^1]);
        if (place is null || !name.SequenceEqual(place)) place = name.ToString();
        return place;
    }

    /// <summary>A name or text without escapes, in UTF-8, as a string.</summary>
    public string Get(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty) return string.Empty;
        ref var place = ref Place(name.Length, name[0], name[name.Length / 2], name[^1], name[name.Length > 1 ? ^2 : ^1]);
        if (place is null || !Ascii.Equals(name, place)) place = Encoding.UTF8.GetString(name);
        return place;
    }

    // Names that are numbered differ in their last characters.
    private ref string? Place(int length, int first, int middle, int last, int nextToLast)
    {
        _names ??= new string?[Places];
        return ref _names[((length * 31) + first + (middle * 7) + (last * 17) + (nextToLast * 5)) & (Places - 1)];
    }
}
