namespace FlowEngine;

/// <summary>The containers that a reader of JSON, or who makes a large value, is in: their members and items, the innermost one's on top.</summary>
/// <remarks>
/// So each container is made once and in its final size. With the names that <see cref="RecentStrings"/> keeps, reading 1,000 actions
/// (<c>load.actions-1000</c>) allocates 1,100 bytes an action in place of 2,060.
/// </remarks>
internal sealed class OpenContainers
{
    private const int FewShapes = 32;
    private const int ManyShapes = 256;

    private string[] _names = [];
    private FlowValue[] _values = [];

    // Rows of one array, and actions of one type, mostly have one shape: the one met last in its place is tried first, so their names are stored once.
    private ObjectShape?[]? _shapes;
    private int _newShapes;

    /// <summary>Members and items so far: where the next container starts.</summary>
    public int Count { get; private set; }

    /// <summary>Whether an object that is closed had a name twice or in two cases.</summary>
    public bool HasRepeatedNames { get; private set; }

    /// <summary>Adds a member to the object on top.</summary>
    public void Push(string name, FlowValue value)
    {
        if (_names.Length < _values.Length || Count == _names.Length) Array.Resize(ref _names, Math.Max(_values.Length, Grown(Count)));
        _names[Count] = name;
        Push(value);
    }

    /// <summary>Adds an item to the array on top.</summary>
    public void Push(FlowValue value)
    {
        if (Count == _values.Length) Array.Resize(ref _values, Grown(Count));
        _values[Count++] = value;
    }

    /// <summary>The object that starts at <paramref name="start"/>, which is open no more. Of members with one name the last counts, at its place.</summary>
    public FlowValue CloseObject(int start)
    {
        var count = Count - start;
        Count = start;
        if (count == 0) return FlowValue.Object(FlowObject.Empty);
        var names = _names.AsSpan(start, count);
        var values = _values.AsSpan(start, count);
        ref var known = ref KnownShape(names);
        if (known?.Has(names) != true)
        {
            if (FlowObjectBuilder.HaveRepeats(names, StringComparison.OrdinalIgnoreCase))
            {
                HasRepeatedNames = true;
                if (FlowObjectBuilder.HaveRepeats(names, StringComparison.Ordinal)) return FlowValue.Object(LastOfEach(names, values));
            }

            known = new ObjectShape(names.ToArray(), names.Length);
            _newShapes++;
        }

        return FlowValue.Object(new FlowObject(known, values.ToArray()));
    }

    /// <summary>The array that starts at <paramref name="start"/>, which is open no more.</summary>
    public FlowValue CloseArray(int start)
    {
        var items = _values.AsSpan(start, Count - start).ToArray();
        Count = start;
        return FlowValue.Array(FlowArray.Own(items, items.Length));
    }

    private static int Grown(int count) => Math.Max(16, 2 * count);

    private static FlowObject LastOfEach(ReadOnlySpan<string> names, ReadOnlySpan<FlowValue> values)
    {
        var builder = new FlowObjectBuilder(names.Length);
        for (var i = 0; i < names.Length; i++) builder.Add(names[i], values[i]);
        builder.KeepLast();
        return builder.ToObject();
    }

    private ref ObjectShape? KnownShape(ReadOnlySpan<string> names)
    {
        // The dozens of shapes of a large file drove each other out of a small table: the names that objects then had for themselves were 100 bytes an action (load.actions-1000).
        if (_shapes is null || (_newShapes == FewShapes && _shapes.Length == FewShapes)) _shapes = new ObjectShape?[_newShapes < FewShapes ? FewShapes : ManyShapes];
        return ref _shapes[((names.Length * 7) + Trait(names[0]) + (3 * Trait(names[^1]))) & (_shapes.Length - 1)];
    }

    private static int Trait(string name) => name.Length == 0 ? 0 : (name.Length * 5) + (name[0] * 11) + name[^1];
}
