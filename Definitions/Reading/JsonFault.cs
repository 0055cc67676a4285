using System.Globalization;
using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Where a text stops being JSON, and what was expected there.</summary>
/// <param name="Message">What is wrong, as a sentence.</param>
/// <param name="Span">Its place in the text.</param>
/// <param name="Pointer">The value that the place belongs to.</param>
internal readonly record struct JsonFault(string Message, TextSpan Span, string Pointer)
{
    /// <summary>The first fault of a text that the reader has refused, or what the reader itself said.</summary>
    public static JsonFault Of(string text, FlowJsonException failure, LineIndex lines)
    {
        // The reader counts what it has taken: its position is that of the character it stumbled over.
        var position = failure.Line > 0 ? lines.Position(failure.Line, failure.Position + 1) : 0;
        return new JsonFaultSearch(text, lines).Find() is { } fault && fault.Span.Start <= position
            ? fault
            : new JsonFault(failure.Message, new TextSpan(Math.Min(position, text.TrimEnd().Length), 1), string.Empty);
    }

    /// <summary>As <see cref="Of"/>, as one sentence with its place.</summary>
    public static string Explain(string text, FlowJsonException failure)
    {
        var lines = new LineIndex(text);
        var fault = Of(text, failure, lines);
        var (line, column) = lines.Find(fault.Span.Start);
        return string.Create(CultureInfo.InvariantCulture, $"line {line}, column {column}: {fault.Message}");
    }
}

/// <summary>Follows the tokens of a text by the lenient grammar until one doesn't fit.</summary>
internal sealed class JsonFaultSearch(string text, LineIndex lines)
{
    private readonly Stack<Container> _open = new();
    private TextSpan? _rootEnd;
    private TextSpan _rootStart;
    private TextSpan _lastString;
    private Expected _expected = Expected.Value;

    private enum Expected
    {
        Value,
        ValueOrEnd,
        NameOrEnd,
        Colon,
        CommaOrEnd,
        Nothing,
    }

    private sealed class Container(int start, bool isObject)
    {
        public int Start { get; } = start;

        public bool IsObject { get; } = isObject;

        public TextSpan Name { get; set; }

        public int Index { get; set; }
    }

    /// <summary>The first token that doesn't fit; null where the reader refused the text for another reason, such as a number.</summary>
    public JsonFault? Find()
    {
        var scanner = new JsonScanner(text);
        while (scanner.Read())
        {
            var span = new TextSpan(scanner.Start, scanner.End - scanner.Start);
            if (scanner.Kind == JsonTokenKind.String && FaultIn(span) is { } inside) return inside;
            if (scanner.Kind == JsonTokenKind.Comment && IsOpenComment(span)) return At("The comment that starts here is not closed: '*/' is missing.", new TextSpan(span.Start, 2));
            if (scanner.Kind != JsonTokenKind.Comment && Take(scanner.Kind, span) is { } message) return At(message, span);
            if (scanner.Kind == JsonTokenKind.String) _lastString = span;
        }

        return AtEnd();
    }

    // The message where the token doesn't fit.
    private string? Take(JsonTokenKind kind, TextSpan span)
    {
        switch (kind)
        {
            case JsonTokenKind.ObjectEnd or JsonTokenKind.ArrayEnd:
                return Close(kind == JsonTokenKind.ObjectEnd, span);
            case JsonTokenKind.Comma when _expected is Expected.CommaOrEnd or Expected.Value or Expected.ValueOrEnd && _open.TryPeek(out var around):
                // [1,,2] is read leniently.
                around.Index++;
                around.Name = default;
                _expected = around.IsObject ? Expected.NameOrEnd : Expected.ValueOrEnd;
                return null;
            case JsonTokenKind.Colon when _expected == Expected.Colon:
                _expected = Expected.Value;
                return null;
            case JsonTokenKind.String or JsonTokenKind.Bare when _expected == Expected.NameOrEnd:
                _open.Peek().Name = span;
                _expected = Expected.Colon;
                return null;
            case JsonTokenKind.String or JsonTokenKind.Bare or JsonTokenKind.ObjectStart or JsonTokenKind.ArrayStart when _expected is Expected.Value or Expected.ValueOrEnd:
                if (kind == JsonTokenKind.Bare && !MayBeValue(text.AsSpan(span.Start, span.Length)))
                    return $"{Wanted()}; {Advice(text.AsSpan(span.Start, span.Length))}.";
                Begin(kind, span);
                return null;
            default:
                return Unexpected(kind, span);
        }
    }

    private void Begin(JsonTokenKind kind, TextSpan span)
    {
        if (_open.Count == 0) _rootStart = span;
        if (kind is JsonTokenKind.String or JsonTokenKind.Bare)
        {
            Complete(span);
            return;
        }

        var isObject = kind == JsonTokenKind.ObjectStart;
        _open.Push(new Container(span.Start, isObject));
        _expected = isObject ? Expected.NameOrEnd : Expected.ValueOrEnd;
    }

    private string? Close(bool isObject, TextSpan span)
    {
        if (!_open.TryPeek(out var innermost)) return Unexpected(isObject ? JsonTokenKind.ObjectEnd : JsonTokenKind.ArrayEnd, span);
        if (innermost.IsObject != isObject) return $"'{text[span.Start]}' doesn't close {Opened(innermost)}: {Lowered(Wanted())}.";
        if (_expected is Expected.Colon or Expected.Value) return $"{Wanted()} before this '{text[span.Start]}'.";
        _open.Pop();
        Complete(span);
        return null;
    }

