using System.Globalization;
using System.Text;

namespace FlowEngine.Connectors;

internal enum PolicyTokenKind
{
    End,
    Name,
    Literal,

    /// <summary>Text with holes; its value is a list of text and positions of expressions.</summary>
    Interpolated,
    Sign,
}

/// <summary>A token of C#.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As written; of a name without <c>@</c>.</param>
/// <param name="Value">Of a literal.</param>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Behind its last character.</param>
internal readonly record struct PolicyToken(PolicyTokenKind Kind, string Text, object? Value, int Start, int End)
{
    public bool Is(string sign) => Kind == PolicyTokenKind.Sign && Text == sign;

    public bool IsName(string name) => Kind == PolicyTokenKind.Name && Text == name;
}

/// <summary>A piece of an interpolated string: text, or an expression with its format.</summary>
internal sealed record InterpolationPiece(string? Text, int Start, int Length, string? Format);

/// <summary>Cuts C# into tokens, as far as policy expressions have it. Comments go.</summary>
internal static class PolicyLexer
{
    private const int MaxTokens = 20_000;

    private static readonly string[] Signs =
    [
        "<<=", ">>=", "??=", "=>", "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<",
        "(", ")", "{", "}", "[", "]", ".", ",", ";", ":", "?", "+", "-", "*", "/", "%", "<", ">", "=", "!", "&", "|", "^", "~",
    ];

    /// <summary>The tokens of a piece of the text, an End at last.</summary>
    /// <exception cref="PolicyExpressionException">Something that is no token.</exception>
    public static List<PolicyToken> Read(string text, int from, int to)
    {
        var tokens = new List<PolicyToken>();
        var at = from;
        while (true)
        {
            at = SkipBlanks(text, at, to);
            if (at >= to) break;
            var token = Next(text, at, to);
            tokens.Add(token);
            if (tokens.Count > MaxTokens) throw new PolicyExpressionException($"The expression has more than {MaxTokens} tokens.", at);
            at = token.End;
        }

        tokens.Add(new PolicyToken(PolicyTokenKind.End, string.Empty, null, to, to));
        return tokens;
    }

    private static int SkipBlanks(string text, int at, int to)
    {
        while (at < to)
        {
            if (char.IsWhiteSpace(text[at])) at++;
            else if (Starts(text, at, to, "//")) at = IndexOr(text, '\n', at, to);
            else if (Starts(text, at, to, "/*"))
            {
                var end = text.IndexOf("*/", at + 2, to - at - 2, StringComparison.Ordinal);
                at = end < 0 ? to : end + 2;
            }
            else break;
        }

        return at;
    }

