using System.Globalization;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Sends an HTTP request and gives the answer as <c>{statusCode, headers, body}</c>.</summary>
/// <remarks>
/// Runtime reference, 3.14. A status other than 2xx ends Failed with outputs and without an error. A 202 with a Location is polled there until it is
/// another status, unless <c>DisableAsyncPattern</c> is set. In the tutorial's dialect inputs that are text are read as JSON. Retries: 2.6. Pages and chunks: <c>runtimeConfiguration</c>.
/// </remarks>
internal sealed class HttpAction(ActionPlan plan) : IActionExecutor
{
    private static readonly TimeSpan DefaultPollInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestPollInterval = TimeSpan.FromSeconds(1);

    private readonly bool _polls = !plan.Action.OperationOptions.Contains("DisableAsyncPattern");
    private readonly bool _keepsCompressed = plan.Action.OperationOptions.Contains("DisableAutomaticDecompression");
    private readonly bool _tellsWorkflow = !plan.Action.OperationOptions.Contains("SuppressWorkflowHeaders");
    private readonly bool _readsText = plan.IsDialect;
    private readonly TimeSpan? _ownTimeout = OwnTimeout(plan);
    private readonly Expression? _retryPolicy = BindSetting(plan, "retryPolicy");
    private readonly Expression? _pagination = BindSetting(plan, "paginationPolicy");
    private readonly Expression? _contentTransfer = BindSetting(plan, "contentTransfer");

    public static ActionSpec Spec { get; } = new(
        new ActionTypeInfo("Http")
        {
            InputMembers = ["method", "uri", "headers", "queries", "body", "cookie", "authentication", "retryPolicy"],
            RequiredInputs = ["method", "uri"],
        },
        plan => new HttpAction(plan));

    public bool IsPure => false;

    public Expression? Inputs { get; } = plan.BindInputs();

    public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation)
    {
        var inputs = scope.Inputs;
        if (_readsText && inputs.AsStringOrNull is { } text)
        {
            try
            {
                inputs = FlowJson.Parse(text);
            }
            catch (FlowJsonException e)
            {
                return new(Failed(HttpFailures.Of($"the inputs are text that is no JSON: {e.Message}")));
            }
        }

        scope.RecordInputs(RecordedCall.Of(inputs));
        return SendAsync(inputs, scope, cancellation);
    }

    /// <summary>The same for inputs made of those of another type.</summary>
    internal async ValueTask<ActionOutcome> SendAsync(FlowValue inputs, RunScope scope, CancellationToken cancellation)
    {
        HttpCall call;
        RetryPolicy policy;
        ContentTransfer transfer;
        PaginationPolicy? pagination;
        try
        {
            policy = RetryPolicy.Read(inputs["retryPolicy"] is { IsNull: false } own ? own : SettingOf(_retryPolicy, scope), scope.Host);
            transfer = ContentTransfer.Read(SettingOf(_contentTransfer, scope));
            pagination = PaginationPolicy.Read(SettingOf(_pagination, scope));
            call = HttpCall.Read(inputs, scope) with { KeepsCompressed = _keepsCompressed, TellsWorkflow = _tellsWorkflow };
        }
        catch (MessageFormatException e)
        {
            return Failed(HttpFailures.Of(e.Message));
        }
        catch (InvalidSettingException e)
        {
            return ActionOutcome.Failed(e.Code, e.Message, ActionCodes.BadRequest);
        }

        var conversation = new HttpConversation(scope, policy, TimeoutOf(scope));
        var attempt = transfer.IsChunked ? await ChunkedUpload.SendAsync(conversation, call, transfer, cancellation) : await conversation.SendAsync(call, cancellation);
        // What follows belongs to where the operation's end was found, and doesn't begin it again.
        if (_polls && attempt.Answer is { StatusCode: 202, Location: { } location } accepted) (call, attempt) = await PollAsync(conversation, call, location, accepted.RetryAfter, cancellation);
        if (transfer.IsChunked && attempt.Answer is { StatusCode: 206 } partial) attempt = await ChunkedDownload.CompleteAsync(conversation, call, partial, transfer, cancellation);
        if (attempt.Answer is not { } answer) return Failed(attempt.Failure!); // Without an answer there is a failure.
        return pagination is not null && answer.IsSuccess ? await HttpPages.CollectAsync(conversation, call, answer, pagination, cancellation) : OutcomeOf(answer);
    }

    /// <summary>How an action ends with this answer.</summary>
    internal static ActionOutcome OutcomeOf(HttpAnswer answer)
    {
        if (answer.ToOutputs(out var jsonError) is not { } outputs) return Failed(HttpFailures.InvalidJson(jsonError!)); // Without outputs there is an error.
        var code = HttpStatusNames.CodeOf(answer.StatusCode);
        return answer.IsSuccess ? ActionOutcome.Succeeded(outputs, code) : ActionOutcome.FailedWith(outputs, code);
    }

    /// <summary>How an action ends without an answer.</summary>
    internal static ActionOutcome Failed(ActionError error) => new(ActionStatus.Failed, error.Code, default, false, error);

    /// <summary>Asks at that address how an accepted operation stands until it has ended; gives its end.</summary>
    internal static async Task<ActionOutcome> PollAsync(HttpConversation conversation, Uri location, TimeSpan? retryAfter, CancellationToken cancellation)
    {
        var (_, attempt) = await PollAsync(conversation, new HttpCall { Method = HttpMethod.Get, Uri = location }, location, retryAfter, cancellation);
        return attempt.Answer is { } answer ? OutcomeOf(answer) : Failed(attempt.Failure!); // Without an answer there is a failure.
    }

    private static async Task<(HttpCall Call, HttpAttempt Attempt)> PollAsync(HttpConversation conversation, HttpCall call, Uri? location, TimeSpan? retryAfter, CancellationToken cancellation)
    {
        while (true)
        {
            // At least a second, whatever the server says: a Retry-After of 0 must not become a busy loop.
            var wait = retryAfter ?? DefaultPollInterval;
            await conversation.Scope.DelayAsync(wait < ShortestPollInterval ? ShortestPollInterval : wait, cancellation);
            call = call.Poll(location ?? call.Uri);
            var attempt = await conversation.SendAsync(call, cancellation);
            if (attempt.Answer is not { StatusCode: 202 } still) return (call, attempt);
            (location, retryAfter) = (still.Location, still.RetryAfter);
        }
    }

    private static Expression? BindSetting(ActionPlan plan, string name) =>
        plan.Action.RuntimeConfiguration[name] is { IsNull: false } setting ? plan.Bind(setting, "runtimeConfiguration/" + name) : null;

    private static FlowValue SettingOf(Expression? setting, RunScope scope) => setting is null ? default : scope.Evaluate(setting);

    // Runtime reference, 2.5: 120 s, in Standard 225 s.
    private TimeSpan TimeoutOf(RunScope scope) =>
        _ownTimeout ?? scope.Outbound.Options.RequestTimeout ?? TimeSpan.FromSeconds(scope.Host == HostProfile.Standard ? 225 : 120);

    // Standard takes less by a .NET TimeSpan.
    private static TimeSpan? OwnTimeout(ActionPlan plan)
    {
        if (plan.Host != HostProfile.Standard) return null;
        var longest = TimeSpan.FromSeconds(225);
        return TimeSpan.TryParse(plan.Action.RuntimeConfiguration["requestOptions"]["timeout"].AsStringOrNull, CultureInfo.InvariantCulture, out var own)
            && own > TimeSpan.Zero && own < longest ? own : null;
    }
}