    private void Complete(TextSpan span)
    {
        if (_open.Count > 0)
        {
            _expected = Expected.CommaOrEnd;
            return;
        }

        _rootEnd = span;
        _expected = Expected.Nothing;
    }

    private string Unexpected(JsonTokenKind kind, TextSpan span)
    {
        if (_expected == Expected.Nothing && _rootEnd is { } end)
        {
            return text[end.Start] is '}' or ']'
                ? $"The value is complete: the '{text[_rootStart.Start]}' of {PlaceOf(_rootStart.Start)} is closed by the '{text[end.Start]}' of {PlaceOf(end.Start)}. Nothing may follow, but this does."
                : "The value is complete; nothing may follow, but this does.";
        }

        var wanted = Wanted();
        if (_expected != Expected.CommaOrEnd || kind is JsonTokenKind.Colon) return wanted + ".";
        if (text.AsSpan(_lastString.Start, _lastString.Length).ContainsAny('\r', '\n'))
            return $"{wanted}; the text that starts in {PlaceOf(_lastString.Start)} goes on over the end of its line: is its closing quote missing?";
        return kind == JsonTokenKind.Bare && _lastString.End == span.Start ? $"{wanted}; a quote within text is written '\\\"'." : wanted + ".";
    }

    private string Wanted() => _expected switch
    {
        Expected.Colon => $"':' was expected after the name {Quoted(_open.Peek().Name)}",
        Expected.NameOrEnd => "A name in double quotes or '}' was expected",
        Expected.CommaOrEnd when _open.Peek() is { IsObject: true } around => $"',' or '}}' was expected after the value of {Quoted(around.Name)}",
        Expected.CommaOrEnd => "',' or ']' was expected after an element",
        Expected.Value when _open.TryPeek(out var around) && around.IsObject => $"A value of {Quoted(around.Name)} was expected",
        Expected.ValueOrEnd => "A value or ']' was expected",
        _ => "A value was expected",
    };

    private JsonFault? FaultIn(TextSpan quoted)
    {
        var quote = text[quoted.Start];
        var at = quoted.Start + 1;
        while (at < quoted.End && text[at] != quote)
        {
            if (text[at] == '\\')
            {
                if (at + 1 < quoted.End && !IsEscape(text.AsSpan(at + 1)))
                {
                    var length = text[at + 1] == 'u' ? Math.Min(6, quoted.End - at) : 2;
                    return At($"'{text.Substring(at, length)}' is no escape of JSON; a backslash within text is written '\\\\'.", new TextSpan(at, length));
                }

                at++;
            }

            at++;
        }

        return at < quoted.End ? null : At("The text that starts here is not closed: its second quote is missing.", new TextSpan(quoted.Start, 1));
    }

    private bool IsOpenComment(TextSpan comment) =>
        text[comment.Start + 1] == '*' && (comment.Length < 4 || !text.AsSpan(comment.Start, comment.Length).EndsWith("*/"));

    private static bool IsEscape(ReadOnlySpan<char> escape) => escape[0] switch
    {
        'b' or 't' or 'n' or 'f' or 'r' or '\\' or '"' or '\'' or '/' => true,
        'u' => escape.Length > 4 && ushort.TryParse(escape[1..5], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _),
        _ => false,
    };

    // What the lenient reader may take; it judges numbers itself.
    private static bool MayBeValue(ReadOnlySpan<char> bare) =>
        bare is "true" or "false" or "null" or "undefined" or "NaN" or "Infinity" or "new" || char.IsAsciiDigit(bare[0]) || bare[0] is '-' or '.';

    private static string Advice(ReadOnlySpan<char> bare)
    {
        foreach (var literal in (ReadOnlySpan<string>)["true", "false", "null"])
        {
            if (bare.Equals(literal, StringComparison.OrdinalIgnoreCase)) return $"JSON writes '{literal}'";
        }

        return "text, also an expression, stands in double quotes";
    }

    private JsonFault? AtEnd()
    {
        if (_open.Count == 0) return null;
        var open = string.Join(", ", _open.Take(4).Select(Opened)) + (_open.Count > 4 ? string.Create(CultureInfo.InvariantCulture, $" and {_open.Count - 4} more") : string.Empty);
        return At($"The text ends where {Lowered(Wanted())}; not closed: {open}.", new TextSpan(text.TrimEnd().Length, 1));
    }

    private JsonFault At(string message, TextSpan span)
    {
        var pointer = string.Empty;
        foreach (var container in _open.Reverse())
        {
            if (!container.IsObject) pointer = JsonPointer.Append(pointer, container.Index);
            else if (container.Name.Length > 0) pointer = JsonPointer.Append(pointer, JsonEscapes.Unescape(text, container.Name));
        }

        return new JsonFault(message, span, pointer);
    }

    private static string Lowered(string sentence) => sentence.StartsWith("A ", StringComparison.Ordinal) ? "a" + sentence[1..] : sentence;

    private string Quoted(TextSpan name) => $"'{JsonEscapes.Unescape(text, name)}'";

    private string Opened(Container container) => $"the '{text[container.Start]}' of {PlaceOf(container.Start)}";

    private string PlaceOf(int position)
    {
        var (line, column) = lines.Find(position);
        return string.Create(CultureInfo.InvariantCulture, $"line {line}, column {column}");
    }
}
