using System.Globalization;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Sends an HTTP request and gives the answer as <c>{statusCode, headers, body}</c>.</summary>
/// <remarks>
/// Runtime reference, 3.14. A status other than 2xx ends Failed with outputs and without an error; redirects are not followed. A 202 with a
/// Location is polled there until it is another status, unless <c>DisableAsyncPattern</c> is set. Retries: 2.6.
/// </remarks>
internal sealed class HttpAction(ActionPlan plan) : IActionExecutor
{
    private static readonly TimeSpan DefaultPollInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestPollInterval = TimeSpan.FromSeconds(1);

    private readonly HttpSender _sender = new();
    private readonly bool _polls = !plan.Action.OperationOptions.Contains("DisableAsyncPattern");
    private readonly bool _keepCompressed = plan.Action.OperationOptions.Contains("DisableAutomaticDecompression");
    private readonly TimeSpan _timeout = RequestTimeout(plan);

    public static ActionSpec Spec { get; } = new(
        new ActionTypeInfo("Http")
        {
            InputMembers = ["method", "uri", "headers", "queries", "body", "cookie", "authentication", "retryPolicy"],
            RequiredInputs = ["method", "uri"],
        },
        plan => new HttpAction(plan));

    public bool IsPure => false;

    public Expression? Inputs { get; } = plan.BindInputs();

    public async ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation)
    {
        var inputs = scope.Inputs;
        scope.RecordInputs(RecordedCall.Of(inputs));
        HttpCall call;
        RetryPolicy policy;
        try
        {
            policy = RetryPolicy.Read(inputs["retryPolicy"], scope.Host);
            call = HttpCall.Read(inputs, scope, _keepCompressed);
        }
        catch (MessageFormatException e)
        {
            return Failed(HttpFailures.Of(e.Message));
        }
        catch (InvalidRetryPolicyException e)
        {
            return ActionOutcome.Failed("InvalidRetryPolicy", e.Message, ActionCodes.BadRequest);
        }

        var attempt = await _sender.SendAsync(scope, call, policy, _timeout, cancellation);
        if (_polls && attempt.Answer is { StatusCode: 202, Location: not null }) attempt = await PollAsync(scope, call, attempt.Answer, policy, cancellation);
        return attempt.Answer is { } answer ? OutcomeOf(answer) : Failed(attempt.Failure!);
    }

    private async Task<HttpAttempt> PollAsync(RunScope scope, HttpCall call, HttpAnswer accepted, RetryPolicy policy, CancellationToken cancellation)
    {
        while (true)
        {
            // At least a second, whatever the server says: a Retry-After of 0 must not become a busy loop.
            var wait = accepted.RetryAfter ?? DefaultPollInterval;
            await scope.DelayAsync(wait < ShortestPollInterval ? ShortestPollInterval : wait, cancellation);
            call = call.Poll(accepted.Location ?? call.Uri);
            var attempt = await _sender.SendAsync(scope, call, policy, _timeout, cancellation);
            if (attempt.Answer is not { StatusCode: 202 } still) return attempt;
            accepted = still;
        }
    }

    private static ActionOutcome OutcomeOf(HttpAnswer answer)
    {
        if (answer.ToOutputs(out var jsonError) is not { } outputs) return Failed(HttpFailures.InvalidJson(jsonError!));
        var code = HttpStatusNames.CodeOf(answer.StatusCode);
        return answer.StatusCode is >= 200 and <= 299 ? ActionOutcome.Succeeded(outputs, code) : ActionOutcome.FailedWith(outputs, code);
    }

    private static ActionOutcome Failed(ActionError error) => new(ActionStatus.Failed, error.Code, default, false, error);

    // Runtime reference, 2.5: 120 s, in Standard 225 s or less by a .NET TimeSpan.
    private static TimeSpan RequestTimeout(ActionPlan plan)
    {
        if (plan.Host != HostProfile.Standard) return TimeSpan.FromSeconds(120);
        var longest = TimeSpan.FromSeconds(225);
        return TimeSpan.TryParse(plan.Action.RuntimeConfiguration["requestOptions"]["timeout"].AsStringOrNull, CultureInfo.InvariantCulture, out var own)
            && own > TimeSpan.Zero && own < longest ? own : longest;
    }
}
