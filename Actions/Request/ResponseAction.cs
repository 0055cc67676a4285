using System.Globalization;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Answers the caller of the run; the run goes on. Its outputs are the answer as sent.</summary>
/// <remarks>
/// A status of 400 and more is no failure of the action. Without a caller that waits it is Skipped, with its inputs recorded (reported by many).
/// </remarks>
internal sealed class ResponseAction(ActionPlan plan) : IActionExecutor
{
    private const string StatusCodeNotSupported = "WorkflowRunActionResponseStatusCodeNotSupported";
    private const string AlreadyDefined = "ActionResponseAlreadyDefined";
    private const string TimedOut = "ActionResponseTimedOut";

    private readonly bool _isAsynchronous = plan.Action.OperationOptions.Contains("Asynchronous");

    public static ActionSpec Spec { get; } = new(
        new ActionTypeInfo("Response") { InputMembers = ["statusCode", "headers", "body", "schema"], RequiredInputs = ["statusCode"] },
        plan => new ResponseAction(plan));

    public bool IsPure => false;

    public Expression? Inputs { get; } = plan.BindInputs();

    public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation) => new(Execute(scope));

    private ActionOutcome Execute(RunScope scope)
    {
        var inputs = scope.Inputs;
        if (!TryGetStatusCode(inputs["statusCode"], out var statusCode))
        {
            return ActionOutcome.Failed(
                StatusCodeNotSupported,
                $"The status code '{ValueText.Of(inputs["statusCode"])}' of the response action '{scope.Action.Name}' is not supported. It must be an integer from 200 to 299 or from 400 to 599.");
        }

        WorkflowResponse response;
        try
        {
            response = Build(statusCode, inputs["headers"], inputs["body"]);
        }
        catch (MessageFormatException e)
        {
            return ActionOutcome.Failed(ActionCodes.BadRequest, e.Message);
        }

        return scope.Respond(response, _isAsynchronous) switch
        {
            ResponseResult.NobodyWaiting => new ActionOutcome(ActionStatus.Skipped, ActionCodes.ActionResponseSkipped, default, HasOutputs: false, Error: null),
            ResponseResult.CallerGone => ActionOutcome.Failed(TimedOut, TimedOutMessage(scope.Action.Name)),
            ResponseResult.AlreadySent => ActionOutcome.Failed(AlreadyDefined, $"The response action '{scope.Action.Name}' failed: the run has sent a response already."),
            _ => ActionOutcome.Succeeded(ToOutputs(response)),
        };
    }

    // Reported word for word, the spelling included.
    private static string TimedOutMessage(string action) =>
        $"The execution of template action '{action}' is failed: the client application timed out waiting for a response from service. This means that workflow took longer to respond than the alloted timeout value. "
        + "The connection maintained between the client application and service will be closed and client application will get an HTTP status code 504 Gateway Timeout.";

    private static bool TryGetStatusCode(FlowValue written, out int statusCode)
    {
        statusCode = 0;
        if (written.IsInteger && written.AsInteger is > 0 and < 1000) statusCode = (int)written.AsInteger;
        else if (!int.TryParse(written.AsStringOrNull, NumberStyles.None, CultureInfo.InvariantCulture, out statusCode)) return false;
        return statusCode is (>= 200 and < 300) or (>= 400 and < 600);
    }

    private static WorkflowResponse Build(int statusCode, FlowValue written, FlowValue body)
    {
        var headers = new FlowObjectBuilder();
        var hasContentType = false;
        foreach (var (name, value) in written.AsObjectOrNull ?? FlowObject.Empty)
        {
            var text = HeaderGuard.TextOf(value);
            HeaderGuard.Check(name, text);
            headers.Add(name, FlowValue.String(text));
            hasContentType |= name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase);
        }

        if (body.IsNull) return new WorkflowResponse(statusCode, headers.ToValue(), default, HasBody: false);
        (body, var contentType) = MessageBody.Typed(body);
        if (!hasContentType) headers.Add("Content-Type", FlowValue.String(contentType));
        return new WorkflowResponse(statusCode, headers.ToValue(), body, HasBody: true);
    }

    private static FlowValue ToOutputs(WorkflowResponse response)
    {
        var outputs = new FlowObjectBuilder(3).Add("statusCode", response.StatusCode).Add("headers", response.Headers);
        if (response.HasBody) outputs.Add("body", response.Body);
        return outputs.ToValue();
    }
}
