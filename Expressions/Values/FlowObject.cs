using System.Collections;

namespace FlowEngine;

/// <summary>An immutable object: members in order, names shared with objects of the same shape.</summary>
public sealed class FlowObject : IReadOnlyCollection<KeyValuePair<string, FlowValue>>
{
    private readonly ObjectShape _shape;
    private readonly FlowValue[] _values;

    internal FlowObject(ObjectShape shape, FlowValue[] values)
    {
        _shape = shape;
        _values = values;
        var depth = 0;
        var size = shape.Size;
        for (var i = 0; i < shape.Count; i++)
        {
            depth = Math.Max(depth, values[i].Depth);
            size += values[i].Size;
        }

        Size = JsonLimits.CheckSize(size);
        Depth = JsonLimits.CheckBuilt(depth + 1);
    }

    /// <summary>The object without members.</summary>
    public static FlowObject Empty { get; } = new(ObjectShape.Empty, []);

    /// <summary>Number of members.</summary>
    public int Count => _shape.Count;

    /// <summary>1, or one more than the deepest member.</summary>
    public int Depth { get; }

    /// <summary>How many characters it takes as JSON, at least; see <see cref="FlowValue.Size"/>.</summary>
    internal int Size { get; }

    internal ObjectShape Shape => _shape;

    /// <summary>The member names in order.</summary>
    public ReadOnlySpan<string> Names => _shape.Names;

    /// <summary>The member values in the order of <see cref="Names"/>.</summary>
    public ReadOnlySpan<FlowValue> Values => _values.AsSpan(0, _shape.Count);

    /// <summary>The member of that name (exact first, else the first ignoring case), or null.</summary>
    public FlowValue this[string name] => TryGet(name, out var value) ? value : default;

    /// <summary>Looks a member up: the exact name first, else the first that equals it ignoring case.</summary>
    public bool TryGet(string name, out FlowValue value)
    {
        var index = _shape.Find(name);
        value = index < 0 ? default : _values[index];
        return index >= 0;
    }

    /// <summary>Looks up exactly this name.</summary>
    public bool TryGetExact(string name, out FlowValue value)
    {
        var index = _shape.FindExact(name);
        value = index < 0 ? default : _values[index];
        return index >= 0;
    }

    /// <summary>The position of a name (exact first, else the first ignoring case), or -1.</summary>
    public int IndexOf(string name) => _shape.Find(name);

    /// <summary>Whether there is such a member, exactly or ignoring case.</summary>
    public bool Contains(string name) => _shape.Find(name) >= 0;

    /// <summary>A builder that starts with these members.</summary>
    public FlowObjectBuilder ToBuilder()
    {
        var builder = new FlowObjectBuilder(Count + 1);
        for (var i = 0; i < Count; i++) builder.Add(_shape[i], _values[i]);
        return builder;
    }

    /// <summary>The members in order.</summary>
    public IEnumerator<KeyValuePair<string, FlowValue>> GetEnumerator()
    {
        for (var i = 0; i < _shape.Count; i++) yield return new(_shape[i], _values[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
