using System.Runtime.InteropServices;
using System.Text;

namespace FlowEngine;

/// <summary>Texts that are looked for all at once: one pass over a text, however many there are.</summary>
/// <remarks>The first four characters of each are its key; a filter of bits over the first two keeps ordinary text from being looked up at all.</remarks>
internal sealed class SecretIndex
{
    private const int KeyLength = 4;

    private readonly Dictionary<ulong, List<string>> _byKey = [];
    private readonly ulong[] _filter = new ulong[1 << 10];

    /// <summary>Takes the texts up.</summary>
    /// <param name="texts">Each of four characters or more; shorter ones are left out.</param>
    public SecretIndex(IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            if (text.Length < KeyLength) continue;
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_byKey, KeyAt(text, 0), out _);
            (known ??= []).Add(text);
            var bit = BitOf(text[0], text[1]);
            _filter[bit >> 6] |= 1ul << (bit & 63);
        }

        // The longest that fits counts.
        foreach (var known in _byKey.Values) known.Sort(static (a, b) => b.Length - a.Length);
    }

    public bool IsIn(string text) => Next(text, 0, out _) >= 0;

    /// <summary>The text with a mark for every stretch that one of them, or several that overlap, cover; the very same text where there is none.</summary>
    public string Replace(string text, string mark)
    {
        var at = Next(text, 0, out var length);
        if (at < 0) return text;
        var result = new StringBuilder(text.Length);
        var from = 0;
        while (at >= 0)
        {
            var end = at + length;
            for (var inner = at + 1; inner < end; inner++) end = Math.Max(end, inner + LengthAt(text, inner));
            result.Append(text, from, at - from).Append(mark);
            from = end;
            at = Next(text, from, out length);
        }

        return result.Append(text, from, text.Length - from).ToString();
    }

    private int Next(string text, int from, out int length)
    {
        for (var at = from; at <= text.Length - KeyLength; at++)
        {
            length = LengthAt(text, at);
            if (length > 0) return at;
        }

        length = 0;
        return -1;
    }

    private int LengthAt(string text, int at)
    {
        if (at > text.Length - KeyLength) return 0;
        var bit = BitOf(text[at], text[at + 1]);
        if ((_filter[bit >> 6] & (1ul << (bit & 63))) == 0 || !_byKey.TryGetValue(KeyAt(text, at), out var known)) return 0;
        foreach (var one in known)
        {
            if (text.AsSpan(at).StartsWith(one, StringComparison.Ordinal)) return one.Length;
        }

        return 0;
    }

    private static int BitOf(char first, char second) => ((first * 251) ^ second) & 0xFFFF;

    // Four characters of sixteen bits.
    private static ulong KeyAt(string text, int at) =>
        MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(text.AsSpan(at, KeyLength)));
}
