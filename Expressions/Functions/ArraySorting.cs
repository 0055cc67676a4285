namespace FlowEngine.Expressions;

/// <summary><c>sort(array, property?)</c>: ascending and stable, nulls first, numbers by value, texts by their UTF-16 units, false before true.</summary>
internal static class ArraySorting
{
    public static FlowValue Sort(ReadOnlySpan<FlowValue> arguments)
    {
        var array = arguments[0].AsArrayOrNull ?? throw ArgumentFailure.Parameter("sort", 1, "to be of type array", arguments[0]);
        string? property = null;
        if (arguments.Length == 2) property = arguments[1].AsStringOrNull ?? throw ArgumentFailure.Parameter("sort", 2, "to be of type string", arguments[1]);

        var entries = new Entry[array.Count];
        for (var i = 0; i < entries.Length; i++) entries[i] = new Entry(Key(array[i], property), i);
        CheckKinds(entries);
        entries.AsSpan().Sort(Compare);

        var sorted = new FlowValue[entries.Length];
        for (var i = 0; i < sorted.Length; i++) sorted[i] = array[entries[i].Position];
        return FlowArray.Own(sorted, sorted.Length);
    }

    private static FlowValue Key(FlowValue item, string? property)
    {
        if (property is null) return item;
        if (item.IsObject) return item[property];
        throw ArgumentFailure.Because("sort", $"expects the elements of the array to be objects. Found an element of type '{ValueText.TypeName(item)}'.");
    }

    // Checked beforehand: Span.Sort wraps what its comparison throws.
    private static void CheckKinds(Entry[] entries)
    {
        FlowValue? sample = null;
        foreach (var (key, _) in entries)
        {
            if (key.IsNull) continue;
            if (key.IsArray || key.IsObject || (sample is { } other && !Comparable(other, key)))
            {
                var found = sample is { } first && !key.IsArray && !key.IsObject ? $"'{ValueText.TypeName(first)}' and '{ValueText.TypeName(key)}'" : $"'{ValueText.TypeName(key)}'";
                throw ArgumentFailure.Because("sort", $"expects the values to sort by to be numbers, strings or booleans of one type. Found values of type {found}.");
            }

            sample ??= key;
        }
    }

    private static bool Comparable(FlowValue left, FlowValue right) => left.IsNumber ? right.IsNumber : left.Kind == right.Kind;

    private static int Compare(Entry left, Entry right)
    {
        var order = Compare(left.Key, right.Key);
        return order != 0 ? order : left.Position.CompareTo(right.Position);
    }

    private static int Compare(FlowValue left, FlowValue right)
    {
        if (left.IsNull || right.IsNull) return (left.IsNull ? 0 : 1) - (right.IsNull ? 0 : 1);
        if (left.IsNumber) return Numbers.Compare(left, right);
        if (left.AsStringOrNull is { } text) return string.CompareOrdinal(text, right.AsString);
        return left.AsBoolean.CompareTo(right.AsBoolean);
    }

    private readonly record struct Entry(FlowValue Key, int Position);
}
