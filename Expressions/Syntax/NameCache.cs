namespace FlowEngine.Expressions;

/// <summary>The short texts that expressions of one document repeat: names of functions, of members and of actions, and constants. Each is one string while it is remembered.</summary>
/// <remarks>A place for each hash, where the last text stays: it forgets, but never grows and never searches. Strings of their own were 110 bytes an action (<c>load.actions-1000</c>). For one thread at a time.</remarks>
internal sealed class NameCache
{
    private const int Places = 256; // a power of two
    private const int LongestName = 32;

    private readonly string?[] _names = new string?[Places];

    /// <summary>The text as a string.</summary>
    public string Get(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > LongestName) return text.ToString();
        ref var place = ref _names[Hash(text) & (Places - 1)];
        return place is not null && text.SequenceEqual(place) ? place : place = text.ToString();
    }

    private static int Hash(ReadOnlySpan<char> text)
    {
        var hash = text.Length;
        foreach (var c in text) hash = (hash * 31) + c;
        return hash ^ (hash >> 8);
    }
}
