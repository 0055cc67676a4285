using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Calls an operation of a connector: <c>OpenApiConnection</c>, <c>ApiConnection</c>, <c>ServiceProvider</c>; the first two with <c>Webhook</c> behind wait to be called back then.</summary>
/// <remarks>
/// Runtime reference, 3.17. Outputs <c>{statusCode, headers, body}</c>; a status other than 2xx ends Failed with outputs and without an error. Retries as
/// Http does. The member <c>authentication</c> is the cloud's way to its own connections: it is neither evaluated nor recorded.
/// </remarks>
internal sealed class ConnectorAction(ActionPlan plan, bool waits) : IActionExecutor
{
    // Runtime reference, 2.5: one request of a managed connector.
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(120);

    public static ActionSpec OpenApi { get; } = SpecOf("OpenApiConnection", "host");

    public static ActionSpec Api { get; } = SpecOf("ApiConnection", "host");

    public static ActionSpec ServiceProvider { get; } = SpecOf("ServiceProvider", "serviceProviderConfiguration");

    public static ActionSpec OpenApiWebhook { get; } = SpecOf("OpenApiConnectionWebhook", "host", waits: true);

    public static ActionSpec ApiWebhook { get; } = SpecOf("ApiConnectionWebhook", "host", waits: true);

    public bool IsPure => false;

    public Expression? Inputs { get; } = plan.Bind(WithoutAuthentication(plan.Action.Inputs), "inputs");

    public async ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation)
    {
        var inputs = scope.Inputs;
        scope.RecordInputs(RecordedCall.Of(inputs));
        var call = ConnectorCallReader.Read(inputs, scope);
        if (waits) call = call with { Method = call.Method ?? (call.Path is null ? null : "POST"), CallbackUri = scope.CallbackUri };
        if (scope.Connectors?.Find(call.Host) is not { } connector) return ActionOutcome.Failed(ActionCodes.BadRequest, NotFound(call, scope));
        RetryPolicy policy;
        try
        {
            policy = RetryPolicy.Read(inputs["retryPolicy"], scope.Host);
        }
        catch (InvalidSettingException e)
        {
            return ActionOutcome.Failed(e.Code, e.Message, ActionCodes.BadRequest);
        }

        ConnectorResponse? last = null;
        var attempt = await HttpSender.SendAsync(
            scope,
            policy,
            async (number, token) =>
            {
                var (made, response) = await AttemptAsync(connector, call, scope, policy, number, token);
                last = response;
                return made;
            },
            cancellation);
        if (last is null) return new ActionOutcome(ActionStatus.Failed, attempt.Failure!.Code, default, false, attempt.Failure);
        var outcome = OutcomeOf(last);
        return waits && outcome.Status == ActionStatus.Succeeded ? await WaitAsync(scope, cancellation) : outcome;
    }

    private static async ValueTask<ActionOutcome> WaitAsync(RunScope scope, CancellationToken cancellation)
    {
        try
        {
            return ActionOutcome.Succeeded(await scope.WaitForCallbackAsync(cancellation));
        }
        catch (CallbackNeverComesException e)
        {
            return ActionOutcome.Failed(CallbackNeverComesException.Code, e.Message);
        }
    }

    private static async ValueTask<(HttpAttempt Attempt, ConnectorResponse? Response)> AttemptAsync(
        IConnector connector, ConnectorCall call, RunScope scope, RetryPolicy policy, int number, CancellationToken cancellation)
    {
        var start = scope.Time.GetUtcNow();
        var id = scope.Evaluation.NewGuid();
        using var limit = connector is ITimedConnector { TimesRequests: true } ? null : new RequestTimeLimit(scope.Outbound.Options.RequestTimeout ?? RequestTimeout, scope.Time, cancellation);
        try
        {
            var response = await connector.CallAsync(call, scope, number, limit?.Token ?? cancellation);
            var answer = new HttpAnswer(response.StatusCode, response.Headers, [], null, null, response.RetryAfter, response.Headers["x-ms-request-id"].AsStringOrNull);
            return (new HttpAttempt(answer, null, policy.Retries(response.StatusCode), start, scope.Time.GetUtcNow(), id), response);
        }
        catch (Exception) when (limit?.HasPassed == true)
        {
            return Failed(HttpFailures.Timeout, true);
        }
        catch (ConnectorException e) when (!cancellation.IsCancellationRequested)
        {
            return Failed(new ActionError(e.Code, e.Message), e.IsRetryable);
        }

        (HttpAttempt, ConnectorResponse?) Failed(ActionError error, bool retryable) =>
            (new HttpAttempt(null, error, retryable, start, scope.Time.GetUtcNow(), id), null);
    }

    private static ActionOutcome OutcomeOf(ConnectorResponse response)
    {
        var outputs = new FlowObjectBuilder(3).Add("statusCode", response.StatusCode).Add("headers", response.Headers);
        if (response.HasBody) outputs.Add("body", response.Body);
        var code = HttpStatusNames.CodeOf(response.StatusCode);
        return response.StatusCode is >= 200 and <= 299 ? ActionOutcome.Succeeded(outputs.ToValue(), code) : ActionOutcome.FailedWith(outputs.ToValue(), code);
    }

    private static string NotFound(ConnectorCall call, RunScope scope)
    {
        var operation = call.OperationId ?? $"{call.Method?.ToUpperInvariant()} {call.Path}";
        var connection = call.Host.ConnectionName ?? call.Host.ApiId;
        var what = $"operation '{operation}'{(connection is null ? string.Empty : $" of connection '{connection}'")}";
        var known = scope.Connectors?.Names is { Count: > 0 } names ? $" There are: {string.Join(", ", names)}." : string.Empty;
        var name = (call.Host.ApiId ?? call.Host.ConnectionName ?? "NAME").Split('/')[^1];
        if (name.StartsWith("shared_", StringComparison.OrdinalIgnoreCase)) name = name["shared_".Length..];
        return $"There is no connector here for {what}, which action '{scope.Action.Name}' needs. Put its OpenAPI document beside the flow as connectors/{name}.openapi.json, "
            + $"register an IConnector, or mock the operation.{known}";
    }

    private static FlowValue WithoutAuthentication(FlowValue inputs)
    {
        if (inputs.AsObjectOrNull is not { } o || !o.Contains("authentication")) return inputs;
        var kept = new FlowObjectBuilder(o.Count);
        foreach (var (name, value) in o)
        {
            if (!name.Equals("authentication", StringComparison.OrdinalIgnoreCase)) kept.Add(name, value);
        }

        return kept.ToValue();
    }

    private static ActionSpec SpecOf(string type, string host, bool waits = false) =>
        new(new ActionTypeInfo(type) { RequiredInputs = [host] }, plan => new ConnectorAction(plan, waits)) { IsCalledBack = waits };
}
