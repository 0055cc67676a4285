using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>Reads how a mocked action ends: <c>{status, outputs, code, error}</c>.</summary>
internal static class MockOutcomeReader
{
    private static readonly string[] Members = ["status", "outputs", "code", "error", "delay"];
    private static readonly string[] ErrorMembers = ["code", "message"];
    private static readonly ActionStatus[] Statuses =
        [ActionStatus.Succeeded, ActionStatus.Failed, ActionStatus.TimedOut, ActionStatus.Skipped, ActionStatus.Cancelled];

    public static MockOutcome? Read(MockMembers members, FlowValue response, string at)
    {
        if (!members.IsObject(response, at, "a response", Members)) return null;
        var status = ReadStatus(members, response, at);
        var hasOutputs = response.TryGetMember("outputs", out var outputs);
        var error = ReadError(members, response, at);
        var code = members.Text(response, "code", at) ?? DefaultCode(status, outputs, error);
        return new MockOutcome(new ActionOutcome(status, code, outputs, hasOutputs, error), MockResponseReader.ReadDelay(members, response, at));
    }

    private static ActionStatus ReadStatus(MockMembers members, FlowValue response, string at)
    {
        if (members.Text(response, "status", at) is not { } text) return ActionStatus.Succeeded;
        foreach (var status in Statuses)
        {
            if (status.ToString().Equals(text, StringComparison.OrdinalIgnoreCase)) return status;
        }

        members.Wrong("'status'", "one of " + string.Join(", ", Statuses), response["status"], JsonPointer.Append(at, "status"));
        return ActionStatus.Succeeded;
    }

    private static ActionError? ReadError(MockMembers members, FlowValue response, string at)
    {
        var pointer = JsonPointer.Append(at, "error");
        if (!response.TryGetMember("error", out var error) || error.IsNull || !members.IsObject(error, pointer, "'error'", ErrorMembers)) return null;
        var code = members.Text(error, "code", pointer) ?? members.Text(response, "code", at) ?? ActionCodes.ActionFailed;
        return new ActionError(code, members.Text(error, "message", pointer) ?? string.Empty);
    }

    // What the action would have had: the name of the HTTP status where the outputs tell one (runtime reference, 2.1).
    private static string DefaultCode(ActionStatus status, FlowValue outputs, ActionError? error)
    {
        if (error is not null) return error.Code;
        if (outputs["statusCode"] is { IsInteger: true } answered) return HttpStatusNames.CodeOf((int)answered.AsInteger);
        return status switch
        {
            ActionStatus.Succeeded => ActionCodes.Ok,
            ActionStatus.TimedOut => ActionCodes.ActionTimedOut,
            ActionStatus.Skipped => ActionCodes.ActionSkipped,
            ActionStatus.Cancelled => ActionCodes.ActionCancelled,
            _ => ActionCodes.ActionFailed,
        };
    }
}
