using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FlowEngine.Actions;

/// <summary>The parts of <c>multipart/*</c> bodies, between bytes and the list that flows see as <c>$multipart</c>.</summary>
internal static class Multipart
{
    private const int MaxParts = 10_000;

    /// <summary>
    /// An array of <c>{headers, body}</c>: the part's own headers and its Content-Length, the body as any other but a part without type is
    /// content. Null where the bytes don't have that boundary, or where there are too many parts: each is an object, some hundred times its shortest text.
    /// </summary>
    public static FlowValue? TryRead(ReadOnlySpan<byte> bytes, string boundary)
    {
        var delimiter = Encoding.ASCII.GetBytes("--" + boundary);
        var start = NextDelimiter(bytes, delimiter, 0);
        if (start < 0) return null;
        var parts = FlowArray.Empty;
        while (true)
        {
            var afterDelimiter = start + delimiter.Length;
            if (bytes[afterDelimiter..].StartsWith("--"u8)) return parts;
            var lineEnd = bytes[afterDelimiter..].IndexOf((byte)'\n');
            if (lineEnd < 0) return parts;
            var partStart = afterDelimiter + lineEnd + 1;
            start = NextDelimiter(bytes, delimiter, partStart);

            // The line break before a delimiter belongs to the delimiter. A body cut short ends with its last bytes.
            var part = start < 0 ? bytes[partStart..] : TrimLineEnd(bytes[partStart..start]);
            if (parts.Count == MaxParts) return null;
            parts = parts.Append(ReadPart(part));
            if (start < 0) return parts;
        }
    }

    /// <summary>The parts as bytes, and the type completed with the boundary.</summary>
    /// <exception cref="MessageFormatException">No list of parts, or a header that can't be sent.</exception>
    public static EncodedBody Write(string contentType, FlowValue parts)
    {
        if (parts.AsArrayOrNull is not { } list) throw new MessageFormatException("The '$multipart' of the body must be an array of parts.");
        var encoded = new List<(string Head, byte[] Bytes)>(list.Count);
        foreach (var part in list) encoded.Add(EncodePart(part));

        var boundary = MediaType.Parse(contentType).Boundary;
        var type = contentType;
        if (boundary is null)
        {
            boundary = BoundaryOf(encoded);
            type = $"{contentType.TrimEnd(' ', ';')}; boundary=\"{boundary}\"";
        }

        using var bytes = new MemoryStream();
        foreach (var (head, body) in encoded)
        {
            bytes.Write(Encoding.UTF8.GetBytes($"--{boundary}\r\n{head}\r\n"));
            bytes.Write(body);
            bytes.Write("\r\n"u8);
        }

        bytes.Write(Encoding.UTF8.GetBytes($"--{boundary}--\r\n"));
        return new EncodedBody(bytes.ToArray(), type);
    }

    private static (string Head, byte[] Bytes) EncodePart(FlowValue part)
    {
        if (!part.IsObject) throw new MessageFormatException("Every part of '$multipart' must be an object with 'headers' and 'body'.");
        var body = MessageBody.Encode(part["body"]);
        var head = new StringBuilder();
        var hasType = false;
        if (part["headers"].AsObjectOrNull is { } headers)
        {
            foreach (var (name, value) in headers)
            {
                if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)) continue;
                hasType |= name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase);
                var text = HeaderGuard.TextOf(value);
                HeaderGuard.Check(name, text, allowNonAscii: true);
                head.Append(CultureInfo.InvariantCulture, $"{name}: {text}\r\n");
            }
        }

        if (!hasType && body is not null)
        {
            HeaderGuard.Check("Content-Type", body.ContentType, allowNonAscii: true);
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: {body.ContentType}\r\n");
        }

        return (head.ToString(), body?.Bytes ?? []);
    }

    // Taken from the parts, so that a run with the same data sends the same bytes, and no part can contain it.
    private static string BoundaryOf(List<(string Head, byte[] Bytes)> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (head, bytes) in parts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(head));
            hash.AppendData(bytes);
        }

        return new Guid(hash.GetHashAndReset().AsSpan(0, 16)).ToString();
    }

    private static FlowValue ReadPart(ReadOnlySpan<byte> part)
    {
        var headers = new FlowObjectBuilder();
        string? contentType = null;
        while (true)
        {
            var lineEnd = part.IndexOf((byte)'\n');
            var line = lineEnd < 0 ? part : part[..lineEnd];
            part = lineEnd < 0 ? [] : part[(lineEnd + 1)..];
            if (line.EndsWith("\r"u8)) line = line[..^1];
            if (line.IsEmpty) break;
            var text = Encoding.UTF8.GetString(line);
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0) continue;
            var name = text[..colon].Trim();
            var value = text[(colon + 1)..].Trim();
            if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)) continue;
            if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)) contentType = value;
            headers.Set(name, FlowValue.String(value));
        }

        headers.Set("Content-Length", FlowValue.String(part.Length.ToString(CultureInfo.InvariantCulture)));
        var result = new FlowObjectBuilder(2).Add("headers", headers.ToValue());
        var body = MessageBody.Decode(part, contentType, MessageKind.Request);

        // A part that says JSON and holds none keeps its bytes (assumed): the message itself was understood.
        if (body.JsonError is not null) body = DecodedBody.Of(BinaryContent.FromBytes(contentType ?? BinaryContent.OctetStream, part).ToValue());
        if (body.IsPresent) result.Add("body", body.Value);
        return result.ToValue();
    }

    // A delimiter stands at the start of a line.
    private static int NextDelimiter(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> delimiter, int from)
    {
        while (true)
        {
            var at = bytes[from..].IndexOf(delimiter);
            if (at < 0) return -1;
            at += from;
            if (at == 0 || bytes[at - 1] == (byte)'\n') return at;
            from = at + 1;
        }
    }

    private static ReadOnlySpan<byte> TrimLineEnd(ReadOnlySpan<byte> part)
    {
        if (part.EndsWith("\r\n"u8)) return part[..^2];
        return part.EndsWith("\n"u8) ? part[..^1] : part;
    }
}
