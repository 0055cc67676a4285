using System.Globalization;

namespace FlowEngine.Actions;

/// <summary>A response, read to its end.</summary>
/// <param name="StatusCode">HTTP status.</param>
/// <param name="Headers">Object of text, as outputs show it.</param>
/// <param name="Body">The bytes of the body.</param>
/// <param name="ContentType">Its Content-Type, or null.</param>
/// <param name="Location">Absolute Location, or null.</param>
/// <param name="RetryAfter">The wait that it asks for, or null.</param>
/// <param name="RequestId">What the server calls the request, or null.</param>
internal sealed record HttpAnswer(int StatusCode, FlowValue Headers, byte[] Body, string? ContentType, Uri? Location, TimeSpan? RetryAfter, string? RequestId)
{
    /// <summary>Where it came from: what relative addresses in it start from; null where it is no answer to a request.</summary>
    public Uri? Address { get; init; }

    /// <summary>Whether the body is still compressed, as the call asked for: bytes, whatever type they will have once unpacked.</summary>
    public bool IsCompressed { get; init; }

    /// <summary>Whether the status is 2xx.</summary>
    public bool IsSuccess => StatusCode is >= 200 and <= 299;

    public static async Task<HttpAnswer> ReadAsync(HttpResponseMessage response, Uri requested, DateTimeOffset now, long maxBytes, bool keepsCompressed, CancellationToken cancellation)
    {
        await LoadAsync(response.Content, maxBytes, cancellation);
        var body = await response.Content.ReadAsByteArrayAsync(cancellation);
        return new HttpAnswer(
            (int)response.StatusCode,
            HeadersOf(response, body.Length),
            body,
            response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var types) ? types.ToString() : null,
            LocationOf(response, requested),
            Actions.RetryAfter.Read(response.Headers.RetryAfter, now),
            response.Headers.NonValidated.TryGetValues("x-ms-request-id", out var ids) ? ids.ToString() : null)
        {
            Address = requested,
            IsCompressed = keepsCompressed && response.Content.Headers.ContentEncoding.Any(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)),
        };
    }

    private static async Task LoadAsync(HttpContent content, long maxBytes, CancellationToken cancellation)
    {
        try
        {
            await content.LoadIntoBufferAsync(maxBytes, cancellation);
        }
        catch (InvalidOperationException e) when (e is not ObjectDisposedException)
        {
            // .NET's decoder of Brotli says so of bytes that are none.
            throw new InvalidDataException(e.Message, e);
        }
    }

    /// <summary><c>{statusCode, headers, body}</c>; null and the reader's words where the body says JSON and is none.</summary>
    public FlowValue? ToOutputs(out string? jsonError)
    {
        var body = IsCompressed && Body.Length > 0
            ? DecodedBody.Of(BinaryContent.FromBytes(ContentType ?? BinaryContent.OctetStream, Body).ToValue())
            : MessageBody.Decode(Body, ContentType, MessageKind.Response);
        jsonError = body.JsonError;
        if (jsonError is not null) return null;
        var outputs = new FlowObjectBuilder(3).Add("statusCode", StatusCode).Add("headers", Headers);
        if (body.IsPresent) outputs.Add("body", body.Value);
        return outputs.ToValue();
    }

    // Enumerating with validation is what the service does: known names in .NET's spelling, Cache-Control in .NET's order, values joined by ','.
    private static FlowValue HeadersOf(HttpResponseMessage response, int length)
    {
        var headers = new FlowObjectBuilder();
        foreach (var (name, values) in response.Headers) headers.Set(name, FlowValue.String(string.Join(',', values)));
        foreach (var (name, values) in response.Content.Headers)
        {
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)) headers.Set(name, FlowValue.String(string.Join(',', values)));
        }

        headers.Set("Content-Length", FlowValue.String(length.ToString(CultureInfo.InvariantCulture)));
        return headers.ToValue();
    }

    private static Uri? LocationOf(HttpResponseMessage response, Uri requested)
    {
        if (response.Headers.Location is not { } location) return null;
        return Uri.TryCreate(requested, location, out var absolute) && (absolute.Scheme == Uri.UriSchemeHttp || absolute.Scheme == Uri.UriSchemeHttps) ? absolute : null;
    }
}
