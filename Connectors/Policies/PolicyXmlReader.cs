using System.Globalization;
using System.Text;

namespace FlowEngine.Connectors;

/// <summary>Reads policy documents as API Management takes them: well-formed XML, and its own <c>rawxml</c>, in which expressions stand unescaped.</summary>
/// <remarks>
/// In an attribute whose value begins with <c>@(</c> or <c>@{</c>, and in element text that does, the expression ends at the matching bracket; texts, characters
/// and comments of C# are passed over. A document in which expressions are escaped gives the same. There is no DTD.
/// </remarks>
internal sealed class PolicyXmlReader(string text)
{
    private const int MaxDepth = 64;
    private const int MaxElements = 10_000;
    private const int MaxInVain = 64 * PolicyValue.MaxLength;

    private int _at;
    private int _elements;
    private int _inVain;

    /// <summary>The root element.</summary>
    /// <exception cref="PolicyXmlException">It is no such document.</exception>
    public PolicyElement Read()
    {
        SkipMisc();
        if (_at >= text.Length) throw Fault("The document has no element.");
        var root = Element(0);
        SkipMisc();
        return _at < text.Length ? throw Fault("Nothing may follow the root element.") : root;
    }

    private void SkipMisc()
    {
        while (true)
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
            if (Starts("<!--")) SkipTo("-->");
            else if (Starts("<?")) SkipTo("?>");
            else if (Starts("<!")) throw Fault("A document type declaration is not read.");
            else return;
        }
    }

    private PolicyElement Element(int depth)
    {
        if (depth > MaxDepth) throw Fault($"Elements are nested more than {MaxDepth} deep.");
        if (++_elements > MaxElements) throw Fault($"The document has more than {MaxElements} elements.");
        if (!Starts("<")) throw Fault("'<' was expected.");
        _at++;
        var element = new PolicyElement(Name().ToLowerInvariant(), _at);
        element = element with { Start = _at - element.Name.Length };
        while (true)
        {
            SkipBlanks();
            if (Starts("/>"))
            {
                _at += 2;
                return element;
            }

            if (Starts(">"))
            {
                _at++;
                Content(element, depth);
                return element;
            }

            Attribute(element);
        }
    }

    private void Attribute(PolicyElement element)
    {
        var start = _at;
        var name = Name();
        SkipBlanks();
        if (!Starts("=")) throw Fault($"The attribute '{name}' has no value.");
        _at++;
        SkipBlanks();
        if (_at >= text.Length || text[_at] is not ('"' or '\'')) throw Fault($"The value of '{name}' stands in quotes.");
        var quote = text[_at++];
        var end = text.IndexOf(quote, _at);
        if (end < 0) throw Fault($"The value of '{name}' has no closing quote.");
        var value = Decode(_at, end);
        if (IsExpression(value.Value) && !IsWhole(value.Value) && RawEnd(_at) is var raw and > 0 && raw < text.Length && text[raw] == quote)
            (value, end) = (new PolicySource(text[_at..raw], _at, null), raw);
        _at = end + 1;
        if (!element.Attributes.TryAdd(name, value)) throw Fault($"The attribute '{name}' stands twice.", start);
    }

    private void Content(PolicyElement element, int depth)
    {
        var pieces = new List<PolicySource>();
        while (true)
        {
            if (_at >= text.Length) throw Fault($"The element '{element.Name}' is not closed.", element.Start);
            if (Starts("</"))
            {
                _at += 2;
                var start = _at;
                var name = Name();
                if (!name.Equals(element.Name, StringComparison.OrdinalIgnoreCase)) throw Fault($"'</{name}>' closes '{element.Name}'.", start);
                SkipBlanks();
                if (!Starts(">")) throw Fault("'>' was expected.");
                _at++;
                break;
            }

            if (Starts("<!--")) SkipTo("-->");
            else if (Starts("<![CDATA["))
            {
                var end = text.IndexOf("]]>", _at, StringComparison.Ordinal);
                if (end < 0) throw Fault("The CDATA section is not closed.");
                pieces.Add(new PolicySource(text[(_at + 9)..end], _at + 9, null));
                _at = end + 3;
            }
            else if (Starts("<?")) SkipTo("?>");
            else if (Starts("<!")) throw Fault("A document type declaration is not read.");
            else if (Starts("<")) element.Children.Add(Element(depth + 1));
            else pieces.Add(TextPiece());
        }

        element.Text = pieces.Count == 1 ? pieces[0] : Joined(pieces);
    }

    private PolicySource TextPiece()
    {
        var start = _at;
        while (start < text.Length && char.IsWhiteSpace(text[start])) start++;
        var end = text.IndexOf('<', _at);
        if (end < 0) end = text.Length;
        var value = Decode(_at, end);
        var trimmed = value.Value.Trim();
        if (IsExpression(trimmed) && !IsWhole(trimmed) && RawEnd(start) is var raw and > 0)
        {
            var behind = raw;
            while (behind < text.Length && char.IsWhiteSpace(text[behind])) behind++;
            if (text.AsSpan(behind).StartsWith("</")) (value, end) = (new PolicySource(text[_at..raw], _at, null), behind);
        }

        _at = end;
        return value;
    }

    private static bool IsExpression(string value) => value.StartsWith("@(", StringComparison.Ordinal) || value.StartsWith("@{", StringComparison.Ordinal);

    private static bool IsWhole(string value) => PolicyBrackets.EndOf(value, 1, value.Length) is var end and > 0 && value[end..].Trim().Length == 0;

    // Where the bracket of an unescaped expression closes. What was looked at in vain is looked at again by what follows: of that there may be a fixed sum.
    private int RawEnd(int start)
    {
        var to = Math.Min(text.Length, start + PolicyValue.MaxLength);
        var end = PolicyBrackets.EndOf(text, start + 1, to);
        if (end < 0 && (_inVain += to - start) > MaxInVain) throw Fault("The document has too many expressions that are not closed.", start);
        return end;
    }

    private static PolicySource Joined(List<PolicySource> pieces)
    {
        if (pieces.Count == 0) return new PolicySource(string.Empty, 0, null);
        var map = new List<int>();
        foreach (var piece in pieces)
        {
            for (var i = 0; i < piece.Value.Length; i++) map.Add(piece.At(i));
        }

        return new PolicySource(string.Concat(pieces.Select(piece => piece.Value)), pieces[0].Start, [.. map]);
    }

    // A '&' that starts no entity stands for itself: raw documents have C#'s own.
    private PolicySource Decode(int start, int end)
    {
        if (text.IndexOf('&', start, end - start) < 0) return new PolicySource(text[start..end], start, null);
        var result = new StringBuilder();
        var map = new List<int>();
        for (var at = start; at < end;)
        {
            var (piece, length) = text[at] == '&' ? Entity(at, end) : (text[at].ToString(), 1);
            foreach (var _ in piece) map.Add(at);
            result.Append(piece);
            at += length;
        }

        return new PolicySource(result.ToString(), start, [.. map]);
    }

    private (string Text, int Length) Entity(int at, int end)
    {
        var close = text.IndexOf(';', at, Math.Min(end - at, 12));
        if (close < 0) return ("&", 1);
        var name = text[(at + 1)..close];
        var meaning = name switch { "lt" => "<", "gt" => ">", "amp" => "&", "quot" => "\"", "apos" => "'", _ => null };
        if (meaning is null && name.StartsWith('#'))
        {
            var isHex = name.StartsWith("#x", StringComparison.OrdinalIgnoreCase);
            if (int.TryParse(name.AsSpan(isHex ? 2 : 1), isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code)) meaning = new Rune(code).ToString();
        }

        return meaning is null ? ("&", 1) : (meaning, close - at + 1);
    }

    private string Name()
    {
        var start = _at;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '-' or '_' or '.' or ':')) _at++;
        return _at == start ? throw Fault("A name was expected.") : text[start.._at];
    }

    private void SkipBlanks()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
    }

    private void SkipTo(string end)
    {
        var index = text.IndexOf(end, _at, StringComparison.Ordinal);
        if (index < 0) throw Fault($"'{end}' is missing.");
        _at = index + end.Length;
    }

    private bool Starts(string what) => text.AsSpan(Math.Min(_at, text.Length)).StartsWith(what);

    private PolicyXmlException Fault(string message, int? at = null) => new(message, Math.Min(at ?? _at, text.Length));
}

/// <summary>A policy document that can't be read.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="position">Where in the file, from 0.</param>
internal sealed class PolicyXmlException(string message, int position) : Exception(message)
{
    public int Position { get; } = position;
}
