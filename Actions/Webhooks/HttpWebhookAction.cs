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
    private readonly Expression? _unsubscribe = plan.Action.Inputs["unsubscribe"] is { IsNull: false } unsubscribe ? plan.BindForSelf(unsubscribe, "inputs/unsubscribe") : null;

    public static ActionSpec Spec { get; } = new(
        new ActionTypeInfo("HttpWebhook") { InputMembers = ["subscribe", "unsubscribe", "schema", "accessKeyType"], RequiredInputs = ["subscribe"] },
        plan => new HttpWebhookAction(plan))
    {
        IsCalledBack = true,
    };

    public bool IsPure => false;

    public Expression? Inputs { get; } = plan.Bind(Without(plan.Action.Inputs, "unsubscribe"), "inputs");

    public async ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation)
    {
        scope.RecordInputs(Recorded(scope.Inputs, default));

        // Open before it is told to anybody: a server may call back before it has answered.
        _ = scope.CallbackUri;
        FlowValue unsubscribe = default;
        var isSubscribed = false;
        try
        {
            var attempt = await _requests.SendAsync(scope, scope.Inputs["subscribe"], cancellation);
            if (attempt.Answer is not { } answer) return HttpAction.Failed(attempt.Failure!); // Without an answer there is a failure.
            var outcome = HttpAction.OutcomeOf(answer);
            if (outcome.Status != ActionStatus.Succeeded) return outcome;
            isSubscribed = true;
            scope.ShowOutputs(outcome.Outputs);
            unsubscribe = Unsubscribe(scope);
            return ActionOutcome.Succeeded(await scope.WaitForCallbackAsync(cancellation));
        }
        catch (CallbackNeverComesException e)
        {
            await _requests.UnsubscribeAsync(scope, unsubscribe);
            return ActionOutcome.Failed(CallbackNeverComesException.Code, e.Message);
        }
        catch (OperationCanceledException)
        {
            // Cancelled while it subscribes, it may be subscribed all the same; what the answer would have said is not known then.
            if (!isSubscribed && !TryUnsubscribe(scope, out unsubscribe)) throw;
            await _requests.UnsubscribeAsync(scope, unsubscribe);
            throw;
        }
    }

    // It may read the answer to the subscription: action()['outputs']['body']['id'].
    private FlowValue Unsubscribe(RunScope scope)
    {
        if (_unsubscribe is null) return default;
        var request = scope.Evaluate(_unsubscribe);
        scope.RecordInputs(Recorded(scope.Inputs, request));
        return request;
    }

    private bool TryUnsubscribe(RunScope scope, out FlowValue request)
    {
        try
        {
            request = Unsubscribe(scope);
            return true;
        }
        catch (ExpressionException)
        {
            request = default;
            return false;
        }
    }

    private static FlowValue Recorded(FlowValue inputs, FlowValue unsubscribe)
    {
        if (inputs.AsObjectOrNull is not { } o) return inputs;
        var record = new FlowObjectBuilder(o.Count + 1);
        foreach (var (name, value) in o) record.Add(name, RecordedCall.Of(value));
        return record.AddUnlessNull("unsubscribe", RecordedCall.Of(unsubscribe)).ToValue();
    }

    private static FlowValue Without(FlowValue inputs, string member)
    {
        if (inputs.AsObjectOrNull is not { } o || !o.Contains(member)) return inputs;
        var kept = new FlowObjectBuilder(o.Count);
        foreach (var (name, value) in o)
        {
            if (!name.Equals(member, StringComparison.OrdinalIgnoreCase)) kept.Add(name, value);
        }

        return kept.ToValue();
    }
}
