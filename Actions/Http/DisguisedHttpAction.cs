using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Calls of services that are HTTP calls behind an id: <c>Function</c>, <c>ApiManagement</c> (runtime reference, 3.17).</summary>
/// <remarks>
/// The address comes from the connection that the file describes, else from the resource id: Azure's own names of hosts. Where neither tells it, the
/// action fails and says so. All else is as for Http: retries, polling of a 202, pages, outputs.
/// </remarks>
internal sealed class DisguisedHttpAction : IActionExecutor
{
    private readonly HttpAction _http;
    private readonly Func<FlowValue, RunScope, string?> _addressOf;
    private readonly string _missing;

    private DisguisedHttpAction(ActionPlan plan, Func<FlowValue, RunScope, string?> addressOf, string missing)
    {
        _http = new HttpAction(plan);
        _addressOf = addressOf;
        _missing = missing;
    }

    public static ActionSpec Function { get; } = new(
        new ActionTypeInfo("Function") { RequiredInputs = ["function"] },
        plan => new DisguisedHttpAction(plan, ServiceAddresses.OfFunction, "'function.id' must be a resource id with '/sites/APP/functions/NAME', or the connection must have a 'triggerUrl'"));

    public static ActionSpec ApiManagement { get; } = new(
        new ActionTypeInfo("ApiManagement"),
        plan => new DisguisedHttpAction(plan, ServiceAddresses.OfApiManagement, "'api.id' must be a resource id with '/service/NAME/', or the connection must have a 'baseUrl', and there must be a 'pathTemplate'"));

    public bool IsPure => false;

    public Expression? Inputs => _http.Inputs;

    public async ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation)
    {
        var inputs = scope.Inputs;
        var key = inputs["subscriptionKey"];
        if (key.IsString) scope.RecordSecret(key);
        scope.RecordInputs(RecordedCall.Of(inputs));
        string? address;
        try
        {
            address = _addressOf(inputs, scope);
        }
        catch (MessageFormatException e)
        {
            return HttpAction.Failed(HttpFailures.Of(e.Message));
        }

        if (address is null)
        {
            return ActionOutcome.Failed(
                ActionCodes.BadRequest,
                $"The action '{scope.Action.Name}' of type '{scope.Action.Type}' does not tell where to call: {_missing}. A mock of the action answers in its place.");
        }

        var request = new FlowObjectBuilder()
            .Add("method", inputs["method"] is { IsNull: false } method ? method : FlowValue.String("POST"))
            .Add("uri", FlowValue.String(address));
        foreach (var name in new[] { "queries", "body", "authentication", "retryPolicy" }) request.AddUnlessNull(name, inputs[name]);
        var headers = (inputs["headers"].AsObjectOrNull ?? FlowObject.Empty).ToBuilder();
        if (key.IsString) headers.Set("Ocp-Apim-Subscription-Key", key);
        return await _http.SendAsync(request.Add("headers", headers.ToValue()).ToValue(), scope, cancellation);
    }
}
