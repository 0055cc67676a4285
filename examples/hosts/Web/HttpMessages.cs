using System.Text;
using FlowEngine;
using FlowEngine.Actions;

namespace WebHost;

/// <summary>HTTP messages of ASP.NET as those of flows, and back.</summary>
internal static class HttpMessages
{
    public static IReadOnlyList<KeyValuePair<string, string>> Headers(HttpRequest request) => [.. request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()))];

    public static IReadOnlyList<KeyValuePair<string, string>> Queries(HttpRequest request) => [.. request.Query.SelectMany(query => query.Value.Select(value => KeyValuePair.Create(query.Key, value ?? string.Empty)))];

    /// <summary>The body: JSON parsed, anything else as text. Null and <c>false</c> without a body.</summary>
    /// <exception cref="BadHttpRequestException">It says that it is JSON, and is none.</exception>
    public static async Task<(FlowValue Body, bool HasBody)> BodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(cancellation);
        if (text.Length == 0) return (default, false);
        if (request.ContentType is { } type && !MessageBody.IsJson(type)) return (FlowValue.String(text), true);
        try
        {
            return (FlowValue.Parse(text), true);
        }
        catch (FlowJsonException e)
        {
            throw new BadHttpRequestException($"The body is no JSON: {e.Message}");
        }
    }

    public static async Task WriteAsync(HttpResponse response, WorkflowResponse answer, CancellationToken cancellation)
    {
        response.StatusCode = answer.StatusCode;
        foreach (var (name, value) in answer.Headers.AsObjectOrNull ?? FlowObject.Empty) response.Headers[name] = value.AsStringOrNull ?? value.ToJson();
        if (!answer.HasBody) return;
        var body = MessageBody.Encode(answer.Body) ?? new EncodedBody("null"u8.ToArray(), MessageBody.JsonType);
        response.ContentType ??= body.ContentType;
        await response.Body.WriteAsync(body.Bytes, cancellation);
    }

    public static Task WriteErrorAsync(HttpResponse response, int status, string code, string message, CancellationToken cancellation) => WriteAsync(
        response,
        new WorkflowResponse(status, FlowValue.EmptyObject, FlowValue.Object(("error", FlowValue.Object(("code", FlowValue.String(code)), ("message", FlowValue.String(message))))), true),
        cancellation);
}
