namespace FlowEngine;

/// <summary>Outputs of a Request trigger: <c>headers, queries, relativePathParameters, body</c>, absent parts left out (recorded; runtime reference, 4.2).</summary>
internal static class RequestOutputs
{
    public static FlowValue Of(TriggerRequest request)
    {
        var headers = new FlowObjectBuilder();
        foreach (var (name, value) in request.Headers) headers.Set(name, FlowValue.String(value));
        if (request.HasBody && !request.Headers.Any(header => header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)))
        {
            headers.Set("Content-Type", FlowValue.String("application/json"));
        }

        var outputs = new FlowObjectBuilder().Add("headers", headers.ToValue());
        if (request.HasBody) outputs.Add("body", request.Body);
        return outputs.ToValue();
    }
}
