using System.Buffers;

namespace FlowEngine.Definitions;

/// <summary>What the scanner met.</summary>
internal enum JsonTokenKind
{
    End,
    ObjectStart,
    ObjectEnd,
    ArrayStart,
    ArrayEnd,
    Colon,
    Comma,
    String,

    /// <summary>A number, a literal, or whatever else stands between delimiters.</summary>
    Bare,
    Comment,
}

/// <summary>Tokens of JSON text with their exact place. Takes everything that the lenient reader takes, and never fails.</summary>
internal ref struct JsonScanner(ReadOnlySpan<char> text, int start = 0)
{
    private static readonly SearchValues<char> Delimiters = SearchValues.Create("{}[]:,\"' \t\r\n/");

    private static readonly SearchValues<char> Marks = SearchValues.Create("{}[]\"'/");

    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>The kind of the current token.</summary>
    public JsonTokenKind Kind { get; private set; }

    /// <summary>Where the current token starts, in UTF-16 units from 0; the quote of a string.</summary>
    public int Start { get; private set; }

    /// <summary>The first unit behind the current token.</summary>
    public int End { get; private set; } = start;

    /// <summary>Moves to the next token; false at the end of the text.</summary>
    public bool Read()
    {
        var at = End;
        while (at < _text.Length && (char.IsWhiteSpace(_text[at]) || _text[at] == '\uFEFF')) at++;
        Start = at;
        if (at >= _text.Length)
        {
            End = at;
            Kind = JsonTokenKind.End;
            return false;
        }

        var c = _text[at];
        (Kind, End) = c switch
        {
            '{' => (JsonTokenKind.ObjectStart, at + 1),
            '}' => (JsonTokenKind.ObjectEnd, at + 1),
            '[' => (JsonTokenKind.ArrayStart, at + 1),
            ']' => (JsonTokenKind.ArrayEnd, at + 1),
            ':' => (JsonTokenKind.Colon, at + 1),
            ',' => (JsonTokenKind.Comma, at + 1),
            '"' or '\'' => (JsonTokenKind.String, EndOfString(at, c)),
            '/' when at + 1 < _text.Length && _text[at + 1] is '/' or '*' => (JsonTokenKind.Comment, EndOfComment(at)),
            _ => (JsonTokenKind.Bare, EndOfBare(at)),
        };
        return true;
    }

    /// <summary>From the opening bracket that is the current token to the one that closes it, which becomes the current token; false where none does.</summary>
    /// <remarks>By a count: text may be nested thousands deep. Only what may hold a bracket, or be one, is stopped at.</remarks>
    public bool SkipContainer()
    {
        var at = End;
        for (var depth = 1; at < _text.Length;)
        {
            var next = _text[at..].IndexOfAny(Marks);
            if (next < 0) break;
            at += next;
            switch (_text[at])
            {
                case '{' or '[':
                    depth++;
                    at++;
                    break;
                case '}' or ']':
                    at++;
                    if (--depth > 0) break;
                    (Kind, Start, End) = (_text[at - 1] == '}' ? JsonTokenKind.ObjectEnd : JsonTokenKind.ArrayEnd, at - 1, at);
                    return true;
                case '/':
                    at = at + 1 < _text.Length && _text[at + 1] is '/' or '*' ? EndOfComment(at) : at + 1;
                    break;
                default:
                    at = EndOfString(at, _text[at]);
                    break;
            }
        }

        (Kind, Start, End) = (JsonTokenKind.End, _text.Length, _text.Length);
        return false;
    }

    private readonly int EndOfString(int at, char quote)
    {
        for (at++; at < _text.Length; at += 2)
        {
            var next = _text[at..].IndexOfAny(quote, '\\');
            if (next < 0) break;
            at += next;
            if (_text[at] == quote) return at + 1;
        }

        return _text.Length;
    }

    private readonly int EndOfComment(int at)
    {
        var block = at + 1 < _text.Length && _text[at + 1] == '*';
        var length = block ? _text[(at + 2)..].IndexOf("*/") : _text[at..].IndexOfAny('\r', '\n');
        return length < 0 ? _text.Length : block ? at + 2 + length + 2 : at + length;
    }

    private readonly int EndOfBare(int at)
    {
        var length = _text[(at + 1)..].IndexOfAny(Delimiters);
        return length < 0 ? _text.Length : at + 1 + length;
    }
}
