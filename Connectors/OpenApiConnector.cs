using System.Globalization;
using FlowEngine.Actions;

namespace FlowEngine.Connectors;

/// <summary>A custom connector: the operations of an OpenAPI document, and the policies around its calls.</summary>
/// <param name="name">What actions call it by.</param>
/// <param name="document">Its document, without errors.</param>
/// <param name="policies">Its policies, without errors; null for none.</param>
public sealed class OpenApiConnector(string name, ConnectorDocument document, PolicyDocument? policies = null) : IConnector, ITimedConnector
{
    private readonly PolicyState _ownState = new();

    /// <inheritdoc/>
    public string Name => name;

    /// <summary>Its document.</summary>
    public ConnectorDocument Document => document;

    /// <summary>Its policies.</summary>
    public PolicyDocument? Policies => policies;

    bool ITimedConnector.TimesRequests => true;

    /// <inheritdoc/>
    public ValueTask<ConnectorResponse> CallAsync(ConnectorCall call, RunScope scope, int attempt, CancellationToken cancellation) =>
        CallAsync(call, null, scope, attempt, cancellation);

    internal async ValueTask<ConnectorResponse> CallAsync(ConnectorCall call, ConnectorSet? set, RunScope scope, int attempt, CancellationToken cancellation)
    {
        var operation = Find(call, out var pathValues);
        if (call.CallbackUri is { } address) call = CallbackAddress.Fill(call, operation, FlowValue.String(address.AbsoluteUri));
        var request = RequestBuilder.Build(operation, call, pathValues, ServerOf(operation, call));
        var credentials = ConnectionCredentials.Of(operation, call, name, set, scope);
        var place = set?.PlaceOf(call.Host, name, scope) ?? new LimitPlace(ConnectorNames.Limited(call.Host, name, scope.Outbound.Options.HostLimits), null);
        var reply = policies is null
            ? await ConnectorTransport.SendAsync(request, place, credentials, scope, attempt, cancellation)
            : await policies.RunAsync(
                new PolicyContext(request, operation, scope, (set?.State ?? _ownState).Of(name, call.Host.ConnectionName))
                {
                    Connector = name,
                    SigningKey = call.Connection["signingKey"].AsStringOrNull,
                    MatchedParameters = pathValues,
                    Send = (outgoing, token) => ConnectorTransport.SendAsync(outgoing, place, credentials, scope, attempt, token),
                },
                cancellation);
        var response = reply.ToResponse(operation, scope.Time.GetUtcNow());
        if (call.Connection["validateResponses"] is { IsBoolean: true, AsBoolean: true }) CheckAnswer(operation, response);
        return response;
    }

    private ConnectorOperation Find(ConnectorCall call, out IReadOnlyDictionary<string, string> pathValues)
    {
        pathValues = new Dictionary<string, string>();
        if (call.OperationId is { } id)
        {
            if (document.Find(id) is { } found) return found;
            var nearest = document.Nearest(id);
            throw Refused($"The connector '{name}' has no operation '{id}'.{(nearest is null ? string.Empty : $" Did you mean '{nearest}'?")}");
        }

        if (call.Path is not { } path) throw Refused("The inputs name no operation: neither 'host.operationId' nor 'path'.");
        var method = call.Method ?? "GET";
        return document.Find(method, path, out pathValues) ?? throw Refused($"The connector '{name}' has no operation {method.ToUpperInvariant()} {path}.");
    }

    private Uri ServerOf(ConnectorOperation operation, ConnectorCall call)
    {
        if (call.Connection["baseUrl"].AsStringOrNull is not { } given)
            return operation.Server ?? throw Refused($"The document of connector '{name}' names no absolute address of the API; give the connection a 'baseUrl'.");
        return Uri.TryCreate(given, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : throw Refused($"The 'baseUrl' of the connection is no address: '{given}'.");
    }

    private static void CheckAnswer(ConnectorOperation operation, ConnectorResponse response)
    {
        var schema = operation.Answers.GetValueOrDefault(response.StatusCode.ToString(CultureInfo.InvariantCulture)) ?? operation.Answers.GetValueOrDefault("default");
        if (schema is null || !response.HasBody) return;
        if (SchemaCheck.Fault(schema, response.Body, "The body") is { } fault)
            throw Refused(string.Create(CultureInfo.InvariantCulture, $"The answer {response.StatusCode} of operation '{operation.Name}' is not what its document says. {fault}"));
    }

    private static ConnectorException Refused(string message) => new(ActionCodes.BadRequest, message);
}
