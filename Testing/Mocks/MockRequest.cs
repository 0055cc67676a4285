using System.Text;
using FlowEngine.Actions;

namespace FlowEngine.Testing;

/// <summary>A request as patterns see it.</summary>
internal sealed class MockRequest
{
    private readonly HttpRequestMessage _message;
    private readonly Lazy<FlowValue?> _json;

    private MockRequest(HttpRequestMessage message, Uri uri, string bodyText)
    {
        _message = message;
        _json = new Lazy<FlowValue?>(() => ParseJson(bodyText));
        BodyText = bodyText;
        Method = message.Method.Method;
        Uri = uri.AbsoluteUri;
        UriWithoutQuery = uri.GetLeftPart(UriPartial.Path);
        AuthorityEnd = uri.GetLeftPart(UriPartial.Authority).Length;
    }

    public string Method { get; }

    /// <summary>The whole address, as it goes over the wire.</summary>
    public string Uri { get; }

    public string UriWithoutQuery { get; }

    /// <summary>How many characters of the address are scheme and host.</summary>
    public int AuthorityEnd { get; }

    /// <summary>The body as text; empty where there is none.</summary>
    public string BodyText { get; }

    /// <summary>The body as JSON, whatever its type says; null where it is none.</summary>
    public FlowValue? BodyJson => _json.Value;

    public static async Task<MockRequest> ReadAsync(HttpRequestMessage message, CancellationToken cancellation)
    {
        var uri = message.RequestUri ?? throw new InvalidOperationException("The request has no address.");
        var body = message.Content is null ? [] : await message.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        return new MockRequest(message, uri, Encoding.UTF8.GetString(body));
    }

    /// <summary>A header's value, of the request or its content; null where there is none.</summary>
    public string? Header(string name)
    {
        if (!HeaderGuard.IsToken(name)) return null;
        if (_message.Headers.NonValidated.TryGetValues(name, out var values)) return values.ToString();
        return _message.Content is { } content && content.Headers.NonValidated.TryGetValues(name, out values) ? values.ToString() : null;
    }

    /// <summary>Whether a header's value must not show in messages.</summary>
    public static bool IsSecret(string name) => name.ToUpperInvariant() is "AUTHORIZATION" or "PROXY-AUTHORIZATION" or "COOKIE";

    private static FlowValue? ParseJson(string text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) ? (FlowValue?)null : FlowJson.Parse(text);
        }
        catch (FlowJsonException)
        {
            return null; // No JSON is an answer here: the pattern then differs.
        }
    }
}
