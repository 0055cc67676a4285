using FlowEngine;
using Microsoft.AspNetCore.Http.Features;

namespace WebHost;

/// <summary><c>/FLOW/PATH</c>: fires the Request trigger of a flow, and answers with its Response.</summary>
internal static class FlowEndpoint
{
    public static async Task HandleAsync(string flow, HttpContext context, WorkflowCatalog catalog, WorkflowEngine engine)
    {
        var found = catalog.Flows.FirstOrDefault(one => one.Name.Equals(flow, StringComparison.OrdinalIgnoreCase));
        if (found?.Document.Definition?.Triggers.Any(trigger => trigger.Type == "Request") != true)
        {
            await HttpMessages.WriteErrorAsync(context.Response, 404, "WorkflowNotFound", $"There is no flow '{flow}' that takes requests.", context.RequestAborted);
            return;
        }

        if (found.HasErrors)
        {
            // What is wrong is for the log and /health, not for callers.
            await HttpMessages.WriteErrorAsync(context.Response, 503, "WorkflowInvalid", $"The flow '{flow}' has errors.", context.RequestAborted);
            return;
        }

        try
        {
            var (body, hasBody) = await HttpMessages.BodyAsync(context.Request, context.RequestAborted);
            var request = new TriggerRequest
            {
                Method = context.Request.Method,
                RelativePath = RestOf(context),
                Headers = HttpMessages.Headers(context.Request),
                Queries = HttpMessages.Queries(context.Request),
                Body = body,
                HasBody = hasBody,
            };
            // The run goes on after its Response, and when the caller hangs up.
            var run = await engine.StartAsync(found.Workflow, request);
            await HttpMessages.WriteAsync(context.Response, await run.Answered.WaitAsync(context.RequestAborted), context.RequestAborted);
        }
        catch (BadHttpRequestException bad)
        {
            await HttpMessages.WriteErrorAsync(context.Response, bad.StatusCode, "InvalidRequestContent", bad.Message, context.RequestAborted);
        }
        catch (RunNotStartedException refused)
        {
            var reason = refused.Reason;
            await HttpMessages.WriteErrorAsync(context.Response, reason.StatusCode, reason.Code ?? "NothingToDo", refused.Message, context.RequestAborted);
        }
    }

    // As it came, still percent-encoded: a %2F is no slash.
    private static string? RestOf(HttpContext context)
    {
        var raw = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        var path = (raw?.StartsWith('/') == true ? raw : context.Request.Path.ToUriComponent()).Split('?')[0].TrimStart('/');
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? null : path[(slash + 1)..];
    }
}
