namespace FlowEngine;

/// <summary>Collects members and makes a <see cref="FlowObject"/> of them. One use, one thread.</summary>
public sealed class FlowObjectBuilder
{
    private string[] _names;
    private FlowValue[] _values;
    private Dictionary<string, int>? _index;

    /// <summary>An empty builder.</summary>
    public FlowObjectBuilder()
        : this(4)
    {
    }

    /// <summary>An empty builder with room for so many members.</summary>
    public FlowObjectBuilder(int capacity)
    {
        _names = new string[Math.Max(capacity, 1)];
        _values = new FlowValue[Math.Max(capacity, 1)];
    }

    /// <summary>Members so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a member that the caller knows to be new; much cheaper than <see cref="Set"/> where names can't repeat.</summary>
    public FlowObjectBuilder Add(string name, FlowValue value)
    {
        if (Count == _names.Length)
        {
            System.Array.Resize(ref _names, Count * 2);
            System.Array.Resize(ref _values, Count * 2);
        }

        _names[Count] = name;
        _values[Count] = value;
        _index?.Add(name, Count);
        Count++;
        return this;
    }

    /// <summary>Adds a member where <paramref name="value"/> is not null (absent means absent in records).</summary>
    public FlowObjectBuilder AddUnlessNull(string name, FlowValue value) => value.IsNull ? this : Add(name, value);

    /// <summary>Sets a member; a name that exists (exactly) takes the new value and moves to the end, as duplicate names in JSON do.</summary>
    public FlowObjectBuilder Set(string name, FlowValue value)
    {
        // The service keeps the last duplicate and moves it to the end; JObject would keep the first position.
        Remove(name);
        return Add(name, value);
    }

    /// <summary>Keeps of every name its last member only, as <see cref="Set"/> for each would have, in one pass: text with many repeated names stays linear.</summary>
    internal void KeepLast()
    {
        if (!HaveRepeats(_names.AsSpan(0, Count), StringComparison.Ordinal)) return;
        var seen = new HashSet<string>(Count, StringComparer.Ordinal);
        var kept = new (string Name, FlowValue Value)[Count];
        var to = Count;
        for (var from = Count - 1; from >= 0; from--)
        {
            if (seen.Add(_names[from])) kept[--to] = (_names[from], _values[from]);
        }

        var count = Count - to;
        for (var i = 0; i < count; i++) (_names[i], _values[i]) = kept[to + i];
        Count = count;
        _index = null;
    }

    /// <summary>Whether a name is among them twice: compared exactly, or ignoring case.</summary>
    internal static bool HaveRepeats(ReadOnlySpan<string> names, StringComparison comparison)
    {
        if (names.Length > 16) return new HashSet<string>(names.ToArray(), StringComparer.FromComparison(comparison)).Count < names.Length;
        // Most objects have few names: comparing pairs needs no set.
        for (var i = 1; i < names.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (names[i].Length == names[j].Length && names[i].Equals(names[j], comparison)) return true;
            }
        }

        return false;
    }

    /// <summary>Sets a member; a name that exists (exactly) takes the new value in its place.</summary>
    public FlowObjectBuilder Replace(string name, FlowValue value)
    {
        var at = Find(name);
        if (at < 0) return Add(name, value);
        _values[at] = value;
        return this;
    }

    /// <summary>Removes exactly this name, if it is there.</summary>
    public bool Remove(string name)
    {
        var at = Find(name);
        if (at < 0) return false;
        System.Array.Copy(_names, at + 1, _names, at, Count - at - 1);
        System.Array.Copy(_values, at + 1, _values, at, Count - at - 1);
        Count--;
        _index = null;
        return true;
    }

    /// <summary>The object. The builder must not be used afterwards.</summary>
    /// <exception cref="FlowJsonException">Nested deeper than <see cref="JsonLimits.MaxBuiltDepth"/>.</exception>
    public FlowObject ToObject() => Count == 0 ? FlowObject.Empty : new FlowObject(new ObjectShape(_names, Count), _values);

    /// <summary>The object as a value. The builder must not be used afterwards.</summary>
    public FlowValue ToValue() => FlowValue.Object(ToObject());


    private int Find(string name)
    {
        if (Count <= 16)
        {
            for (var i = 0; i < Count; i++)
            {
                if (_names[i] == name) return i;
            }

            return -1;
        }

        if (_index is null)
        {
            _index = new Dictionary<string, int>(Count, StringComparer.Ordinal);
            for (var i = 0; i < Count; i++) _index[_names[i]] = i;
        }

        return _index.TryGetValue(name, out var at) ? at : -1;
    }
}
