using System.Globalization;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Runs a child workflow and waits for its first Response: <c>{statusCode, headers, body}</c> (runtime reference, 3.16).</summary>
/// <remarks>
/// No limit of two minutes here. A status of 400 and more fails the call; a child that ends without responding gives 502 with the service's
/// NoResponse body, and the retry policy then starts it again.
/// </remarks>
internal sealed class WorkflowAction(ActionPlan plan) : IActionExecutor
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(120);

    private readonly bool _polls = !plan.Action.OperationOptions.Contains("DisableAsyncPattern");

    public static ActionSpec Spec { get; } = new(
        new ActionTypeInfo("Workflow") { InputMembers = ["host", "headers", "body", "retryPolicy"], RequiredInputs = ["host"] },
        plan => new WorkflowAction(plan));

    public bool IsPure => false;

    public Expression? Inputs { get; } = plan.BindInputs();

    public async ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation)
    {
        var inputs = scope.Inputs;
        scope.RecordInputs(RecordedCall.Of(inputs));
        if (NameOf(inputs["host"]) is not { Length: > 0 } name)
        {
            return ActionOutcome.Failed(ActionCodes.BadRequest, $"The inputs of action '{scope.Action.Name}' name no workflow: 'host.workflow.id' or 'host.workflowReferenceName' was expected.");
        }

        RetryPolicy policy;
        try
        {
            policy = RetryPolicy.Read(inputs["retryPolicy"], scope.Host);
        }
        catch (InvalidSettingException e)
        {
            return ActionOutcome.Failed(e.Code, e.Message, ActionCodes.BadRequest);
        }

        var call = new ChildCall(name, inputs["headers"], inputs["body"], inputs.TryGetMember("body", out _)) { Trigger = inputs["host"]["triggerName"].AsStringOrNull };
        ChildAnswer? last = null;
        await HttpSender.SendAsync(scope, policy, CallAsync, cancellation);
        var answer = last!; // The sender makes one attempt at least.
        return _polls && LocationOf(answer.Response) is { } location
            ? await HttpAction.PollAsync(new HttpConversation(scope, policy, scope.Outbound.Options.RequestTimeout ?? RequestTimeout), location, RetryAfterOf(answer.Response!), cancellation)
            : OutcomeOf(answer);

        async ValueTask<HttpAttempt> CallAsync(int attempt, CancellationToken token)
        {
            var start = scope.Time.GetUtcNow();
            last = await scope.CallWorkflowAsync(call, token);
            var answer = last.Response is { } response ? new HttpAnswer(response.StatusCode, response.Headers, [], null, null, null, null) : null;
            return new HttpAttempt(answer, last.Error, answer is not null && policy.Retries(answer.StatusCode), start, scope.Time.GetUtcNow(), scope.Evaluation.NewGuid());
        }
    }

    // A resource id counts by its last segment; a plain name is one segment.
    internal static string? NameOf(FlowValue host)
    {
        var name = host["workflowReferenceName"].AsStringOrNull ?? host["workflow"]["id"].AsStringOrNull;
        return name?[(name.TrimEnd('/').LastIndexOf('/') + 1)..].TrimEnd('/');
    }

    // Where a child that has only begun can be asked for its end.
    private static Uri? LocationOf(WorkflowResponse? response) =>
        response is { StatusCode: 202 } && Uri.TryCreate(response.Headers["Location"].AsStringOrNull, UriKind.Absolute, out var location) && (location.Scheme == Uri.UriSchemeHttp || location.Scheme == Uri.UriSchemeHttps) ? location : null;

    private static TimeSpan? RetryAfterOf(WorkflowResponse response) =>
        int.TryParse(response.Headers["Retry-After"].AsStringOrNull, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;

    private static ActionOutcome OutcomeOf(ChildAnswer answer)
    {
        if (answer.Response is not { } response) return new ActionOutcome(ActionStatus.Failed, answer.Error!.Code, default, false, answer.Error);
        var outputs = new FlowObjectBuilder(3).Add("statusCode", response.StatusCode).Add("headers", response.Headers);
        if (response.HasBody) outputs.Add("body", response.Body);
        var code = HttpStatusNames.CodeOf(response.StatusCode);
        return response.StatusCode < 400 ? ActionOutcome.Succeeded(outputs.ToValue(), code) : ActionOutcome.FailedWith(outputs.ToValue(), code);
    }
}
