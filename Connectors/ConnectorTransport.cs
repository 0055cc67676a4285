using FlowEngine.Actions;

namespace FlowEngine.Connectors;

/// <summary>Sends requests of connectors: headers through the guard, credentials onto the message, the message through the run.</summary>
internal static class ConnectorTransport
{
    // Runtime reference, 2.5: requests of managed connectors.
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(120);

    /// <summary>Sends a request, past the limits of the connection or of the host.</summary>
    /// <param name="request">The request.</param>
    /// <param name="place">Where it counts besides the limits of its host.</param>
    /// <param name="credentials">What authenticates it; null for nothing.</param>
    /// <param name="scope">Who sends it.</param>
    /// <param name="attempt">From 1.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ConnectorException">There was no answer.</exception>
    public static async ValueTask<ConnectorReply> SendAsync(ConnectorRequest request, LimitPlace place, IHttpAuthenticator? credentials, RunScope scope, int attempt, CancellationToken cancellation)
    {
        try
        {
            var answer = await ExchangeAsync(request, place, credentials, scope, attempt, cancellation);

            // A token may end before its time. That costs another request, not one of the policy's retries.
            if (answer.StatusCode == 401 && credentials?.TryRenew(scope) == true) answer = await ExchangeAsync(request, place, credentials, scope, attempt, cancellation);
            return ConnectorReply.Of(answer);
        }
        catch (MessageFormatException e)
        {
            throw new ConnectorException(ActionCodes.BadRequest, HttpFailures.Of(e.Message).Message);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && HttpFailures.Of(e, request.Uri) is { } failure)
        {
            throw new ConnectorException(failure.Error.Code, failure.Error.Message, failure.IsRetryable, e);
        }
    }

    private static async ValueTask<HttpAnswer> ExchangeAsync(ConnectorRequest request, LimitPlace place, IHttpAuthenticator? credentials, RunScope scope, int attempt, CancellationToken cancellation)
    {
        using var message = CreateMessage(request, scope);
        if (credentials is not null) await credentials.ApplyAsync(message, scope, attempt, cancellation);
        return await ServerAccess.SendAsync(scope, message, place, scope.Outbound.Options.RequestTimeout ?? DefaultTimeout, attempt, cancellation);
    }

    private static HttpRequestMessage CreateMessage(ConnectorRequest request, RunScope scope)
    {
        var message = new HttpRequestMessage(request.Method, request.Uri);
        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(body);
            if (request.ContentType is { } type) HeaderGuard.Add(message.Headers, message.Content, "Content-Type", type);
        }

        foreach (var group in request.Headers.GroupBy(header => header.Key, StringComparer.OrdinalIgnoreCase))
            HeaderGuard.Add(message.Headers, message.Content, group.Key, string.Join(", ", group.Select(header => header.Value)));
        message.Options.Set(HttpScope.Key, scope);
        return message;
    }
}
