namespace FlowEngine.Actions;

/// <summary>One attempt at a call: what is sent and received until there is an answer, each request within its time limit.</summary>
/// <remarks>
/// That may be several requests: for a token, once more with a new token, once more where a kept connection turned out dead, along redirects.
/// Each of them is in the record's <c>requests</c> under the number of the attempt.
/// </remarks>
internal sealed class HttpExchange(RunScope scope, RetryPolicy policy, TimeSpan timeout, int attempt)
{
    private const int MaxRedirects = 10;

    // What the server is told is what retryHistory says.
    private readonly Guid _requestId = scope.Evaluation.NewGuid();

    /// <summary>Sends the call.</summary>
    /// <exception cref="OperationCanceledException">The action's token was cancelled.</exception>
    public async ValueTask<HttpAttempt> SendAsync(HttpCall call, CancellationToken cancellation)
    {
        var start = scope.Time.GetUtcNow();
        try
        {
            var answer = await FollowAsync(call, cancellation);
            return new HttpAttempt(answer, null, policy.Retries(answer.StatusCode), start, scope.Time.GetUtcNow(), _requestId);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && HttpFailures.Of(e, call.Uri) is { } failure)
        {
            return new HttpAttempt(null, failure.Error, failure.IsRetryable, start, scope.Time.GetUtcNow(), _requestId);
        }
    }

    private async ValueTask<HttpAnswer> FollowAsync(HttpCall call, CancellationToken cancellation)
    {
        for (var hops = 0; ; hops++)
        {
            var answer = await AuthenticateAsync(call, cancellation);
            if (!scope.Outbound.Options.FollowRedirects || answer is not { StatusCode: 301 or 302 or 303 or 307 or 308, Location: { } location }) return answer;

            // What was asked for under encryption is not asked for without; the answer stands as it is.
            if (call.Uri.Scheme == Uri.UriSchemeHttps && location.Scheme != Uri.UriSchemeHttps) return answer;
            if (hops == MaxRedirects) throw new TooManyRedirectsException(MaxRedirects);
            call = call.Redirect(answer.StatusCode, location);
        }
    }

    private async ValueTask<HttpAnswer> AuthenticateAsync(HttpCall call, CancellationToken cancellation)
    {
        var answer = await ReachAsync(call, cancellation);

        // A token may end before its time. That costs another request, not one of the policy's retries.
        return answer.StatusCode == 401 && call.Authenticator?.TryRenew(scope) == true ? await ReachAsync(call, cancellation) : answer;
    }

    private async ValueTask<HttpAnswer> ReachAsync(HttpCall call, CancellationToken cancellation)
    {
        try
        {
            return await OnceAsync(call, cancellation);
        }
        catch (Exception e) when (call.IsSafe && HttpFailures.IsLostKeptConnection(e))
        {
            // A server may close a connection that was kept at the very moment it is used again; that says nothing about the server.
            return await OnceAsync(call, cancellation);
        }
    }

    private async ValueTask<HttpAnswer> OnceAsync(HttpCall call, CancellationToken cancellation)
    {
        using var message = await call.CreateMessageAsync(scope, attempt, _requestId, cancellation);
        return await ServerAccess.SendAsync(scope, message, default, timeout, attempt, cancellation);
    }
}

/// <summary>A server, or several, sent a call around in circles.</summary>
/// <param name="most">How many redirects are followed.</param>
internal sealed class TooManyRedirectsException(int most) : Exception($"the call was redirected more than {most} times");
