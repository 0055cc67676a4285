using System.Text;
using System.Text.RegularExpressions;

namespace FlowEngine.Testing;

/// <summary>Takes secrets out of a cassette: by the names of headers, of query parameters and of members, and by value.</summary>
/// <param name="mask">Masks the values that are known to be secret; is told whether the text is a piece of a longer one.</param>
internal sealed class Scrubber(Func<string, bool, string> mask)
{
    public const string Mark = "*sanitized*";

    private const string MemberNames = "(?:[a-z_-]*(?:password|secret)|passwd|pwd|(?:(?:access|refresh|id|auth|session|security|bearer|sas)[_-]?)?token"
        + "|[a-z_-]*api[_-]?key|(?:account|private|shared|access)[_-]?key|client[_-]?assertion|connection[_-]?string|authorization)";

    private const string Number = "-?[0-9][0-9.e+-]*";

    // Linear in the text, which comes from anyone.
    private const RegexOptions Linear = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    private static readonly System.Buffers.SearchValues<char> SchemeLetters = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private static readonly Regex SecretHeader = new("^(proxy-)?authorization$|cookie|api-?key|subscription-key|functions-key|token|secret|signature|password", Linear);

    // At the start of a text too: that of a form body.
    private static readonly Regex SecretQuery = new("((?:^|[?&])(?:sig|code|key|[a-z_-]*api[_-]?key|[a-z_-]*(?:token|secret|password|assertion)|pwd|subscription-key)=)[^&#\\s\"]*", Linear);

    private static readonly Regex SecretMember = new($"(\"{MemberNames}\"\\s*:\\s*)(?:\"(?:[^\"\\\\]|\\\\.)*\"|{Number})", Linear);

    // A document inside a string of another one: its quotes are escaped, its own escapes twice.
    private static readonly Regex EscapedSecretMember =
        new($"(\\\\\"{MemberNames}\\\\\"\\s*:\\s*)(?:\\\\\"(?:[^\"\\\\]|\\\\\\\\(?:\\\\.|[^\\\\]))*\\\\\"|{Number})", Linear);

    public CassetteCall Apply(CassetteCall call)
    {
        // A server may send a piece of a body back.
        var isPiece = call.Headers["Content-Range"].IsString;
        return call with
        {
            Uri = Text(call.Uri),
            Headers = Headers(call.Headers),
            Body = call.Body is { } body ? Text(body, isPiece) : null,
            Response = call.Response with
            {
                Headers = [.. call.Response.Headers.Select(header => new KeyValuePair<string, IReadOnlyList<string>>(mask(header.Key, false), [.. header.Value.Select(value => Header(header.Key, value, isPiece))]))],
                Body = Bytes(call.Response.Body, isPiece),
            },
        };
    }

    /// <summary>Whether a text with marks in it fits another: a mark stands for whatever was secret.</summary>
    public static bool Fits(string scrubbed, string text)
    {
        var parts = scrubbed.Split(Mark);
        if (parts.Length == 1) return scrubbed == text;
        if (text.Length < parts[0].Length + parts[^1].Length || !text.StartsWith(parts[0], StringComparison.Ordinal) || !text.EndsWith(parts[^1], StringComparison.Ordinal)) return false;
        var at = parts[0].Length;
        var end = text.Length - parts[^1].Length;
        for (var i = 1; i < parts.Length - 1; i++)
        {
            var found = text.IndexOf(parts[i], at, end - at, StringComparison.Ordinal);
            if (found < 0) return false;
            at = found + parts[i].Length;
        }

        return true;
    }

    private string Text(string text, bool isPiece = false)
    {
        var masked = SecretQuery.Replace(mask(text, isPiece), $"$1{Mark}");

        // Number or text, the mark is a string: the document can still be read.
        masked = SecretMember.Replace(masked, $"$1\"{Mark}\"");
        return EscapedSecretMember.Replace(masked, $"$1\\\"{Mark}\\\"");
    }

    private ReadOnlyMemory<byte> Bytes(ReadOnlyMemory<byte> bytes, bool isPiece)
    {
        try
        {
            return Encoding.UTF8.GetBytes(Text(Strict.GetString(bytes.Span), isPiece));
        }
        catch (DecoderFallbackException)
        {
            return bytes; // No text: nothing to find in it.
        }
    }

    private FlowValue Headers(FlowValue headers)
    {
        var scrubbed = new FlowObjectBuilder();
        foreach (var (name, value) in headers.AsObjectOrNull ?? FlowObject.Empty) scrubbed.Set(name, value.AsStringOrNull is { } text ? FlowValue.String(Header(name, text)) : value);
        return scrubbed.ToValue();
    }

    private string Header(string name, string value, bool isPiece = false)
    {
        if (name.Equals("Location", StringComparison.OrdinalIgnoreCase)) return Text(value);
        if (!SecretHeader.IsMatch(name)) return mask(value, isPiece);
        var space = value.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && name.EndsWith("Authorization", StringComparison.OrdinalIgnoreCase) && value.AsSpan(0, space).IndexOfAnyExcept(SchemeLetters) < 0 ? $"{value[..space]} {Mark}" : Mark;
    }
}
