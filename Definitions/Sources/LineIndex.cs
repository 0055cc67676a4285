namespace FlowEngine.Definitions;

/// <summary>Where the lines of a text start.</summary>
internal sealed class LineIndex
{
    private readonly List<int> _starts = [0];
    private readonly string _text;

    public LineIndex(string text)
    {
        _text = text;
        for (var at = 0; text.AsSpan(at).IndexOfAny('\r', '\n') is var next and >= 0; _starts.Add(at))
        {
            at += next + 1;
            if (text[at - 1] == '\r' && at < text.Length && text[at] == '\n') at++;
        }
    }

    /// <summary>Line and column of a position, both from 1.</summary>
    public (int Line, int Column) Find(int position)
    {
        var index = _starts.BinarySearch(position);
        var line = index >= 0 ? index : ~index - 1;
        return (line + 1, position - _starts[line] + 1);
    }

    /// <summary>The text of a line (from 1), without its end; empty beyond the last.</summary>
    public string Line(int line)
    {
        if (line < 1 || line > _starts.Count) return string.Empty;
        var start = _starts[line - 1];
        var end = line < _starts.Count ? _starts[line] : _text.Length;
        return _text[start..end].TrimEnd('\r', '\n');
    }

    /// <summary>The position of line and column, both from 1, kept within the text.</summary>
    public int Position(int line, int column)
    {
        var start = _starts[Math.Clamp(line, 1, _starts.Count) - 1];
        return Math.Clamp(start + column - 1, 0, _text.Length);
    }
}
