using System.Globalization;
using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>Changes one value deep in a document; all else is shared.</summary>
internal static class JsonEdit
{
    /// <summary>The document with another value at a JSON Pointer; null where the pointer leads nowhere.</summary>
    public static FlowValue? Replace(FlowValue root, string pointer, FlowValue value) => Replace(root, [.. JsonPointer.Segments(pointer)], value);

    private static FlowValue? Replace(FlowValue at, ReadOnlySpan<string> segments, FlowValue value)
    {
        if (segments.Length == 0) return value;
        if (at.AsArrayOrNull is { } list)
        {
            if (!int.TryParse(segments[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= list.Count) return null;
            if (Replace(list[index], segments[1..], value) is not { } element) return null;
            var elements = list.ToArray();
            elements[index] = element;
            return FlowArray.Create(elements);
        }

        if (at.AsObjectOrNull is not { } o) return null;
        var builder = new FlowObjectBuilder();
        var isFound = false;
        // Names of definitions ignore case; the exact one comes first.
        var isExact = o.TryGetExact(segments[0], out _);
        foreach (var (name, member) in o)
        {
            if (isFound || !name.Equals(segments[0], isExact ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase))
            {
                builder.Set(name, member);
                continue;
            }

            if (Replace(member, segments[1..], value) is not { } changed) return null;
            builder.Set(name, changed);
            isFound = true;
        }

        return isFound ? builder.ToValue() : (FlowValue?)null;
    }
}
