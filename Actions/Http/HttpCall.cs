using System.Net.Http.Headers;
using System.Text;

namespace FlowEngine.Actions;

/// <summary>What an HTTP action is to send, checked and encoded once; every attempt makes a message of its own from it.</summary>
internal sealed record HttpCall
{
    // What a server at another origin must not see, also where the flow writes it itself: the names of the standards, of Azure, and the usual ones.
    private static readonly HashSet<string> Credentials = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Proxy-Authorization", "Cookie",
        "Ocp-Apim-Subscription-Key", "x-functions-key", "x-api-key", "api-key", "apikey", "x-auth-token", "x-access-token",
    };

    public required HttpMethod Method { get; init; }

    /// <summary>The absolute address.</summary>
    public required Uri Uri { get; init; }

    /// <summary>The action's own headers.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The body; null where there is none.</summary>
    public EncodedBody? Body { get; init; }

    /// <summary>Which part of a whole the body is; null where it is all of it.</summary>
    public ContentRangeHeaderValue? BodyRange { get; init; }

    /// <summary>What puts credentials on each message; null where nothing does.</summary>
    public IHttpAuthenticator? Authenticator { get; init; }

    /// <summary>Whether the answer's bytes are wanted as they come.</summary>
    public bool KeepsCompressed { get; init; }

    /// <summary>Whether the workflow's metadata goes along.</summary>
    public bool TellsWorkflow { get; init; }

    /// <summary>Whether sending it twice is the same as sending it once (RFC 9110, 9.2.1).</summary>
    public bool IsSafe => Body is null && Method.Method is "GET" or "HEAD" or "OPTIONS" or "TRACE";

    /// <summary>Reads evaluated inputs; the secrets of their authentication are hidden in the record from here on.</summary>
    /// <exception cref="MessageFormatException">Something in them can't be sent.</exception>
    public static HttpCall Read(FlowValue inputs, RunScope scope)
    {
        if (!inputs.IsObject) throw new MessageFormatException("the inputs must be an object with 'method' and 'uri'");
        var method = MethodOf(inputs["method"]);
        var uri = UriOf(inputs["uri"], inputs["queries"]);
        var headers = new List<(string Name, string Value)>();
        if (inputs["headers"].AsObjectOrNull is { } given)
        {
            foreach (var (name, value) in given)
            {
                var text = HeaderGuard.TextOf(value);
                HeaderGuard.Check(name, text);
                if (!HeaderGuard.IsDropped(name)) headers.Add((name, text));
            }
        }

        if (!inputs["cookie"].IsNull) headers.Add(("Cookie", Checked("Cookie", HeaderGuard.TextOf(inputs["cookie"]))));
        var authenticator = HttpAuthentication.Read(inputs["authentication"], scope);
        var body = MessageBody.Encode(inputs["body"]);
        if (body is not null) Checked("Content-Type", body.ContentType);
        return new HttpCall { Method = method, Uri = uri, Headers = headers, Body = body, Authenticator = authenticator };
    }

    /// <summary>The request that asks how an accepted operation stands: GET with the same authentication, no headers of its own, no body.</summary>
    public HttpCall Poll(Uri location) => (this with { Method = HttpMethod.Get, Headers = [], Body = null, BodyRange = null }).At(location);

    /// <summary>The request for the next page: GET with the same headers and authentication, no body.</summary>
    public HttpCall Page(Uri link) => (this with { Method = HttpMethod.Get, Body = null, BodyRange = null }).At(link);

    /// <summary>
    /// The same at another address. Credentials stay with the origin they were given for: an address elsewhere is asked without (security: a server
    /// may not send them on).
    /// </summary>
    public HttpCall At(Uri address)
    {
        var elsewhere = this with { Uri = address };
        if (Uri.Compare(Uri, address, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0) return elsewhere;
        return elsewhere with { Authenticator = null, Headers = [.. Headers.Where(header => !Credentials.Contains(header.Name))] };
    }

    /// <summary>What follows a redirect with that status: 303, and 301 and 302 after a POST, become a GET (RFC 9110, 15.4).</summary>
    public HttpCall Redirect(int status, Uri location)
    {
        var becomesGet = (status == 303 && Method != HttpMethod.Head) || (status is 301 or 302 && Method == HttpMethod.Post);
        return (becomesGet ? this with { Method = HttpMethod.Get, Body = null, BodyRange = null } : this).At(location);
    }

    /// <summary>The same with another header.</summary>
    public HttpCall With(string name, string value) => this with { Headers = [.. Headers, (name, value)] };

    /// <summary>A message for one attempt, with its credentials.</summary>
    /// <param name="scope">Who sends it.</param>
    /// <param name="attempt">From 1.</param>
    /// <param name="requestId">What the attempt is called.</param>
    /// <param name="cancellation">Ends the wait for a token.</param>
    public async ValueTask<HttpRequestMessage> CreateMessageAsync(RunScope scope, int attempt, Guid requestId, CancellationToken cancellation)
    {
        var message = new HttpRequestMessage(Method, Uri);
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body.Bytes);
            message.Content.Headers.ContentRange = BodyRange;
            HeaderGuard.Add(message.Headers, message.Content, "Content-Type", Body.ContentType);
        }

        if (TellsWorkflow)
        {
            foreach (var (name, value) in WorkflowHeaders.Of(scope, requestId)) HeaderGuard.Add(message.Headers, null, name, value);
        }

        foreach (var (name, value) in Headers) HeaderGuard.Add(message.Headers, message.Content, name, value);
        message.Options.Set(HttpScope.Key, scope);
        if (KeepsCompressed) message.Options.Set(OutboundHandler.KeepCompressed, true);
        if (Authenticator is not null) await Authenticator.ApplyAsync(message, scope, attempt, cancellation);
        return message;
    }

    private static string Checked(string name, string value)
    {
        HeaderGuard.Check(name, value);
        return value;
    }

    private static HttpMethod MethodOf(FlowValue method)
    {
        if (method.AsStringOrNull is not { Length: > 0 } text) throw new MessageFormatException("the inputs must have a 'method', such as GET");
        if (!HeaderGuard.IsToken(text)) throw new MessageFormatException("The format of the HTTP method is invalid.");
        return new HttpMethod(text.ToUpperInvariant());
    }

    private static Uri UriOf(FlowValue uri, FlowValue queries)
    {
        if (uri.AsStringOrNull is not { Length: > 0 } text) throw new MessageFormatException("the inputs must have a 'uri'");
        if (queries.AsObjectOrNull is { Count: > 0 } parameters) text = WithQuery(text, parameters);

        // On Unix a path is an absolute URI too, of the file scheme.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var result) || (result.IsFile && !text.StartsWith("file:", StringComparison.OrdinalIgnoreCase)))
            throw new MessageFormatException("An invalid request URI was provided. Either the request URI must be an absolute URI or BaseAddress must be set.");
        if (result.Scheme != Uri.UriSchemeHttp && result.Scheme != Uri.UriSchemeHttps) throw new MessageFormatException($"The '{result.Scheme}' scheme is not supported.");
        return result;
    }

    // Recorded: queries replace the query string of the uri, an empty object leaves it alone.
    private static string WithQuery(string uri, FlowObject queries)
    {
        var end = uri.AsSpan().IndexOfAny('?', '#');
        var text = new StringBuilder(end < 0 ? uri : uri[..end]);
        var separator = '?';
        foreach (var (name, value) in queries)
        {
            text.Append(separator).Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(HeaderGuard.TextOf(value)));
            separator = '&';
        }

        return text.ToString();
    }
}
