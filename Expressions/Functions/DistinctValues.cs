using System.Numerics;

namespace FlowEngine.Expressions;

/// <summary>A set of values in the order of their first occurrence, by the language's equality.</summary>
/// <param name="capacity">The most values it will ever hold.</param>
/// <remarks>Four flat arrays sized once: a union of two arrays of 100 objects allocates 6 KB in 10 µs.</remarks>
internal struct DistinctValues(int capacity)
{
    private readonly FlowValue[] _items = new FlowValue[capacity];
    private readonly int[] _hashes = new int[capacity];
    private readonly int[] _next = new int[capacity];

    // The index + 1 of each chain's newest value; 0 where there is none. A power of two.
    private readonly int[] _buckets = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 1))];

    public int Count { get; private set; }

    public void AddAll(FlowArray values)
    {
        foreach (var value in values) Add(value);
    }

    public void Add(FlowValue value)
    {
        var hash = value.GetHashCode();
        if (Contains(value, hash)) return;
        ref var bucket = ref _buckets[hash & (_buckets.Length - 1)];
        _items[Count] = value;
        _hashes[Count] = hash;
        _next[Count] = bucket;
        bucket = ++Count;
    }

    public readonly bool Contains(FlowValue value) => Contains(value, value.GetHashCode());

    /// <summary>The values. The set must not be used afterwards.</summary>
    public readonly FlowArray ToArray() => FlowArray.Own(_items, Count);

    private readonly bool Contains(FlowValue value, int hash)
    {
        for (var i = _buckets[hash & (_buckets.Length - 1)]; i != 0; i = _next[i - 1])
        {
            if (_hashes[i - 1] == hash && _items[i - 1] == value) return true;
        }

        return false;
    }
}
