using FlowEngine;
using FlowEngine.Actions;

namespace WebHost;

/// <summary>Hands callbacks on to the actions that wait for them (HttpWebhook): the first counts.</summary>
internal static class Callbacks
{
    public static async Task<IResult> ReceiveAsync(HttpContext context, WorkflowEngine engine, IConfiguration configuration)
    {
        var (body, hasBody) = await HttpMessages.BodyAsync(context.Request, context.RequestAborted);
        // The address as the flow told it, whatever proxy the call came through.
        var address = new Uri(new Uri(configuration["Flows:Address"] ?? "http://localhost:5000/callbacks/"), context.Request.Path.Value!["/callbacks/".Length..] + context.Request.QueryString);
        var message = new CallbackMessage { Headers = HttpMessages.Headers(context.Request), Body = body, HasBody = hasBody };
        return engine.CallBack(address, message) ? Results.Ok() : Results.NotFound();
    }
}
