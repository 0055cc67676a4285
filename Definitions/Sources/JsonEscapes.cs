using System.Globalization;
using System.Text;
using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>A quoted JSON string and what it stands for, unit by unit.</summary>
internal static class JsonEscapes
{
    /// <summary>What the quoted (or bare) piece of the text stands for.</summary>
    public static string Unescape(string text, TextSpan quoted)
    {
        if (quoted.Length == 0) return string.Empty;
        if (text[quoted.Start] is not ('"' or '\'')) return text.Substring(quoted.Start, quoted.Length);
        var end = EndOfContent(text, quoted);
        var content = text.AsSpan(quoted.Start + 1, end - quoted.Start - 1);
        if (!content.Contains('\\')) return content.ToString();

        var result = new StringBuilder(content.Length);
        for (var at = quoted.Start + 1; at < end;)
        {
            var length = UnitLength(text, at, end);
            result.Append(length == 1 ? text[at] : Meaning(text, at, length));
            at += length;
        }

        return result.ToString();
    }

    /// <summary>The position in the text of unit <paramref name="unit"/> of the unescaped string; every escape is one unit, also half a surrogate pair.</summary>
    public static int ToSource(string text, TextSpan quoted, int unit)
    {
        var end = EndOfContent(text, quoted);
        var at = quoted.Start + 1;
        for (; unit > 0 && at < end; unit--) at += UnitLength(text, at, end);
        return at;
    }

    private static int EndOfContent(string text, TextSpan quoted) =>
        quoted.Length > 1 && text[quoted.End - 1] == text[quoted.Start] ? quoted.End - 1 : quoted.End;

    private static int UnitLength(string text, int at, int end)
    {
        if (text[at] != '\\') return 1;
        var length = at + 1 < end && text[at + 1] == 'u' ? 6 : 2;
        return Math.Min(length, end - at);
    }

    private static char Meaning(string text, int at, int length) => text[at + 1] switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\b',
        'f' => '\f',
        'u' when length == 6 && ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) => (char)unit,
        var other => other,
    };
}
