using System.Collections;

namespace FlowEngine;

/// <summary>An immutable array of values. Appending shares the buffer, so a loop of appends is linear and old readers keep their snapshot.</summary>
public sealed class FlowArray : IReadOnlyList<FlowValue>
{
    // The buffer that several arrays may share. Each sees only its first Count elements; Used tells who may claim the next cell.
    private sealed class Buffer(FlowValue[] items, int used)
    {
        public readonly FlowValue[] Items = items;
        public int Used = used;
    }

    private readonly Buffer _buffer;

    private FlowArray(Buffer buffer, int count, int depth, long size)
    {
        _buffer = buffer;
        Count = count;
        Depth = JsonLimits.CheckBuilt(depth);
        Size = JsonLimits.CheckSize(size);
    }

    /// <summary>The empty array.</summary>
    public static FlowArray Empty { get; } = new(new Buffer([], 0), 0, 1, 2);

    /// <summary>Number of elements.</summary>
    public int Count { get; }

    /// <summary>1, or one more than the deepest element.</summary>
    public int Depth { get; }

    /// <summary>How many characters it takes as JSON, at least; see <see cref="FlowValue.Size"/>.</summary>
    internal int Size { get; }

    /// <summary>An array that takes the given cells over: the caller must not write to them again.</summary>
    internal static FlowArray Own(FlowValue[] items, int count)
    {
        if (count == 0) return Empty;
        var depth = 0;
        var size = 1L + count;
        for (var i = 0; i < count; i++)
        {
            depth = Math.Max(depth, items[i].Depth);
            size += items[i].Size;
        }

        return new FlowArray(new Buffer(items, count), count, depth + 1, size);
    }

    /// <summary>An array of a copy of the given elements.</summary>
    /// <exception cref="FlowJsonException">Nested deeper than <see cref="JsonLimits.MaxBuiltDepth"/>.</exception>
    public static FlowArray Create(params ReadOnlySpan<FlowValue> items) => Own(items.ToArray(), items.Length);

    /// <summary>An array of the elements of a sequence.</summary>
    /// <exception cref="FlowJsonException">Nested deeper than <see cref="JsonLimits.MaxBuiltDepth"/>.</exception>
    public static FlowArray Create(IEnumerable<FlowValue> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var copy = items.ToArray();
        return Own(copy, copy.Length);
    }

    /// <summary>The element at <paramref name="index"/>, from 0.</summary>
    public FlowValue this[int index] =>
        (uint)index < (uint)Count ? _buffer.Items[index] : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>The elements.</summary>
    public ReadOnlySpan<FlowValue> AsSpan() => _buffer.Items.AsSpan(0, Count);

    /// <summary>This array and one more element. Linear over a loop of appends to the newest array; this one keeps its snapshot.</summary>
    /// <exception cref="FlowJsonException">Nested deeper than <see cref="JsonLimits.MaxBuiltDepth"/>.</exception>
    public FlowArray Append(FlowValue item)
    {
        var depth = Math.Max(Depth, item.Depth + 1);
        var size = Size + 1L + item.Size;
        if (_buffer.Items.Length > Count && Interlocked.CompareExchange(ref _buffer.Used, Count + 1, Count) == Count)
        {
            _buffer.Items[Count] = item;
            return new FlowArray(_buffer, Count + 1, depth, size);
        }

        var grown = new FlowValue[Math.Max(4, Count * 2)];
        AsSpan().CopyTo(grown);
        grown[Count] = item;
        return new FlowArray(new Buffer(grown, Count + 1), Count + 1, depth, size);
    }

    /// <summary>The elements in order, without allocation.</summary>
    public ReadOnlySpan<FlowValue>.Enumerator GetEnumerator() => AsSpan().GetEnumerator();

    IEnumerator<FlowValue> IEnumerable<FlowValue>.GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return _buffer.Items[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<FlowValue>)this).GetEnumerator();
}
