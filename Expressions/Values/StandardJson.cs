using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace FlowEngine;

/// <summary>Reads JSON that is standard to the letter, as nearly all is, and leaves all else to the lenient reader of <see cref="FlowJson"/>.</summary>
/// <remarks>
/// What it takes the lenient reader would read to the same value (a test compares them), so only the time differs:
/// a definition of 235 KB takes 0.9 ms in place of 1.5, as it needs no second pass for what the standard has against it, and a body of 10 MB half as long.
/// It gives no messages: the text that it refuses is read again.
/// </remarks>
internal static class StandardJson
{
    // So many texts a small value may have before a place for texts that come again is worth making; longer texts seldom come again.
    private const int TextsApart = 32;
    private const int MaximumSharedText = 128;

    // Longer numbers are errors of the lenient reader.
    private const int MaximumDigits = 300;

    /// <summary>The value, if the text is standard JSON within the limits.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="limits">How deep it may be nested.</param>
    /// <param name="value">The value of the text.</param>
    /// <param name="hasRepeatedNames">Whether an object in it has a name twice or in two cases.</param>
    public static bool TryRead(ReadOnlySpan<char> text, JsonLimits limits, out FlowValue value, out bool hasRepeatedNames)
    {
        (value, hasRepeatedNames) = (default, false);
        if (limits.MaxDepth <= 0 || !MayStart(text)) return false;
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetByteCount(text));
        try
        {
            // A lone surrogate has no place in UTF-8; the lenient reader keeps it.
            if (Utf8.FromUtf16(text, bytes, out _, out var length, replaceInvalidSequences: false) != OperationStatus.Done) return false;
            var content = new Content(new Utf8JsonReader(bytes.AsSpan(0, length), new JsonReaderOptions { MaxDepth = limits.MaxDepth }), length);
            value = content.ReadWhole();
            hasRepeatedNames = content.HasRepeatedNames;
            return !content.IsRefused;
        }
        catch (JsonException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    // Most texts that are no JSON are told by this without an exception.
    private static bool MayStart(ReadOnlySpan<char> text)
    {
        var start = text.TrimStart(" \t\r\n");
        return !start.IsEmpty && start[0] is '{' or '[' or '"' or '-' or (>= '0' and <= '9') or 't' or 'f' or 'n';
    }

    private ref struct Content(Utf8JsonReader reader, int length)
    {
        private readonly OpenContainers _open = new();
        private RecentStrings? _names;
        private RecentStrings? _texts;
        private int _textCount;
        private Utf8JsonReader _reader = reader;

        public readonly bool HasRepeatedNames => _open.HasRepeatedNames;

        /// <summary>Whether there is something in it that only the lenient reader can judge.</summary>
        public bool IsRefused { get; private set; }

        public FlowValue ReadWhole()
        {
            _reader.Read();
            var value = Read();
            _reader.Read(); // fails where more follows
            return value;
        }

        private FlowValue Read() => _reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(),
            JsonTokenType.StartArray => ReadArray(),
            JsonTokenType.String => FlowValue.String(ReadText()),
            JsonTokenType.Number => ReadNumber(),
            JsonTokenType.True => FlowValue.Boolean(true),
            JsonTokenType.False => FlowValue.Boolean(false),
            _ => FlowValue.Null,
        };

        private FlowValue ReadObject()
        {
            var start = _open.Count;
            while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
            {
                var name = _reader.ValueIsEscaped ? ReadText() : (_names ??= RecentStrings.ForText(length)).Get(_reader.ValueSpan);
                _reader.Read();
                _open.Push(name, Read());
            }

            return _open.CloseObject(start);
        }

        private FlowValue ReadArray()
        {
            var start = _open.Count;
            while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray) _open.Push(Read());
            return _open.CloseArray(start);
        }

        private string ReadText()
        {
            if (!_reader.ValueIsEscaped)
            {
                var text = _reader.ValueSpan;
                if (++_textCount <= TextsApart || text.Length > MaximumSharedText) return Encoding.UTF8.GetString(text);
                return (_texts ??= new RecentStrings()).Get(text);
            }

            try
            {
                return _reader.GetString()!; // null is a token of its own
            }
            catch (InvalidOperationException)
            {
                // An escape of a lone surrogate.
                IsRefused = true;
                return string.Empty;
            }
        }

        private FlowValue ReadNumber()
        {
            if (_reader.TryGetInt64(out var integer)) return FlowValue.Integer(integer);
            if (_reader.ValueSpan.Length <= MaximumDigits && _reader.TryGetDouble(out var number) && double.IsFinite(number)) return FlowValue.Float(number);
            IsRefused = true;
            return FlowValue.Null;
        }
    }
}
