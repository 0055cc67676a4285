using System.Text;

namespace FlowEngine.Actions;

/// <summary>Bodies of HTTP messages: bytes and Content-Type to the value that flows see, and back.</summary>
/// <remarks>Runtime reference, 3.14 (what Http and Response send, what Http receives) and 4.2 (what a Request trigger receives).</remarks>
public static class MessageBody
{
    /// <summary>What text is sent as.</summary>
    public const string TextType = "text/plain; charset=utf-8";

    /// <summary>What JSON is sent as.</summary>
    public const string JsonType = "application/json; charset=utf-8";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether a Content-Type says JSON: <c>application/json</c> or <c>*+json</c>.</summary>
    public static bool IsJson(string contentType) => MediaType.Parse(contentType).IsJson;

    /// <summary>Reads a body: JSON is parsed, <c>text/*</c> is text, forms carry their fields, everything else is a content object.</summary>
    /// <param name="bytes">The bytes; none means that there is no body, whatever the type.</param>
    /// <param name="contentType">The Content-Type header, or null.</param>
    /// <param name="kind">Whose message it is.</param>
    public static DecodedBody Decode(ReadOnlySpan<byte> bytes, string? contentType, MessageKind kind)
    {
        if (bytes.IsEmpty) return DecodedBody.Absent;
        if (string.IsNullOrWhiteSpace(contentType))
        {
            return DecodedBody.Of(kind == MessageKind.Response ? FlowValue.String(Text(bytes, null)) : BinaryContent.FromBytes(BinaryContent.OctetStream, bytes).ToValue());
        }

        var type = MediaType.Parse(contentType);
        if (type.IsJson) return DecodeJson(bytes, type);
        if (type.IsText) return DecodedBody.Of(FlowValue.String(Text(bytes, type.Charset)));
        var content = BinaryContent.FromBytes(contentType, bytes);
        if (type.Name.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            return FormFields.Read(Text(bytes, type.Charset)) is { } fields ? With(content, "$formdata", fields) : DecodedBody.Of(content.ToValue());
        if (type.IsMultipart && type.Boundary is { } boundary && Multipart.TryRead(bytes, boundary) is { } parts)
            return With(content, "$multipart", parts);
        return DecodedBody.Of(content.ToValue());
    }

    /// <summary>A body as the run record's <c>requests</c> show it: parsed where the type is JSON and the text parses, else text where it is UTF-8, else content.</summary>
    internal static DecodedBody Describe(ReadOnlySpan<byte> bytes, string? contentType)
    {
        if (bytes.IsEmpty) return DecodedBody.Absent;
        var type = MediaType.Parse(contentType ?? string.Empty);
        if (type.IsJson && DecodeJson(bytes, type) is { JsonError: null } json) return json;
        try
        {
            return DecodedBody.Of(FlowValue.String(StrictUtf8.GetString(bytes)));
        }
        catch (DecoderFallbackException)
        {
            return DecodedBody.Of(BinaryContent.FromBytes(contentType ?? BinaryContent.OctetStream, bytes).ToValue());
        }
    }

    /// <summary>
    /// The bytes to send: text as UTF-8, a content object as its bytes and type, <c>$multipart</c> as its parts, anything else as compact JSON;
    /// null (no body, no Content-Type) where the value is null.
    /// </summary>
    /// <exception cref="MessageFormatException">A <c>$multipart</c> that is no list of parts, or a part header that can't be sent.</exception>
    public static EncodedBody? Encode(FlowValue body)
    {
        if (body.IsNull) return null;
        if (body.AsStringOrNull is { } text) return new EncodedBody(Encoding.UTF8.GetBytes(text), TextType);
        if (BinaryContent.FromValue(body) is { } content)
        {
            try
            {
                return new EncodedBody(content.ToBytes(), content.ContentType);
            }
            catch (FormatException e)
            {
                throw new MessageFormatException("The '$content' of the body is not valid base64.", e);
            }
        }

        if (body.AsObjectOrNull is { } o && o.TryGetExact("$multipart", out var parts) && o["$content-type"].AsStringOrNull is { } type)
            return Multipart.Write(type, parts);
        return new EncodedBody(Encoding.UTF8.GetBytes(FlowJson.Write(body)), JsonType);
    }

    /// <summary>A body that is there with the Content-Type it is sent as. Parts are put together first; all else stays as it is and costs nothing.</summary>
    /// <exception cref="MessageFormatException">A <c>$multipart</c> that is no list of parts, or a part header that can't be sent.</exception>
    internal static (FlowValue Body, string ContentType) Typed(FlowValue body)
    {
        if (body.IsString) return (body, TextType);
        if (BinaryContent.FromValue(body) is { } content) return (body, content.ContentType);
        if (body.AsObjectOrNull is not { } o || !o.Contains("$multipart") || Encode(body) is not { } encoded || encoded.ContentType == JsonType) return (body, JsonType);
        return (BinaryContent.FromBytes(encoded.ContentType, encoded.Bytes).ToValue(), encoded.ContentType);
    }

    /// <summary>The bytes as text: in the charset given, else by the byte order mark, else UTF-8; the mark itself is left out.</summary>
    internal static string Text(ReadOnlySpan<byte> bytes, string? charset)
    {
        // An unknown charset is read as UTF-8 (assumed): better a strange letter than a lost answer.
        var encoding = (charset is null ? null : BinaryContent.FindEncoding(charset)) ?? ByMark(bytes) ?? Encoding.UTF8;
        var mark = encoding.Preamble;
        if (mark.IsEmpty && encoding.CodePage == Encoding.UTF8.CodePage) mark = Encoding.UTF8.Preamble;
        return encoding.GetString(!mark.IsEmpty && bytes.StartsWith(mark) ? bytes[mark.Length..] : bytes);
    }

    private static Encoding? ByMark(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<Encoding> marked = [Encoding.UTF8, Encoding.UTF32, Encoding.Unicode, Encoding.BigEndianUnicode];
        foreach (var encoding in marked)
        {
            if (bytes.StartsWith(encoding.Preamble)) return encoding;
        }

        return null;
    }

    private static DecodedBody DecodeJson(ReadOnlySpan<byte> bytes, MediaType type)
    {
        var text = Text(bytes, type.Charset);

        // White space alone reads as null, as ParseJson takes it (assumed for bodies).
        if (string.IsNullOrWhiteSpace(text)) return DecodedBody.Of(FlowValue.Null);
        try
        {
            return DecodedBody.Of(FlowJson.Parse(text));
        }
        catch (FlowJsonException e)
        {
            return new DecodedBody(default, true, e.Message);
        }
    }

    private static DecodedBody With(BinaryContent content, string name, FlowValue fields) =>
        DecodedBody.Of(content.ToValue().AsObject.ToBuilder().Add(name, fields).ToValue());
}

/// <summary>A body or header that can't be sent.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="inner">What caused it.</param>
internal sealed class MessageFormatException(string message, Exception? inner = null) : Exception(message, inner);
