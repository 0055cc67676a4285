namespace FlowEngine.Actions;

/// <summary>Reads the call out of the evaluated inputs of an action that calls a connector; the host's form differs from type to type.</summary>
internal static class ConnectorCallReader
{
    public static ConnectorCall Read(FlowValue inputs, RunScope scope)
    {
        var host = inputs["host"];
        var provider = inputs["serviceProviderConfiguration"];
        var connection = FirstText(
            host["connectionName"],
            host["connectionReferenceName"],
            host["connection"]["referenceName"],
            host["connection"]["name"],
            provider["connectionName"]);
        var api = FirstText(host["apiId"], host["api"]["id"], provider["serviceProviderId"]);
        return new ConnectorCall
        {
            Host = new ConnectorHost(connection, api, connection is null ? default : scope.ConnectionReference(connection)),
            OperationId = FirstText(host["operationId"], provider["operationId"]),
            Method = inputs["method"].AsStringOrNull,
            Path = inputs["path"].AsStringOrNull,
            Parameters = inputs["parameters"].AsObjectOrNull ?? FlowObject.Empty,
            Queries = inputs["queries"].AsObjectOrNull ?? FlowObject.Empty,
            Headers = inputs["headers"].AsObjectOrNull ?? FlowObject.Empty,
            Body = inputs["body"],
        };
    }

    private static string? FirstText(params ReadOnlySpan<FlowValue> values)
    {
        foreach (var value in values)
        {
            if (value.AsStringOrNull is { Length: > 0 } text) return text;
        }

        return null;
    }
}
