using System.Buffers;
using System.Globalization;

namespace FlowEngine;

/// <summary>Writes values as JSON text, character by character as Newtonsoft's writer does (a test compares them).</summary>
/// <remarks>
/// That one looks the members of an enumeration up by reflection before it writes its first character, which took 8 of the 125 ms of a cold
/// <c>flow run</c>, and keeps a stack and a buffer for each text.
/// </remarks>
internal ref struct JsonText
{
    private const int FlushAt = 16_384;
    private const int Indentation = 2;

    // Many characters are looked at at once: of writing a record one by one took a fifth.
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000a\u000b\u000c\u000d\u000e\u000f"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f"
        + "\"\\\u0085\u2028\u2029");

    private readonly TextWriter? _output;
    private readonly string? _newLine;
    private char[] _buffer;
    private int _count;
    private int _depth;

    /// <summary>An empty text.</summary>
    /// <param name="output">Where the text goes; null keeps all of it for <see cref="ToTextAndDispose"/>.</param>
    /// <param name="newLine">What ends a line of indented text; null writes compact text.</param>
    public JsonText(TextWriter? output, string? newLine)
    {
        _output = output;
        _newLine = newLine;
        _buffer = ArrayPool<char>.Shared.Rent(256);
    }

    /// <summary>The text so far.</summary>
    public string ToTextAndDispose()
    {
        var text = new string(_buffer, 0, _count);
        Dispose();
        return text;
    }

    /// <summary>Hands what is left to the output.</summary>
    public void Dispose()
    {
        _output?.Write(_buffer, 0, _count);
        ArrayPool<char>.Shared.Return(_buffer);
    }

    public void Write(FlowValue value)
    {
        switch (value.Kind)
        {
            case FlowValueKind.Null:
                Append("null");
                break;
            case FlowValueKind.Boolean:
                Append(value.AsBoolean ? "true" : "false");
                break;
            case FlowValueKind.Integer:
                Reserve(20);
                value.AsInteger.TryFormat(_buffer.AsSpan(_count), out var written, default, CultureInfo.InvariantCulture);
                _count += written;
                break;
            case FlowValueKind.Float:
                Write(value.AsDouble);
                break;
            case FlowValueKind.Decimal:
                var number = value.AsDecimal.ToString(CultureInfo.InvariantCulture);
                Append(number);
                if (!number.Contains('.')) Append(".0");
                break;
            case FlowValueKind.String:
                WriteText(value.AsString);
                break;
            case FlowValueKind.Array:
                WriteArray(value.AsArray);
                break;
            default:
                WriteObject(value.AsObject);
                break;
        }
    }

    private void Write(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        if (!double.IsFinite(number))
        {
            Append('"');
            Append(text);
            Append('"');
            return;
        }

        Append(text);
        if (text.AsSpan().IndexOfAny('.', 'E') < 0) Append(".0");
    }

    private void WriteArray(FlowArray array)
    {
        Append('[');
        _depth++;
        for (var i = 0; i < array.Count; i++)
        {
            if (i > 0) Append(',');
            BreakLine();
            Write(array[i]);
        }

        _depth--;
        if (array.Count > 0) BreakLine();
        Append(']');
    }

    private void WriteObject(FlowObject o)
    {
        Append('{');
        _depth++;
        for (var i = 0; i < o.Count; i++)
        {
            if (i > 0) Append(',');
            BreakLine();
            WriteText(o.Names[i]);
            Append(':');
            if (_newLine is not null) Append(' ');
            Write(o.Values[i]);
        }

        _depth--;
        if (o.Count > 0) BreakLine();
        Append('}');
    }

    private void WriteText(string text)
    {
        Append('"');
        var left = text.AsSpan();
        for (var plain = left.IndexOfAny(Escaped); plain >= 0; plain = left.IndexOfAny(Escaped))
        {
            Append(left[..plain]);
            Escape(left[plain]);
            left = left[(plain + 1)..];
        }

        Append(left);
        Append('"');
    }

    private void Escape(char c)
    {
        Append('\\');
        var letter = c switch
        {
            '\t' => 't',
            '\n' => 'n',
            '\r' => 'r',
            '\f' => 'f',
            '\b' => 'b',
            '"' or '\\' => c,
            _ => 'u',
        };
        Append(letter);
        if (letter != 'u') return;
        for (var shift = 12; shift >= 0; shift -= 4) Append("0123456789abcdef"[(c >> shift) & 15]);
    }

    private void BreakLine()
    {
        if (_newLine is null) return;
        Append(_newLine);
        var blanks = _depth * Indentation;
        Reserve(blanks);
        _buffer.AsSpan(_count, blanks).Fill(' ');
        _count += blanks;
    }

    private void Append(char c)
    {
        Reserve(1);
        _buffer[_count++] = c;
    }

    private void Append(ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        text.CopyTo(_buffer.AsSpan(_count));
        _count += text.Length;
    }

    private void Reserve(int length)
    {
        if (_buffer.Length - _count >= length) return;
        if (_output is not null && _count >= FlushAt)
        {
            _output.Write(_buffer, 0, _count);
            _count = 0;
            if (_buffer.Length >= length) return;
        }

        var larger = ArrayPool<char>.Shared.Rent(Math.Max(_count + length, (int)Math.Min(2L * _buffer.Length, Array.MaxLength)));
        _buffer.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<char>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
