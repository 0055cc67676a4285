using System.Text;
using System.Text.RegularExpressions;

namespace FlowEngine.Testing;

/// <summary>Takes secrets out of a cassette: by the names of headers, of query parameters and of members, and by value.</summary>
/// <param name="mask">Masks the values that are known to be secret.</param>
internal sealed partial class Scrubber(Func<string, string> mask)
{
    public const string Mark = "*sanitized*";

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public CassetteCall Apply(CassetteCall call) => call with
    {
        Uri = Text(call.Uri),
        Headers = Headers(call.Headers),
        Body = call.Body is { } body ? Text(body) : null,
        Response = call.Response with
        {
            Headers = [.. call.Response.Headers.Select(header => new KeyValuePair<string, IReadOnlyList<string>>(header.Key, [.. header.Value.Select(value => Header(header.Key, value))]))],
            Body = Bytes(call.Response.Body),
        },
    };

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

    private string Text(string text) => SecretMember().Replace(SecretQuery().Replace(mask(text), $"$1{Mark}"), $"$1\"{Mark}\"");

    private ReadOnlyMemory<byte> Bytes(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return Encoding.UTF8.GetBytes(Text(Strict.GetString(bytes.Span)));
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

    private string Header(string name, string value)
    {
        if (name.Equals("Location", StringComparison.OrdinalIgnoreCase)) return Text(value);
        if (!SecretHeader().IsMatch(name)) return mask(value);
        var space = value.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && name.EndsWith("Authorization", StringComparison.OrdinalIgnoreCase) ? $"{value[..space]} {Mark}" : Mark;
    }

    [GeneratedRegex("^(proxy-)?authorization$|cookie|api-?key|subscription-key|functions-key|token|secret|signature|password", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretHeader();

    [GeneratedRegex("([?&](?:sig|code|key|api-?key|[a-z_-]*token|[a-z_-]*secret|password|subscription-key)=)[^&#\\s\"]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretQuery();

    [GeneratedRegex("(\"(?:[a-z_-]*password|[a-z_-]*secret|(?:access|refresh|id)_?token|api_?key|client_?assertion|connection_?string)\"\\s*:\\s*)\"(?:[^\"\\\\]|\\\\.)*\"", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretMember();
}
