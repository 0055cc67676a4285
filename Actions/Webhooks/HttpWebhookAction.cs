using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Asks a server to be called back and waits for it: <c>subscribe</c>, the callback, <c>unsubscribe</c> (runtime reference, 3.15).</summary>
/// <remarks>
/// Inputs <c>{subscribe, unsubscribe?, schema?}</c>, each request as Http has it. Outputs are the callback: <c>{statusCode: 200, headers, body}</c>.
/// A subscription that is refused fails the action with the refusal. Only <c>limit.timeout</c> bounds the wait.
/// </remarks>
internal sealed class HttpWebhookAction(ActionPlan plan) : IActionExecutor
{
    private readonly WebhookRequests _requests = new(plan);

    public static ActionSpec Spec { get; } = new(
        new ActionTypeInfo("HttpWebhook") { InputMembers = ["subscribe", "unsubscribe", "schema"], RequiredInputs = ["subscribe"] },
        plan => new HttpWebhookAction(plan))
    {
        IsCalledBack = true,
    };

    public bool IsPure => false;

    public Expression? Inputs { get; } = plan.BindInputs();

    public async ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation)
    {
        var subscribe = scope.Inputs["subscribe"];
        var unsubscribe = scope.Inputs["unsubscribe"];
        scope.RecordInputs(Recorded(scope.Inputs));

        // Open before it is told to anybody: a server may call back before it has answered.
        _ = scope.CallbackUri;
        HttpAttempt attempt;
        try
        {
            attempt = await _requests.SendAsync(scope, subscribe, cancellation);
            if (attempt.Answer is not { IsSuccess: true }) return attempt.Answer is { } refusal ? HttpAction.OutcomeOf(refusal) : HttpAction.Failed(attempt.Failure!); // Without an answer there is a failure.
            return ActionOutcome.Succeeded(await scope.WaitForCallbackAsync(cancellation));
        }
        catch (CallbackNeverComesException e)
        {
            await _requests.UnsubscribeAsync(scope, unsubscribe);
            return ActionOutcome.Failed(CallbackNeverComesException.Code, e.Message);
        }
        catch (OperationCanceledException)
        {
            // Cancelled while it subscribes, it may be subscribed all the same.
            await _requests.UnsubscribeAsync(scope, unsubscribe);
            throw;
        }
    }

    private static FlowValue Recorded(FlowValue inputs)
    {
        if (inputs.AsObjectOrNull is not { } o) return inputs;
        var record = new FlowObjectBuilder(o.Count);
        foreach (var (name, value) in o) record.Add(name, RecordedCall.Of(value));
        return record.ToValue();
    }
}
