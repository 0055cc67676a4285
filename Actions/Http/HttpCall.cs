using System.Text;

namespace FlowEngine.Actions;

/// <summary>What an HTTP action is to send, checked and encoded once; every attempt makes a message of its own from it.</summary>
internal sealed class HttpCall
{
    private readonly HttpMethod _method;
    private readonly (string Name, string Value)[] _headers;
    private readonly EncodedBody? _body;
    private readonly IHttpAuthenticator? _authenticator;
    private readonly bool _keepCompressed;

    private HttpCall(HttpMethod method, Uri uri, (string, string)[] headers, EncodedBody? body, IHttpAuthenticator? authenticator, bool keepCompressed)
    {
        _method = method;
        Uri = uri;
        _headers = headers;
        _body = body;
        _authenticator = authenticator;
        _keepCompressed = keepCompressed;
    }

    /// <summary>The absolute address.</summary>
    public Uri Uri { get; }

    /// <summary>Reads evaluated inputs; the secrets of their authentication are hidden in the record from here on.</summary>
    /// <exception cref="MessageFormatException">Something in them can't be sent.</exception>
    public static HttpCall Read(FlowValue inputs, RunScope scope, bool keepCompressed)
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
        return new HttpCall(method, uri, [.. headers], body, authenticator, keepCompressed);
    }

    /// <summary>
    /// The request that asks how an accepted operation stands: GET with the same authentication, no body. Credentials stay with the origin they were
    /// given for: an address elsewhere is asked without (security: a server may not send them on).
    /// </summary>
    public HttpCall Poll(Uri location) => new(HttpMethod.Get, location, [], null, IsSameOrigin(location) ? _authenticator : null, _keepCompressed);

    private bool IsSameOrigin(Uri other) => Uri.Compare(Uri, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>A message for one attempt.</summary>
    private async ValueTask<HttpRequestMessage> CreateMessageAsync(RunScope scope, int attempt, CancellationToken cancellation)
    {
        var message = new HttpRequestMessage(_method, Uri);
        if (_body is not null)
        {
            message.Content = new ByteArrayContent(_body.Bytes);
            HeaderGuard.Add(message.Headers, message.Content, "Content-Type", _body.ContentType);
        }

        foreach (var (name, value) in _headers) HeaderGuard.Add(message.Headers, message.Content, name, value);
        message.Options.Set(HttpScope.Key, scope);
        if (_keepCompressed) message.Options.Set(OutboundHandler.KeepCompressed, true);
        if (_authenticator is not null) await _authenticator.ApplyAsync(message, scope, attempt, cancellation);
        return message;
    }

    /// <summary>Sends it once, within a time limit.</summary>
    /// <exception cref="OperationCanceledException">The action's token was cancelled.</exception>
    public async ValueTask<HttpAttempt> AttemptAsync(RunScope scope, RetryPolicy policy, TimeSpan timeout, int attempt, CancellationToken cancellation)
    {
        var start = scope.Time.GetUtcNow();

        // Not a wait of the action but a bound on it: a timer leaves virtual time free to stand still while real I/O goes on.
        using var limit = new CancellationTokenSource(timeout, scope.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            var answer = await ExchangeAsync(scope, attempt, either.Token);

            // A token may end before its time. That costs another request, not one of the policy's retries.
            if (answer.StatusCode == 401 && _authenticator?.TryRenew(scope) == true) answer = await ExchangeAsync(scope, attempt, either.Token);
            return new HttpAttempt(answer, null, policy.Retries(answer.StatusCode), start, scope.Time.GetUtcNow());
        }
        catch (Exception) when (!cancellation.IsCancellationRequested && limit.IsCancellationRequested)
        {
            return Failed(HttpFailures.Timeout, true);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && HttpFailures.Of(e, Uri) is { } failure)
        {
            return Failed(failure.Error, failure.IsRetryable);
        }

        HttpAttempt Failed(ActionError error, bool retryable) => new(null, error, retryable, start, scope.Time.GetUtcNow());
    }

    private async ValueTask<HttpAnswer> ExchangeAsync(RunScope scope, int attempt, CancellationToken cancellation)
    {
        using var message = await CreateMessageAsync(scope, attempt, cancellation);
        using var response = await scope.SendAsync(message, attempt, cancellation);
        return await HttpAnswer.ReadAsync(response, Uri, scope.Time.GetUtcNow(), cancellation);
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
