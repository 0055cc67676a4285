using System.Globalization;

namespace FlowEngine.Definitions;

/// <summary>Parses what stands between the brackets of a template expression such as <c>[concat('a', parameters('b').c[0])]</c>.</summary>
internal ref struct ArmParser
{
    /// <summary>Calls within calls beyond this are refused: the parser recurses.</summary>
    private const int MaximumDepth = 64;

    private readonly ReadOnlySpan<char> _text;
    private int _at;
    private int _depth;

    private ArmParser(ReadOnlySpan<char> text) => _text = text;

    /// <summary>Whether ARM takes a text as an expression: brackets at both ends, the first one not doubled.</summary>
    public static bool IsExpression(string text) => text.Length > 1 && text[0] == '[' && text[^1] == ']' && text[1] != '[';

    /// <summary>Whether a text is no expression but has its first bracket doubled so that it isn't one.</summary>
    public static bool IsEscaped(string text) => text.Length > 2 && text[0] == '[' && text[1] == '[' && text[^1] == ']';

    /// <summary>Parses an expression with its brackets.</summary>
    /// <exception cref="ArmException">It is malformed.</exception>
    public static ArmNode Parse(string expression)
    {
        var parser = new ArmParser(expression.AsSpan(1, expression.Length - 2));
        var node = parser.Expression();
        parser.SkipBlanks();
        return parser._at == parser._text.Length ? node : throw parser.Unexpected();
    }

    private ArmNode Expression()
    {
        if (++_depth > MaximumDepth) throw new ArmException($"it is nested more than {MaximumDepth} levels deep");
        SkipBlanks();
        var node = Primary();
        for (SkipBlanks(); Current is '.' or '['; SkipBlanks())
        {
            if (Take('.'))
            {
                SkipBlanks();
                node = new ArmNode.Member(node, new ArmNode.Literal(FlowValue.String(Name())));
                continue;
            }

            Expect('[');
            node = new ArmNode.Member(node, Expression());
            SkipBlanks();
            Expect(']');
        }

        _depth--;
        return node;
    }

    private ArmNode Primary()
    {
        if (Current == '\'') return new ArmNode.Literal(FlowValue.String(Text()));
        if (char.IsAsciiDigit(Current) || Current is '-' or '+') return new ArmNode.Literal(FlowValue.Integer(Integer()));
        var name = Name();
        SkipBlanks();
        if (Current == '.')
        {
            _at++;
            SkipBlanks();
            name += "." + Name();
            SkipBlanks();
        }

        Expect('(');
        return new ArmNode.Call(name, Arguments());
    }

    private List<ArmNode> Arguments()
    {
        var arguments = new List<ArmNode>();
        SkipBlanks();
        if (Take(')')) return arguments;
        do
        {
            arguments.Add(Expression());
            SkipBlanks();
        }
        while (Take(','));
        Expect(')');
        return arguments;
    }

    // A quote inside is written twice.
    private string Text()
    {
        var start = ++_at;
        while (true)
        {
            var quote = _text[_at..].IndexOf('\'');
            if (quote < 0) throw new ArmException("a text in it has no closing quote");
            _at += quote + 1;
            if (Current != '\'') return _text[start..(_at - 1)].ToString().Replace("''", "'", StringComparison.Ordinal);
            _at++;
        }
    }

    private long Integer()
    {
        var start = _at++;
        while (char.IsAsciiDigit(Current)) _at++;
        return long.TryParse(_text[start.._at], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ArmException($"'{_text[start.._at]}' in it is no integer");
    }

    private string Name()
    {
        var start = _at;
        while (char.IsLetterOrDigit(Current) || Current is '_' or '$' or '#' or '-') _at++;
        return _at > start ? _text[start.._at].ToString() : throw Unexpected();
    }

    private readonly char Current => _at < _text.Length ? _text[_at] : '\0';

    private void SkipBlanks()
    {
        while (char.IsWhiteSpace(Current)) _at++;
    }

    private bool Take(char wanted)
    {
        if (Current != wanted || _at >= _text.Length) return false;
        _at++;
        return true;
    }

    private void Expect(char wanted)
    {
        if (!Take(wanted)) throw Unexpected();
    }

    private readonly ArmException Unexpected() => new(_at < _text.Length
        ? string.Create(CultureInfo.InvariantCulture, $"it can't be parsed at '{_text[_at]}', character {_at + 2}")
        : "it ends too early");
}
