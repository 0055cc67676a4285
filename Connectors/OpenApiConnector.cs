using FlowEngine.Actions;

namespace FlowEngine.Connectors;

/// <summary>A custom connector: the operations of an OpenAPI document.</summary>
/// <param name="name">What actions call it by.</param>
/// <param name="document">Its document, without errors.</param>
public sealed class OpenApiConnector(string name, ConnectorDocument document) : IConnector
{
    public string Name => name;

    /// <summary>Its document.</summary>
    public ConnectorDocument Document => document;

    public async ValueTask<ConnectorResponse> CallAsync(ConnectorCall call, RunScope scope, int attempt, CancellationToken cancellation)
    {
        var operation = Find(call, out var pathValues);
        var server = operation.Server
            ?? throw new ConnectorException(ActionCodes.BadRequest, $"The document of connector '{name}' names no absolute address of the API.");
        if (call.CallbackUri is { } address) call = CallbackAddress.Fill(call, operation, FlowValue.String(address.AbsoluteUri));
        var request = RequestBuilder.Build(operation, call, pathValues, server);
        var reply = await ConnectorTransport.SendAsync(request, scope, attempt, cancellation);
        return reply.ToResponse(operation, scope.Time.GetUtcNow());
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

    private static ConnectorException Refused(string message) => new(ActionCodes.BadRequest, message);
}
