using System.Text;
using FlowEngine.Actions;

namespace FlowEngine.Testing;

/// <summary>A request as patterns see it.</summary>
internal sealed class MockRequest
{
    private readonly HttpRequestMessage _message;
    private readonly Lazy<FlowValue?> _json;

    private MockRequest(HttpRequestMessage message, Uri uri, ReadOnlyMemory<byte> body, string bodyText)
    {
        _message = message;
        Body = body;
        Path = uri.AbsolutePath;
        PathAndQuery = uri.PathAndQuery;
        _json = new Lazy<FlowValue?>(() => ParseJson(bodyText));
        BodyText = bodyText;
        Method = message.Method.Method;
        Uri = uri.AbsoluteUri;
        UriWithoutQuery = uri.GetLeftPart(UriPartial.Path);
        AuthorityEnd = uri.GetLeftPart(UriPartial.Authority).Length;
    }

    public string Method { get; }

    /// <summary>The name of the action that sends it; null where none does.</summary>
    public string? Action => _message.Options.TryGetValue(HttpScope.Key, out var scope) ? scope.Action.Name : null;

    /// <summary>The whole address, as it goes over the wire.</summary>
    public string Uri { get; }

    public string UriWithoutQuery { get; }

    /// <summary>The path, percent-encoded.</summary>
    public string Path { get; }

    /// <summary>Path and query, percent-encoded.</summary>
    public string PathAndQuery { get; }

    /// <summary>The bytes of the body.</summary>
    public ReadOnlyMemory<byte> Body { get; }

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
        return new MockRequest(message, uri, body, Encoding.UTF8.GetString(body));
    }

    /// <summary>A header's value, of the request or its content; null where there is none.</summary>
    public string? Header(string name)
    {
        if (!HeaderGuard.IsToken(name)) return null;
        if (_message.Headers.NonValidated.TryGetValues(name, out var values)) return values.ToString();
        return _message.Content is { } content && content.Headers.NonValidated.TryGetValues(name, out values) ? values.ToString() : null;
    }

    /// <summary>Every value of a header; none where there is no such header.</summary>
    public IReadOnlyList<string> HeaderValues(string name)
    {
        if (!HeaderGuard.IsToken(name)) return [];
        if (_message.Headers.NonValidated.TryGetValues(name, out var values)) return [.. values];
        return _message.Content is { } content && content.Headers.NonValidated.TryGetValues(name, out values) ? [.. values] : [];
    }

    /// <summary>Every value of a query parameter, decoded.</summary>
    public IReadOnlyList<string> QueryValues(string name) => Values(PathAndQuery.Length > Path.Length ? PathAndQuery[(Path.Length + 1)..] : string.Empty, name);

    /// <summary>Every value of a field of a form in the body, decoded.</summary>
    public IReadOnlyList<string> FormValues(string name) => Values(BodyText, name);

    /// <summary>Every value of a cookie.</summary>
    public IReadOnlyList<string> CookieValues(string name) =>
        [.. HeaderValues("Cookie").SelectMany(header => header.Split(';', StringSplitOptions.TrimEntries)).Select(cookie => cookie.Split('=', 2)).Where(cookie => cookie.Length == 2 && cookie[0] == name).Select(cookie => cookie[1])];

    private static List<string> Values(string pairs, string name)
    {
        var values = new List<string>();
        foreach (var pair in pairs.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            if (Decoded(parts[0]) == name) values.Add(parts.Length == 2 ? Decoded(parts[1]) : string.Empty);
        }

        return values;
    }

    private static string Decoded(string text) => System.Uri.UnescapeDataString(text.Replace('+', ' '));

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
