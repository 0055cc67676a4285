using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FlowEngine.Testing;

/// <summary>Which executions a path means: names through containers, which may be left out, with <c>[i]</c> or <c>[*]</c> behind loops.</summary>
internal sealed class ActionPath
{
    private readonly Segment[] _segments;

    private ActionPath(Segment[] segments) => _segments = segments;

    public static bool TryParse(string path, [NotNullWhen(true)] out ActionPath? result)
    {
        result = null;
        var parts = path.Split('/');
        var segments = new Segment[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!TryParseSegment(parts[i], out segments[i])) return false;
        }

        // A repetition is no action: an index must have a name behind it.
        if (segments[^1].HasIndex) return false;
        result = new ActionPath(segments);
        return true;
    }

    /// <summary>Whether it means this execution: the last names are the same, and those before stand in the same order around it.</summary>
    public bool Fits(ActionRecord action)
    {
        if (!action.Name.Equals(_segments[^1].Name, StringComparison.OrdinalIgnoreCase)) return false;
        if (_segments.Length == 1) return true;
        var containers = action.Path.Split('/');
        var wanted = _segments.Length - 2;
        for (var i = containers.Length - 2; i >= 0 && wanted >= 0; i--)
        {
            if (!TryParseSegment(containers[i], out var container)) continue;
            var segment = _segments[wanted];
            if (!container.Name.Equals(segment.Name, StringComparison.OrdinalIgnoreCase)) continue;
            if (segment.Index is { } index && container.Index != index) return false;
            if (segment.HasIndex && !container.HasIndex && segment.Index is not null) return false;
            wanted--;
        }

        return wanted < 0;
    }

    private static bool TryParseSegment(string text, out Segment segment)
    {
        segment = new Segment(text, false, null);
        if (text.Length == 0) return false;
        var open = text.EndsWith(']') ? text.LastIndexOf('[') : -1;
        if (open <= 0) return true;
        var inside = text.AsSpan(open + 1, text.Length - open - 2);
        if (inside is "*")
        {
            segment = new Segment(text[..open], true, null);
            return true;
        }

        if (!int.TryParse(inside, NumberStyles.None, CultureInfo.InvariantCulture, out var index)) return false;
        segment = new Segment(text[..open], true, index);
        return true;
    }

    private readonly record struct Segment(string Name, bool HasIndex, int? Index);
}
