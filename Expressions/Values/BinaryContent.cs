using System.Text;

namespace FlowEngine;

/// <summary>Content that is not JSON, as flows carry it: the object <c>{"$content-type": type, "$content": base64}</c>.</summary>
/// <param name="ContentType">The media type with its parameters, as written.</param>
/// <param name="Base64">The bytes in base64, as written: white space in it is kept.</param>
/// <remarks>Recorded: <c>binary('hi')</c> is such an object; with any further property (but those of forms) it is plain data.</remarks>
public sealed record BinaryContent(string ContentType, string Base64)
{
    /// <summary>The type of bytes nothing is known about.</summary>
    public const string OctetStream = "application/octet-stream";

    /// <summary>The type that <c>xml()</c> gives its results.</summary>
    public const string Xml = "application/xml;charset=utf-8";

    private const string ContentTypeName = "$content-type";
    private const string ContentName = "$content";

    /// <summary>Whether the media type is one of XML: <c>application/xml</c>, <c>text/xml</c> or <c>…+xml</c>.</summary>
    public bool IsXml
    {
        get
        {
            var type = MediaType(ContentType);
            return type.Equals("application/xml", StringComparison.OrdinalIgnoreCase)
                || type.Equals("text/xml", StringComparison.OrdinalIgnoreCase)
                || type.EndsWith("+xml", StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>The value as content, or null where it is something else.</summary>
    public static BinaryContent? FromValue(FlowValue value)
    {
        if (value.AsObjectOrNull is not { Count: >= 2 and <= 4 } o) return null;
        if (!o.TryGetExact(ContentTypeName, out var type) || !o.TryGetExact(ContentName, out var content)) return null;
        if (type.AsStringOrNull is not { } contentType || content.AsStringOrNull is not { } base64) return null;
        foreach (var name in o.Names)
        {
            if (name is not (ContentTypeName or ContentName or "$formdata" or "$multipart")) return null;
        }

        return new BinaryContent(contentType, base64);
    }

    /// <summary>Content of the given bytes.</summary>
    public static BinaryContent FromBytes(string contentType, ReadOnlySpan<byte> bytes) => new(contentType, Convert.ToBase64String(bytes));

    /// <summary>Content of the text in UTF-8.</summary>
    public static BinaryContent FromText(string contentType, string text) => FromBytes(contentType, Encoding.UTF8.GetBytes(text));

    /// <summary>The object that flows see.</summary>
    public FlowValue ToValue() =>
        new FlowObjectBuilder(2).Add(ContentTypeName, FlowValue.String(ContentType)).Add(ContentName, FlowValue.String(Base64)).ToValue();

    /// <summary>The bytes.</summary>
    /// <exception cref="FormatException"><see cref="Base64"/> is none.</exception>
    public byte[] ToBytes() => Convert.FromBase64String(Base64);

    /// <summary>The bytes as text: in the charset of the type, else UTF-8; bytes that don't fit become U+FFFD.</summary>
    /// <exception cref="FormatException">No base64, an unknown charset, or a parameter without <c>=</c>.</exception>
    public string ToText() => Decode(ContentType, ToBytes());

    /// <summary>Bytes of the given type as text; see <see cref="ToText"/>.</summary>
    /// <exception cref="FormatException">An unknown charset, or a parameter without <c>=</c>.</exception>
    internal static string Decode(string contentType, ReadOnlySpan<byte> bytes) => (DeclaredEncoding(contentType) ?? Encoding.UTF8).GetString(bytes);

    /// <summary>What the type's charset parameter names, or null where it has none.</summary>
    /// <exception cref="FormatException">An unknown charset, or a parameter without <c>=</c>.</exception>
    internal static Encoding? DeclaredEncoding(string contentType)
    {
        ArgumentNullException.ThrowIfNull(contentType);
        Encoding? encoding = null;
        var segments = contentType.Split(';', StringSplitOptions.TrimEntries);
        for (var i = 1; i < segments.Length; i++)
        {
            var equals = segments[i].IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 && segments[i].Length == 0 && i == segments.Length - 1) break;
            if (equals < 0) throw new FormatException($"The content type '{contentType}' has a parameter without a value: '{segments[i]}'.");
            if (encoding is not null || !segments[i].AsSpan(0, equals).TrimEnd().Equals("charset", StringComparison.OrdinalIgnoreCase)) continue;
            var charset = segments[i][(equals + 1)..].Trim().Trim('"');
            encoding = FindEncoding(charset) ?? throw new FormatException($"The charset '{charset}' is not known.");
        }

        return encoding;
    }

    /// <summary>The encoding of that name, code pages included, or null.</summary>
    internal static Encoding? FindEncoding(string charset)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The part of a content type before its parameters.</summary>
    internal static ReadOnlySpan<char> MediaType(string contentType)
    {
        var semicolon = contentType.IndexOf(';', StringComparison.Ordinal);
        return (semicolon < 0 ? contentType.AsSpan() : contentType.AsSpan(0, semicolon)).Trim();
    }
}