    private static PolicyToken Next(string text, int at, int to)
    {
        var c = text[at];
        if (char.IsLetter(c) || c == '_') return Name(text, at, at, to);
        if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < to && char.IsAsciiDigit(text[at + 1]))) return Number(text, at, to);
        if (c == '"') return Quoted(text, at, at + 1, to);
        if (c == '\'') return Character(text, at, to);
        if (Starts(text, at, to, "@\"")) return Verbatim(text, at, at + 2, to);
        if (Starts(text, at, to, "$\"")) return Interpolated(text, at, at + 2, to, verbatim: false);
        if (Starts(text, at, to, "$@\"") || Starts(text, at, to, "@$\"")) return Interpolated(text, at, at + 3, to, verbatim: true);
        if (c == '@' && at + 1 < to && char.IsLetter(text[at + 1])) return Name(text, at, at + 1, to);
        foreach (var sign in Signs)
        {
            if (Starts(text, at, to, sign)) return new PolicyToken(PolicyTokenKind.Sign, sign, null, at, at + sign.Length);
        }

        throw new PolicyExpressionException($"'{c}' is not expected here.", at);
    }

    private static PolicyToken Name(string text, int start, int at, int to)
    {
        var end = at;
        while (end < to && (char.IsLetterOrDigit(text[end]) || text[end] == '_')) end++;
        var name = text[at..end];
        return name switch
        {
            "true" when start == at => new PolicyToken(PolicyTokenKind.Literal, name, true, start, end),
            "false" when start == at => new PolicyToken(PolicyTokenKind.Literal, name, false, start, end),
            "null" when start == at => new PolicyToken(PolicyTokenKind.Literal, name, null, start, end),
            _ => new PolicyToken(PolicyTokenKind.Name, name, null, start, end),
        };
    }

    private static PolicyToken Number(string text, int at, int to)
    {
        var end = at;
        var isHex = Starts(text, at, to, "0x") || Starts(text, at, to, "0X");
        if (isHex) end += 2;
        var isFloating = false;
        while (end < to && (text[end] == '_' || (isHex ? char.IsAsciiHexDigit(text[end]) : char.IsAsciiDigit(text[end]) || IsFraction(text, end, to) || IsExponent(text, end, to))))
        {
            isFloating |= !isHex && text[end] is '.' or 'e' or 'E';
            end += !isHex && IsExponent(text, end, to) && text[end + 1] is '+' or '-' ? 2 : 1;
        }

        var digits = text[(isHex ? at + 2 : at)..end].Replace("_", string.Empty, StringComparison.Ordinal);
        var suffixed = end;
        while (suffixed < to && char.IsAsciiLetter(text[suffixed])) suffixed++;
        var value = PolicyNumbers.Literal(digits, isHex, isFloating, text[end..suffixed].ToLowerInvariant())
            ?? throw new PolicyExpressionException("The number can't be read.", at, suffixed - at);
        return new PolicyToken(PolicyTokenKind.Literal, text[at..suffixed], value, at, suffixed);
    }

    private static bool IsFraction(string text, int at, int to) => text[at] == '.' && at + 1 < to && char.IsAsciiDigit(text[at + 1]);

    private static bool IsExponent(string text, int at, int to) =>
        text[at] is 'e' or 'E' && at + 1 < to && (char.IsAsciiDigit(text[at + 1]) || (text[at + 1] is '+' or '-' && at + 2 < to && char.IsAsciiDigit(text[at + 2])));

    private static PolicyToken Quoted(string text, int start, int at, int to)
    {
        var result = new StringBuilder();
        while (at < to && text[at] != '"')
        {
            if (text[at] is '\n' or '\r') break;
            result.Append(text[at] == '\\' ? Escape(text, ref at, to) : text[at++].ToString());
        }

        if (at >= to || text[at] != '"') throw new PolicyExpressionException("The text has no closing quote.", start);
        return new PolicyToken(PolicyTokenKind.Literal, text[start..(at + 1)], result.ToString(), start, at + 1);
    }

    private static PolicyToken Verbatim(string text, int start, int at, int to)
    {
        var result = new StringBuilder();
        while (at < to)
        {
            if (text[at] != '"') result.Append(text[at++]);
            else if (Starts(text, at, to, "\"\""))
            {
                result.Append('"');
                at += 2;
            }
            else return new PolicyToken(PolicyTokenKind.Literal, text[start..(at + 1)], result.ToString(), start, at + 1);
        }

        throw new PolicyExpressionException("The text has no closing quote.", start);
    }

    private static PolicyToken Character(string text, int at, int to)
    {
        var end = at + 1;
        if (end >= to) throw new PolicyExpressionException("The character has no closing quote.", at);
        var value = text[end] == '\\' ? Escape(text, ref end, to) : text[end++].ToString();
        if (value.Length != 1 || end >= to || text[end] != '\'') throw new PolicyExpressionException("A character stands between single quotes.", at);
        return new PolicyToken(PolicyTokenKind.Literal, text[at..(end + 1)], value[0], at, end + 1);
    }

    private static PolicyToken Interpolated(string text, int start, int at, int to, bool verbatim)
    {
        var pieces = new List<InterpolationPiece>();
        var piece = new StringBuilder();
        while (at < to && !(text[at] == '"' && !(verbatim && Starts(text, at, to, "\"\""))))
        {
            if (Starts(text, at, to, "{{") || Starts(text, at, to, "}}") || (verbatim && Starts(text, at, to, "\"\"")))
            {
                piece.Append(text[at]);
                at += 2;
            }
            else if (text[at] == '{')
            {
                if (piece.Length > 0) pieces.Add(new InterpolationPiece(piece.ToString(), 0, 0, null));
                piece.Clear();
                var end = PolicyBrackets.EndOf(text, at, to);
                if (end < 0) throw new PolicyExpressionException("The '{' of the text has no '}'.", at);
                pieces.Add(Hole(text, at + 1, end - 1));
                at = end;
            }
            else if (text[at] == '\\' && !verbatim) piece.Append(Escape(text, ref at, to));
            else piece.Append(text[at++]);
        }

        if (at >= to) throw new PolicyExpressionException("The text has no closing quote.", start);
        if (piece.Length > 0) pieces.Add(new InterpolationPiece(piece.ToString(), 0, 0, null));
        return new PolicyToken(PolicyTokenKind.Interpolated, text[start..(at + 1)], pieces, start, at + 1);
    }

    // The first colon outside of brackets and quotes starts the format.
    private static InterpolationPiece Hole(string text, int from, int to)
    {
        var at = from;
        while (at < to)
        {
            if (text[at] == ':') return new InterpolationPiece(null, from, at - from, text[(at + 1)..to]);
            at = PolicyBrackets.Skip(text, at, to);
        }

        return new InterpolationPiece(null, from, to - from, null);
    }

    private static string Escape(string text, ref int at, int to)
    {
        if (at + 1 >= to) throw new PolicyExpressionException("The text ends within an escape.", at);
        var c = text[at + 1];
        if (c is 'u' or 'x' && at + 6 <= to && ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
        {
            at += 6;
            return ((char)unit).ToString();
        }

        var meaning = c switch { 'n' => "\n", 'r' => "\r", 't' => "\t", '0' => "\0", '\\' => "\\", '"' => "\"", '\'' => "'", 'a' => "\a", 'b' => "\b", 'f' => "\f", 'v' => "\v", _ => null };
        if (meaning is null) throw new PolicyExpressionException($"'\\{c}' is no escape.", at, 2);
        at += 2;
        return meaning;
    }

    private static bool Starts(string text, int at, int to, string what) => at + what.Length <= to && text.AsSpan(at, what.Length).SequenceEqual(what);

    private static int IndexOr(string text, char what, int at, int to)
    {
        var index = text.IndexOf(what, at, to - at);
        return index < 0 ? to : index;
    }
}
