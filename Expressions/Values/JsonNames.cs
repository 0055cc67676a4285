using Newtonsoft.Json;

namespace FlowEngine;

/// <summary>The names that a reader of JSON met last: one that comes again is the same string.</summary>
/// <remarks>Each name has one place, and a name that needs the place takes it: no text can make it large or slow.</remarks>
internal sealed class JsonNames : JsonNameTable
{
    private const int Places = 128;

    private string?[]? _names;

    /// <summary>The name in a reader's buffer as a string.</summary>
    public override string Get(char[] key, int start, int length)
    {
        var name = key.AsSpan(start, length);
        if (length == 0) return string.Empty;
        _names ??= new string?[Places];
        // Names that are numbered differ in their last characters.
        var hash = (length * 31) + name[0] + (name[length / 2] * 7) + (name[^1] * 17) + (length > 1 ? name[^2] * 5 : 0);
        ref var place = ref _names[hash & (Places - 1)];
        if (place is null || !name.SequenceEqual(place)) place = name.ToString();
        return place;
    }
}
