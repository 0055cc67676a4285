using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>Makes a test of a run record: what came in, what the world outside answered, and how the run ended.</summary>
/// <remarks>A starting point: a record does not hold parameters, and answers to polls and failed attempts only by their status.</remarks>
internal static class FlowTestFromRun
{
    private const string Mark = "*sanitized*";

    /// <summary>The document of a test file with one test.</summary>
    /// <param name="record">What <c>flow run --json</c> printed: one run.</param>
    /// <param name="definition">The flow that ran.</param>
    /// <param name="flow">The flow's file as the test names it.</param>
    /// <exception cref="InvalidInputException">It is no record of a run.</exception>
    public static FlowValue Create(FlowValue record, WorkflowDefinition definition, string flow)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (!record["status"].IsString || !record["actions"].IsObject) throw new InvalidInputException("The record is not that of one run: it has no 'status' and 'actions'.");
        var test = new FlowObjectBuilder().Add("name", FlowValue.String($"as recorded in run {record["runId"].AsStringOrNull ?? "?"}"));
        test.AddUnlessNull("now", record["startTime"]);
        var trigger = new FlowObjectBuilder().AddUnlessNull("name", record["trigger"]["name"]);
        var outputs = record["trigger"]["outputs"];
        foreach (var member in new[] { "headers", "queries" })
        {
            if (Texts(outputs[member]) is { Count: > 0 } texts) trigger.Add(member, texts);
        }

