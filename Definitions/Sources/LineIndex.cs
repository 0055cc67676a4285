namespace FlowEngine.Definitions;

/// <summary>Where the lines of a text start.</summary>
internal sealed class LineIndex
{
    private readonly List<int> _starts = [0];
    private readonly string _text;

    public LineIndex(string text)
    {
        _text = text;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && !(i + 1 < text.Length && text[i + 1] == '\n'))) _starts.Add(i + 1);
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
