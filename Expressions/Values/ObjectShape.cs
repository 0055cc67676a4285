namespace FlowEngine;

/// <summary>The names of an object's members, shared by all objects that have the same names in the same order.</summary>
/// <remarks>Up to <see cref="ScanLimit"/> names are scanned, more are found through an index that is made at the first look-up.</remarks>
internal sealed class ObjectShape(string[] names, int count)
{
    private const int ScanLimit = 8;

    private Dictionary<string, int>? _exact;
    private Dictionary<string, int>? _ignoringCase;
    private int[]? _nameHashes;

    public static ObjectShape Empty { get; } = new([], 0);

    /// <summary>The shape of objects that somebody makes many of, and keeps.</summary>
    public static ObjectShape Of(params string[] names) => new(names, names.Length);

    /// <summary>An object of this shape: a third of the bytes that a builder takes.</summary>
    /// <param name="values">One for each name.</param>
    public FlowValue With(params ReadOnlySpan<FlowValue> values) => FlowValue.Object(new FlowObject(this, values.ToArray()));

    public int Count => count;

    /// <summary>What a reader of many objects found out from their names alone, in its own terms; 0 where nobody has looked. Whoever looks finds the same.</summary>
    public int Findings { get; set; }

    /// <summary>How many characters the names, braces, colons and commas take as JSON, at least.</summary>
    public long Size { get; } = Measure(names.AsSpan(0, count));

    public string this[int index] => names[index];

    public ReadOnlySpan<string> Names => names.AsSpan(0, count);

    /// <summary>The hashes of the names; made once, as objects of one shape are mostly hashed together.</summary>
    public int[] NameHashes => _nameHashes ??= HashNames();

    /// <summary>The position of a name: exact first, else the first that equals it ignoring case; -1 where there is none.</summary>
    public int Find(string name)
    {
        if (count <= ScanLimit)
        {
            var alike = -1;
            for (var i = 0; i < count; i++)
            {
                if (ReferenceEquals(names[i], name)) return i;
                if (names[i].Length != name.Length) continue;
                if (names[i] == name) return i;
                if (alike < 0 && names[i].Equals(name, StringComparison.OrdinalIgnoreCase)) alike = i;
            }

            return alike;
        }

        var exact = FindExact(name);
        if (exact >= 0) return exact;
        var index = _ignoringCase ??= Index(StringComparer.OrdinalIgnoreCase);
        return index.TryGetValue(name, out var position) ? position : -1;
    }

    /// <summary>The position of exactly this name, or -1.</summary>
    public int FindExact(string name)
    {
        if (count <= ScanLimit)
        {
            for (var i = 0; i < count; i++)
            {
                // Names of one document are interned by its reader, and constants by the compiler: mostly the reference decides.
                if (ReferenceEquals(names[i], name)) return i;
            }

            for (var i = 0; i < count; i++)
            {
                if (names[i] == name) return i;
            }

            return -1;
        }

        var index = _exact ??= Index(StringComparer.Ordinal);
        return index.TryGetValue(name, out var position) ? position : -1;
    }

    /// <summary>Whether these are the names, in this order.</summary>
    public bool Has(ReadOnlySpan<string> other)
    {
        if (other.Length != count) return false;
        for (var i = 0; i < count; i++)
        {
            if (!ReferenceEquals(names[i], other[i]) && names[i] != other[i]) return false;
        }

        return true;
    }

    private static long Measure(ReadOnlySpan<string> names)
    {
        long size = 2;
        foreach (var name in names) size += name.Length + 4;
        return size;
    }

    private Dictionary<string, int> Index(StringComparer comparer)
    {
        var index = new Dictionary<string, int>(count, comparer);
        for (var i = 0; i < count; i++) index.TryAdd(names[i], i);
        return index;
    }

    private int[] HashNames()
    {
        var hashes = new int[count];
        for (var i = 0; i < hashes.Length; i++) hashes[i] = names[i].GetHashCode();
        return hashes;
    }
}