        if (outputs.TryGetMember("body", out var body)) trigger.Add("body", body);
        test.Add("trigger", trigger.ToValue())
            .Add("mocks", FlowArray.Create([.. HttpMocks(record, definition), .. ActionMocks(record["actions"], record["requests"].AsArrayOrNull ?? FlowArray.Empty, definition, FlowArray.Empty)]));
        if (Callbacks(record["actions"], record, definition, FlowArray.Empty).ToList() is { Count: > 0 } events) test.Add("events", FlowArray.Create(events));
        test.Add("expect", Expectations(record));
        return FlowValue.Object(("flow", FlowValue.String(flow)), ("tests", FlowArray.Create([test.ToValue()])));
    }

    // One entry for each method, address and body, its answers in the order of sending.
    private static IEnumerable<FlowValue> HttpMocks(FlowValue record, WorkflowDefinition definition)
    {
        var requests = record["requests"].AsArrayOrNull ?? FlowArray.Empty;
        return requests
            .Select((request, index) => (Match: MatchOf(request), Answer: AnswerOf(request, record, IsLast(requests, index), definition)))
            .GroupBy(call => call.Match.ToJson(), StringComparer.Ordinal)
            .Select(calls => FlowValue.Object(("match", calls.First().Match), ("respond", FlowArray.Create(calls.Select(call => call.Answer)))));
    }

    private static FlowValue MatchOf(FlowValue request)
    {
        var match = new FlowObjectBuilder().Add("method", request["method"]).Add("uri", Pattern(request["uri"]));
        if (request.TryGetMember("body", out var body)) match.Add("body", Pattern(body));
        return match.ToValue();
    }

    private static FlowValue AnswerOf(FlowValue request, FlowValue record, bool isLast, WorkflowDefinition definition)
    {
        var action = Find(record["actions"], request["action"].AsString, request["repetition"].AsArrayOrNull ?? FlowArray.Empty, 0);
        if (request["statusCode"].IsNull)
        {
            var waited = isLast && action?["status"].AsStringOrNull == "TimedOut";
            return FlowValue.Object(("fault", FlowValue.String(waited ? "timeout" : "reset")));
        }

        var answer = new FlowObjectBuilder().Add("status", request["statusCode"]);
        // The outputs of what is called back are those of the callback.
        if (!isLast || action is not { } last || IsCalledBack(request["action"].AsString, last, definition)) return answer.ToValue();
        if (last["outputs"].TryGetMember("body", out var body)) answer.Add("body", body);
        return answer.ToValue();
    }

    private static bool IsCalledBack(string name, FlowValue action, WorkflowDefinition definition) =>
        action["status"].AsStringOrNull == "Succeeded" && definition.Root.AllActions().FirstOrDefault(candidate => candidate.Name == name)?.Type is { } type && type.EndsWith("Webhook", StringComparison.OrdinalIgnoreCase);

    // What was called back is called back as long after the start; where something else answered for the action, there was no request and no callback.
    private static IEnumerable<FlowValue> Callbacks(FlowValue actions, FlowValue record, WorkflowDefinition definition, FlowArray repetition)
    {
        foreach (var (name, action) in actions.AsObject.ToArray())
        {
            foreach (var entry in (action["repetitions"].AsArrayOrNull ?? FlowArray.Empty).AsSpan().ToArray())
            {
                foreach (var callback in Callbacks(entry["actions"], record, definition, FlowArray.Create([.. repetition, entry["index"]]))) yield return callback;
            }

            var indexes = repetition;
            var hasAsked = (record["requests"].AsArrayOrNull ?? FlowArray.Empty).Any(request => request["action"].AsStringOrNull == name && (request["repetition"].AsArrayOrNull ?? FlowArray.Empty) == indexes);
            if (!hasAsked || !IsCalledBack(name, action, definition)) continue;
            var happening = new FlowObjectBuilder().Add("after", FlowValue.String(System.Xml.XmlConvert.ToString(TimeOf(action["endTime"]) - TimeOf(record["startTime"])))).Add("callback", FlowValue.String(name));
            if (repetition.Count > 0) happening.Add("repetition", repetition);
            if (Texts(action["outputs"]["headers"]) is { Count: > 0 } headers) happening.Add("headers", headers);
            if (action["outputs"].TryGetMember("body", out var body)) happening.Add("body", body);
            yield return happening.ToValue();
        }
    }

    private static DateTimeOffset TimeOf(FlowValue time) =>
        DateTimeOffset.TryParse(time.AsStringOrNull, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : throw new InvalidInputException($"The record has a time that can't be read: {time.ToJson()}.");

    private static FlowObject? Texts(FlowValue map)
    {
        if (map.AsObjectOrNull is not { } o) return null;
        var texts = new FlowObjectBuilder(o.Count);
        foreach (var (name, value) in o)
        {
            // A body stands as it was read: to tell its type would have it read again.
            var isRead = name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) || (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) && !MessageBody.IsJson(value.AsStringOrNull ?? string.Empty));
            if (value.IsString && !isRead) texts.Add(name, value);
        }

        return texts.ToObject();
    }

    // The outputs of an action are the answer to its last request.
    private static bool IsLast(FlowArray requests, int index)
    {
        for (var i = index + 1; i < requests.Count; i++)
        {
            if (requests[i]["action"] == requests[index]["action"] && requests[i]["repetition"] == requests[index]["repetition"]) return false;
        }

        return true;
    }

    private static FlowValue? Find(FlowValue actions, string name, FlowArray repetition, int depth)
    {
        if (depth == repetition.Count) return actions.TryGetMember(name, out var found) ? found : (FlowValue?)null;
        foreach (var action in actions.AsObject.Values)
        {
            foreach (var entry in action["repetitions"].AsArrayOrNull ?? FlowArray.Empty)
            {
                if (entry["index"] == repetition[depth] && Find(entry["actions"], name, repetition, depth + 1) is { } inside) return inside;
            }
        }

        return null;
    }

    // What nothing here runs is mocked by its name, and so is a connector's operation that sent no request: something else answered for it.
    private static IEnumerable<FlowValue> ActionMocks(FlowValue actions, FlowArray requests, WorkflowDefinition definition, FlowArray repetition)
    {
        foreach (var (name, action) in actions.AsObject.ToArray())
        {
            foreach (var entry in (action["repetitions"].AsArrayOrNull ?? FlowArray.Empty).AsSpan().ToArray())
            {
                foreach (var mock in ActionMocks(entry["actions"], requests, definition, FlowArray.Create([.. repetition, entry["index"]]))) yield return mock;
            }

            var known = definition.Root.AllActions().FirstOrDefault(candidate => candidate.Name == name);
            var isRun = known is not null && BuiltInActions.TryGet(known.Type, out _) && (!ConnectorTypes.Contains(known.Type) || requests.Any(request => request["action"].AsStringOrNull == name));
            if (known is null || isRun || action["status"].AsStringOrNull == "Skipped") continue;
            var answer = new FlowObjectBuilder().Add("status", action["status"]).AddUnlessNull("outputs", action["outputs"]);
            if (action["status"].AsStringOrNull != "Succeeded") answer.AddUnlessNull("code", action["code"]).AddUnlessNull("error", action["error"]);
            var entryOf = new FlowObjectBuilder().Add("action", FlowValue.String(name));
            if (repetition.Count > 0) entryOf.Add("repetition", repetition);
            yield return entryOf.Add("respond", FlowArray.Create([answer.ToValue()])).ToValue();
        }
    }

    private static FlowValue Expectations(FlowValue record)
    {
        var statuses = new FlowObjectBuilder();
        foreach (var (name, action) in record["actions"].AsObject) statuses.Set(name, action["status"]);
        var expect = new FlowObjectBuilder().Add("status", record["status"]).Add("actions", statuses.ToValue());
        if (record.TryGetMember("response", out var response))
        {
            var answer = new FlowObjectBuilder().Add("statusCode", response["statusCode"]);
            if (response.TryGetMember("body", out var body)) answer.Add("body", Expected(body));
            expect.Add("response", answer.ToValue());
        }

        return expect.ToValue();
    }

    // In mocks a star stands for any run of characters.
    private static FlowValue Pattern(FlowValue value) => Replace(value, text => FlowValue.String(text.Replace(Mark, "*", StringComparison.Ordinal)));

    private static FlowValue Expected(FlowValue value) => Replace(value, text => FlowValue.Object(("$matches", FlowValue.String(text.Replace(Mark, "*", StringComparison.Ordinal)))));

    private static FlowValue Replace(FlowValue value, Func<string, FlowValue> marked)
    {
        if (value.AsStringOrNull is { } text) return text.Contains(Mark, StringComparison.Ordinal) ? marked(text) : value;
        if (value.AsArrayOrNull is { } list) return FlowArray.Create(list.Select(item => Replace(item, marked)));
        if (value.AsObjectOrNull is not { } o) return value;
        var replaced = new FlowObjectBuilder();
        foreach (var (name, member) in o) replaced.Set(name, Replace(member, marked));
        return replaced.ToValue();
    }
}
