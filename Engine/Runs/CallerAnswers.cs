using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>What the caller of a run gets where no Response sent it anything (runtime reference, 3.13).</summary>
internal static class CallerAnswers
{
    private static readonly FlowValue JsonHeaders = FlowValue.Object(("Content-Type", FlowValue.String(MessageBody.JsonType)));

    /// <summary>The workflow has no Response: the caller is not kept waiting.</summary>
    public static WorkflowResponse Accepted { get; } = new(202, FlowValue.EmptyObject, default, false);

    /// <summary>Recorded: the run ended, and none of its Responses ran.</summary>
    public static WorkflowResponse NoResponse(string runId) =>
        Error(502, "NoResponse", $"The server did not receive a response from an upstream server. Request tracking id '{runId}'.");

    /// <summary>No Response came within the time that a caller waits (wording assumed).</summary>
    public static WorkflowResponse GatewayTimeout(string runId) =>
        Error(504, "GatewayTimeout", $"The server did not receive a response from an upstream server within the specified timeout. Request tracking id '{runId}'.");

    public static WorkflowResponse Error(int statusCode, string code, string message) =>
        new(statusCode, JsonHeaders, FlowValue.Object(("error", new ActionError(code, message).ToValue())), true);
}
