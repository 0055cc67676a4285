using System.Net;
using System.Text;

namespace FlowEngine.Expressions;

/// <summary>A data URI, <c>data:[type][;parameter=value]…[;base64],data</c>, taken apart the way the service does.</summary>
/// <param name="ContentType">The type as written, <c>text/plain</c> where there is none; without the <c>base64</c> at its end.</param>
/// <param name="Base64">The data in base64: as written, or encoded from the percent-encoded form.</param>
internal sealed record DataUri(string ContentType, string Base64)
{
    /// <summary>The parts of <see cref="ContentType"/>, the media type first.</summary>
    private string[] Segments => ContentType.Split(';');

    /// <summary>Whether the media type is of the form <c>a/b</c>.</summary>
    public bool HasMediaType => Segments[0].Count(c => c == '/') == 1;

    /// <summary>Whether the charset, if any, exists.</summary>
    public bool HasKnownCharset =>
        Array.Find(Segments, s => Charset(s) is not null) is not { } segment || BinaryContent.FindEncoding(Charset(segment)!) is not null; // Find returned a segment with a charset.

    /// <summary>Whether the second segment, if it is a charset, is UTF-8. Recorded: the service looks nowhere else.</summary>
    public bool IsUtf8 => Segments is not [_, var second, ..] || Charset(second) is not { } charset || BinaryContent.FindEncoding(charset) is UTF8Encoding;

    /// <summary>Reads a data URI; null where it has no <c>data:</c>, no comma, or parameters but an empty type.</summary>
    public static DataUri? Parse(string text)
    {
        const string Scheme = "data:";
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || comma < 0) return null;
        var segments = text[Scheme.Length..comma].Split(';');
        var data = text[(comma + 1)..];

        // Only the last segment can say base64, and it may be the only one: data:base64,dGVzdA== is "test" (recorded).
        var isBase64 = segments[^1].Equals("base64", StringComparison.OrdinalIgnoreCase);
        if (isBase64) segments = segments[..^1];
        var type = segments is [] or [""] ? "text/plain" : string.Join(';', segments);
        if (type[0] == ';') return null;
        return new DataUri(type, isBase64 ? data : Convert.ToBase64String(PercentDecode(data)));
    }

    /// <summary>The bytes of percent-encoded text; <c>+</c> is a space (recorded).</summary>
    public static byte[] PercentDecode(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return WebUtility.UrlDecodeToBytes(bytes, 0, bytes.Length);
    }

    /// <summary>The data as content of its type.</summary>
    public BinaryContent ToContent() => new(ContentType, Base64);

    private static string? Charset(string segment) =>
        segment.StartsWith("charset=", StringComparison.OrdinalIgnoreCase) ? segment["charset=".Length..] : null;
}
