using FlowEngine.Definitions;
using FlowEngine.Expressions;
using JsonPointer = FlowEngine.Definitions.JsonPointer;

namespace FlowEngine.Testing;

/// <summary>Checks that an <c>expect</c> has only members and operators that there are.</summary>
internal sealed class ExpectationReader(MockMembers members, DiagnosticBag faults)
{
    private static readonly string[] RunMembers = ["status", "code", "error", "outputs", "variables", "response", "actions", "requests", "elapsed", "that", "notStarted"];
    private static readonly string[] ActionMembers = ["status", "code", "inputs", "outputs", "error", "trackedProperties", "attempts"];
    private static readonly string[] RequestMembers = ["action", "method", "uri", "headers", "body", "statusCode", "count"];
    private static readonly string[] ResponseMembers = ["statusCode", "headers", "body"];
    private static readonly string[] NotStartedMembers = ["statusCode", "code", "message"];
    private static readonly string[] RunStatuses = ["Succeeded", "Failed", "Cancelled", "TimedOut"];
    private static readonly string[] ActionStatuses = ["Succeeded", "Failed", "Skipped", "TimedOut", "Cancelled"];
    private static readonly string[] ErrorMembers = ["code", "message"];
    private static readonly string[] ElapsedMembers = ["min", "max"];

    public void Check(FlowValue expect, string at)
    {
        if (!members.IsObject(expect, at, "'expect'", RunMembers)) return;
        CheckOperators(expect, at);
        CheckError(expect, at);
        CheckStatus(expect["status"], RunStatuses, JsonPointer.Append(at, "status"));
        CheckNotStarted(expect, at);
        if (expect.TryGetMember("response", out var response) && !IsOperator(response)) members.IsObject(response, JsonPointer.Append(at, "response"), "'response'", ResponseMembers);
        CheckActions(expect, JsonPointer.Append(at, "actions"));
        CheckRequests(expect, JsonPointer.Append(at, "requests"));
        CheckElapsed(expect, JsonPointer.Append(at, "elapsed"));
        if (expect.TryGetMember("that", out var that) && !(that.AsArrayOrNull is { } list && list.All(item => item.IsString)))
            members.Wrong("'that'", "an array of expressions", that, JsonPointer.Append(at, "that"));
    }

    private void CheckActions(FlowValue expect, string at)
    {
        if (!expect.TryGetMember("actions", out var actions)) return;
        if (actions.AsObjectOrNull is not { } o)
        {
            members.Wrong("'actions'", "an object", actions, at);
            return;
        }

        foreach (var (path, action) in o)
        {
            var pointer = JsonPointer.Append(at, path);
            CheckStatus(action, ActionStatuses, pointer);
            if (action.IsString || !members.IsObject(action, pointer, "what is expected of an action", ActionMembers)) continue;
            CheckStatus(action["status"], ActionStatuses, JsonPointer.Append(pointer, "status"));
            CheckError(action, pointer);
        }
    }

    // Texts only: an operator may stand in place of one.
    private void CheckStatus(FlowValue status, string[] statuses, string at)
    {
        if (status.AsStringOrNull is not { } text || statuses.Contains(text)) return;
        var near = NearestName.Find(text, statuses);
        faults.Error(DiagnosticCodes.MockValue, $"There is no status '{text}'; there are {string.Join(", ", statuses)}.", at, suggestion: near is null ? null : $"Did you mean '{near}'?");
    }

    // What a run that there isn't did can't be asked.
    private void CheckNotStarted(FlowValue expect, string at)
    {
        if (!expect.TryGetMember("notStarted", out var notStarted)) return;
        var pointer = JsonPointer.Append(at, "notStarted");
        members.IsObject(notStarted, pointer, "'notStarted'", NotStartedMembers);
        if (expect.AsObject.Count > 1) faults.Error(DiagnosticCodes.MockValue, "Where no run starts there is nothing else to expect.", pointer);
    }

    private void CheckRequests(FlowValue expect, string at)
    {
        if (!expect.TryGetMember("requests", out var requests)) return;
        if (requests.AsArrayOrNull is not { } list)
        {
            members.Wrong("'requests'", "an array", requests, at);
            return;
        }

        for (var i = 0; i < list.Count; i++)
        {
            var pointer = JsonPointer.Append(at, i);
            if (!members.IsObject(list[i], pointer, "an expected request", RequestMembers) || !list[i].TryGetMember("count", out var count)) continue;
            if (!count.IsInteger || count.AsInteger < 0) members.Wrong("'count'", "an integer from 0", count, JsonPointer.Append(pointer, "count"));
        }
    }

    private void CheckElapsed(FlowValue expect, string at)
    {
        if (!expect.TryGetMember("elapsed", out var elapsed) || !members.IsObject(elapsed, at, "'elapsed'", ElapsedMembers)) return;
        foreach (var (name, value) in elapsed.AsObject)
        {
            if (!IsoDuration.TryParse(value.AsStringOrNull, out _)) members.Wrong($"'{name}'", "an ISO 8601 duration such as \"PT10M\"", value, JsonPointer.Append(at, name));
        }
    }

    private void CheckError(FlowValue record, string at)
    {
        if (record.TryGetMember("error", out var error) && !IsOperator(error)) members.IsObject(error, JsonPointer.Append(at, "error"), "'error'", ErrorMembers);
    }

    private static bool IsOperator(FlowValue value) => ValueExpectation.Operator(value, out _) is not null;

    private void CheckOperators(FlowValue value, string at)
    {
        if (value.AsArrayOrNull is { } list)
        {
            for (var i = 0; i < list.Count; i++) CheckOperators(list[i], JsonPointer.Append(at, i));
            return;
        }

        if (value.AsObjectOrNull is not { } o) return;
        if (ValueExpectation.Operator(value, out var argument) is { } name)
        {
            var pointer = JsonPointer.Append(at, name);
            if (!ValueExpectation.Operators.Contains(name))
            {
                var near = NearestName.Find(name, ValueExpectation.Operators);
                faults.Error(
                    DiagnosticCodes.MockMember,
                    $"There is no operator '{name}'; there are {string.Join(", ", ValueExpectation.Operators)}.",
                    FaultPlace.Name(pointer),
                    suggestion: near is null ? null : $"Did you mean '{near}'?");
            }
            else if (name == "$matches" && !argument.IsString) members.Wrong("'$matches'", "text", argument, pointer);
            else if (name == "$absent" && argument != FlowValue.True) members.Wrong("'$absent'", "true", argument, pointer);
            if (name == "$schema") return;
        }

        foreach (var (member, nested) in o) CheckOperators(nested, JsonPointer.Append(at, member));
    }
}
