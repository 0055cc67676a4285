using System.Globalization;

namespace FlowEngine.Expressions;

/// <summary>Cuts an expression into tokens. Positions count from the start of the expression, not of the template around it.</summary>
/// <remarks>Grammar: expressions reference, section 2. A digit run that other letters follow is an error, not two tokens.</remarks>
internal ref struct Lexer(ReadOnlySpan<char> text)
{
    private static readonly bool[] AsciiParts = FindAsciiParts();

    private readonly ReadOnlySpan<char> _text = text;
    private int _position = 0;

    /// <summary>The current token.</summary>
    public TokenKind Kind { get; private set; }

    /// <summary>Where the current token starts.</summary>
    public int Start { get; private set; }

    /// <summary>The first unit behind the current token.</summary>
    public readonly int End => _position;

    /// <summary>The text of the current token as written.</summary>
    public readonly ReadOnlySpan<char> Text => _text[Start.._position];

    /// <summary>Whether the current token is directly behind the one before: digits behind a dot are a name there, not a number.</summary>
    public void Next(bool afterDot = false)
    {
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position])) _position++;
        Start = _position;
        if (_position == _text.Length)
        {
            Kind = TokenKind.EndOfData;
            return;
        }

        var c = _text[_position];
        Kind = c switch
        {
            '(' => Single(TokenKind.LeftParenthesis),
            ')' => Single(TokenKind.RightParenthesis),
            '[' => Single(TokenKind.LeftSquareBracket),
            ']' => Single(TokenKind.RightSquareBracket),
            ',' => Single(TokenKind.Comma),
            '?' => Single(TokenKind.QuestionMark),
            '\'' => QuotedText(),
            '{' or '}' or '@' => throw Unexpected(_position),
            '.' when afterDot || !DigitAt(_position + 1) || FollowsValue() => Single(TokenKind.Dot),
            '.' or '+' or '-' when !afterDot => Number(),
            _ when char.IsAsciiDigit(c) && !afterDot => Number(),
            _ => Identifier(),
        };
    }

    /// <summary>The value of a quoted text: two quotes in it stand for one.</summary>
    public readonly string StringValue(NameCache? names)
    {
        var inner = _text[(Start + 1)..(_position - 1)];
        if (inner.Contains('\'')) return inner.ToString().Replace("''", "'", StringComparison.Ordinal);
        return names is null ? inner.ToString() : names.Get(inner);
    }

    /// <summary>The value of a number.</summary>
    public readonly FlowValue NumberValue()
    {
        if (Kind == TokenKind.FloatLiteral)
            return FlowValue.Float(double.Parse(Text, NumberStyles.Float, CultureInfo.InvariantCulture));
        return long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
            ? FlowValue.Integer(integer)
            : throw new TemplateSyntaxException(new TemplateSyntaxError(
                $"The template language expression '{_text}' is not valid: the integer literal '{Text}' at position '{Start}' is outside the range of 64-bit integers.",
                new TextSpan(Start, _position - Start)));
    }

    // A dot directly behind a call or a bracket is a dereference, even when digits follow; elsewhere ".3" is a number.
    private readonly bool FollowsValue()
    {
        var before = _position - 1;
        while (before >= 0 && char.IsWhiteSpace(_text[before])) before--;
        return before >= 0 && _text[before] is not ('(' or ',' or '[');
    }

    private TokenKind Single(TokenKind kind)
    {
        _position++;
        return kind;
    }

    private TokenKind QuotedText()
    {
        while (true)
        {
            var length = _text[(_position + 1)..].IndexOf('\'');
            if (length < 0)
            {
                throw new TemplateSyntaxException(new TemplateSyntaxError(
                    $"The template language expression '{_text}' is not valid: the string literal starting at position '{Start}' is not terminated.",
                    new TextSpan(Start, _text.Length - Start),
                    "Inside a text, write '' for one quote."));
            }

            _position += length + 1;
            if (_position + 1 < _text.Length && _text[_position + 1] == '\'')
            {
                _position++;
                continue;
            }

            _position++;
            return TokenKind.StringLiteral;
        }
    }

    private TokenKind Number()
    {
        if (_text[_position] is '+' or '-') _position++;
        var digits = Digits();
        var kind = TokenKind.IntegerLiteral;
        if (_position < _text.Length && _text[_position] == '.' && (digits > 0 || DigitAt(_position + 1)))
        {
            kind = TokenKind.FloatLiteral;
            _position++;
            digits += Digits();
        }

        if (digits == 0) throw Unexpected(_position < _text.Length && _position > Start && _text[_position] is '+' or '-' ? _position : Start);
        if (_position < _text.Length && _text[_position] is 'e' or 'E')
        {
            var exponent = _position;
            _position++;
            if (_position < _text.Length && _text[_position] is '+' or '-') _position++;
            if (Digits() == 0) throw Unexpected(exponent);
            kind = TokenKind.FloatLiteral;
        }

        if (_position < _text.Length && IsIdentifierPart(_text[_position])) throw Unexpected(_position);
        return kind;
    }

    private int Digits()
    {
        var start = _position;
        while (DigitAt(_position)) _position++;
        return _position - start;
    }

    private readonly bool DigitAt(int position) => position < _text.Length && char.IsAsciiDigit(_text[position]);

    private TokenKind Identifier()
    {
        while (_position < _text.Length && IsIdentifierPart(_text[_position])) _position++;
        return TokenKind.Identifier;
    }

    private static bool IsIdentifierPart(char c) => c < AsciiParts.Length ? AsciiParts[c] : !char.IsWhiteSpace(c);

    // Asked of nearly every character of an expression.
    private static bool[] FindAsciiParts()
    {
        var parts = new bool[128];
        for (var c = '\0'; c < parts.Length; c++) parts[c] = !".,(){}@[]?'".Contains(c) && !char.IsWhiteSpace(c);
        return parts;
    }

    private readonly TemplateSyntaxException Unexpected(int position)
    {
        var what = position < _text.Length
            ? $"the string character '{_text[position]}' at position '{position}' is not expected."
            : $"the end of the expression at position '{position}' is not expected.";
        return new TemplateSyntaxException(new TemplateSyntaxError(
            $"The template language expression '{_text}' is not valid: {what}",
            new TextSpan(position, position < _text.Length ? 1 : 0),
            Hint(position)));
    }

    private readonly string? Hint(int position) => position >= _text.Length
        ? null
        : _text[position] switch
        {
            '@' => "Inside an expression functions stand without '@'.",
            '{' => "There are no object literals: use json() or setProperty().",
            '+' or '-' or '*' or '/' or '=' or '<' or '>' or '&' or '|' => "There are no operators: use functions such as add(), equals() and and().",
            _ => null,
        };
}
