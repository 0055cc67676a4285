namespace FlowEngine.Actions;

/// <summary>Sends the <c>subscribe</c> and <c>unsubscribe</c> requests of a planned action, by the way of all HTTP calls.</summary>
internal sealed class WebhookRequests(ActionPlan plan)
{
    // Runtime reference, 2.5: one subscribe call.
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(120);

    // An action that is over must not hold its run up for long.
    private static readonly TimeSpan UnsubscribeLimit = TimeSpan.FromSeconds(10);

    private readonly bool _tellsWorkflow = !plan.Action.OperationOptions.Contains("SuppressWorkflowHeaders");

    /// <summary>Sends a request until its retry policy is satisfied; gives the last attempt, also for a request that can't be sent.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<HttpAttempt> SendAsync(RunScope scope, FlowValue request, CancellationToken cancellation)
    {
        RetryPolicy policy;
        HttpCall call;
        try
        {
            policy = RetryPolicy.Read(request["retryPolicy"], scope.Host);
            call = HttpCall.Read(WithUri(request), scope) with { TellsWorkflow = _tellsWorkflow };
        }
        catch (MessageFormatException e)
        {
            return Unsent(scope, HttpFailures.Of(e.Message));
        }
        catch (InvalidSettingException e)
        {
            return Unsent(scope, new ActionError(e.Code, e.Message));
        }

        return await HttpSender.SendAsync(scope, call, policy, scope.Outbound.Options.RequestTimeout ?? RequestTimeout, cancellation);
    }

    /// <summary>Sends the request where there is one, within a short time of its own: the action's token may be cancelled. How it ends changes nothing; the record's <c>requests</c> tell.</summary>
    public async Task UnsubscribeAsync(RunScope scope, FlowValue request)
    {
        if (request.AsObjectOrNull is not { Count: > 0 }) return;
        using var limit = new RequestTimeLimit(UnsubscribeLimit, scope.Time, CancellationToken.None);
        try
        {
            await SendAsync(scope, request, limit.Token);
        }
        catch (OperationCanceledException) when (limit.HasPassed)
        {
            // The server had its time.
        }
    }

    // The service takes either spelling for unsubscribe (documented); here both do for both.
    private static FlowValue WithUri(FlowValue request) =>
        request.AsObjectOrNull is { } o && o["uri"].IsNull && !o["url"].IsNull ? o.ToBuilder().Set("uri", o["url"]).ToValue() : request;

    private static HttpAttempt Unsent(RunScope scope, ActionError error)
    {
        var now = scope.Time.GetUtcNow();
        return new HttpAttempt(null, error, false, now, now, default);
    }
}
