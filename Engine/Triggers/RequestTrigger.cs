using System.Text;
using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>Reads a request as the Request trigger does: <c>headers, queries, relativePathParameters, body</c>, absent parts left out (runtime reference, 4.2).</summary>
internal static class RequestTrigger
{
    private const string Json = "application/json";

    // Signature and version of the invoke address are not the flow's business (recorded).
    private static readonly HashSet<string> InvokeQueries = new(StringComparer.OrdinalIgnoreCase) { "api-version", "sp", "sv", "sig" };

    public static TriggerArrival Read(PlannedTrigger trigger, TriggerRequest request)
    {
        var inputs = trigger.Definition.Inputs;
        var expected = inputs["method"].AsStringOrNull;
        if (expected is not null && request.Method is { } method && !method.Equals(expected, StringComparison.OrdinalIgnoreCase))
        {
            return TriggerArrival.Refused(
                400,
                "TriggerRequestMethodNotValid",
                $"The HTTP method of the request for trigger '{trigger.Name}' is not valid: expected '{expected.ToUpperInvariant()}' and actual '{method.ToUpperInvariant()}'.");
        }

        if (RelativePath.Match(trigger, inputs["relativePath"].AsStringOrNull, request.RelativePath, out var parameters) is { } mismatch) return new TriggerArrival(default, mismatch);
        var body = Body(request, out var contentType);
        if (body.JsonError is { } error)
        {
            return TriggerArrival.Refused(400, "InvalidRequestContent", $"The request content is not valid and could not be deserialized: '{error}'.");
        }

        if (body.IsPresent && trigger.Schema?.Validate(body.Value) is { Count: > 0 } violations)
        {
            return TriggerArrival.Refused(
                400,
                "TriggerInputSchemaMismatch",
                $"The input body for trigger '{trigger.Name}' of type 'Request' did not match its schema definition. " +
                $"Error details: '{string.Join(",", violations.Select(violation => violation.Message))}'.");
        }

        var outputs = new FlowObjectBuilder(4).Add("headers", Headers(request, contentType, trigger.OperationOptions.Contains("IncludeAuthorizationHeadersInOutputs")));
        if (Queries(request) is { Count: > 0 } queries) outputs.Add("queries", queries.ToValue());
        if (parameters is not null) outputs.Add("relativePathParameters", parameters);
        if (body.IsPresent) outputs.Add("body", body.Value);
        return new TriggerArrival(outputs.ToValue(), null);
    }

    /// <summary>Adds <c>headers</c> and <c>body</c> of a message by the same rules.</summary>
    public static void AddMessage(FlowObjectBuilder outputs, TriggerRequest message)
    {
        var body = Body(message, out var contentType);
        outputs.Add("headers", Headers(message, contentType, keepsAuthorization: false));
        if (body.IsPresent) outputs.Add("body", body.Value);
    }

    private static DecodedBody Body(TriggerRequest request, out string? contentType)
    {
        contentType = request.HeaderOf("Content-Type");
        if (!request.HasBody) return DecodedBody.Absent;
        if (contentType is null)
        {
            contentType = Json;
            return new DecodedBody(request.Body, true, null);
        }

        // A JSON type carries the value as it is; any other carries raw text, which is read back by its type.
        if (MessageBody.IsJson(contentType)) return new DecodedBody(request.Body, true, null);
        return MessageBody.Decode(Encoding.UTF8.GetBytes(request.Body.AsStringOrNull ?? request.Body.ToJson()), contentType, MessageKind.Request);
    }

    private static FlowValue Headers(TriggerRequest request, string? contentType, bool keepsAuthorization)
    {
        var headers = new FlowObjectBuilder();
        foreach (var (name, value) in request.Headers)
        {
            if (name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) && !keepsAuthorization) continue;
            headers.Replace(name, FlowValue.String(value));
        }

        if (contentType is not null && request.HeaderOf("Content-Type") is null)
        {
            headers.Add("Content-Type", FlowValue.String(contentType));
        }

        return headers.ToValue();
    }

    private static FlowObjectBuilder? Queries(TriggerRequest request)
    {
        if (request.Queries.Count == 0 && request.RelativePath?.Contains('?', StringComparison.Ordinal) is not true) return null;
        var queries = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var names = new List<string>();
        if (request.RelativePath?.IndexOf('?', StringComparison.Ordinal) is int mark and >= 0)
        {
            foreach (var pair in request.RelativePath[(mark + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
            {
                var split = pair.IndexOf('=', StringComparison.Ordinal);
                Add(Decode(split < 0 ? pair : pair[..split]), split < 0 ? string.Empty : Decode(pair[(split + 1)..]));
            }
        }

        foreach (var (name, value) in request.Queries) Add(name, value);
        var result = new FlowObjectBuilder();
        foreach (var name in names) result.Add(name, FlowValue.String(queries[name]));
        return result;

        void Add(string name, string value)
        {
            if (InvokeQueries.Contains(name)) return;
            if (queries.TryAdd(name, value)) names.Add(name);
            else queries[name] += "," + value;
        }
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
