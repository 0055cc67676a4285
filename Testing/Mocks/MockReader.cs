using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>Reads the entries of a mocks file; every fault goes into the bag, with its place.</summary>
internal sealed class MockReader(DiagnosticBag faults, string? folder)
{
    private static readonly string[] EntryMembers = ["match", "action", "operation", "repetition", "call", "respond", "callback"];
    private static readonly string[] MatchMembers = ["method", "uri", "action", "queries", "headers", "body"];
    private static readonly string[] OperationMembers = ["connection", "operationId"];

    private readonly MockMembers _members = new(faults);
    private readonly MockResponseReader _responses = new(faults, folder);

    public MockSet Read(FlowValue entries, string at = "")
    {
        var http = new List<HttpMock>();
        var actions = new List<ActionMock>();
        if (entries.AsArrayOrNull is not { } list)
        {
            _members.Wrong("a mocks file", "an array of entries", entries, at);
            return MockSet.Empty;
        }

        for (var i = 0; i < list.Count; i++) ReadEntry(list[i], JsonPointer.Append(at, i), http, actions);
        return new MockSet(http, actions);
    }

    /// <summary>One entry; it goes into the list of its kind.</summary>
    public void ReadEntry(FlowValue entry, string at, List<HttpMock> http, List<ActionMock> actions)
    {
        if (!_members.IsObject(entry, at, "an entry", EntryMembers)) return;
        var kinds = (entry.TryGetMember("match", out _) ? 1 : 0) + (entry.TryGetMember("action", out _) ? 1 : 0) + (entry.TryGetMember("operation", out _) ? 1 : 0);
        if (kinds > 1)
        {
            faults.Error(DiagnosticCodes.MockValue, "An entry has one of 'match', 'action' and 'operation'.", at);
            return;
        }

        if (entry.TryGetMember("callback", out _))
        {
            ReadCallbackEntry(entry, at, actions);
            return;
        }

        var isHttp = !entry.TryGetMember("action", out _) && !entry.TryGetMember("operation", out _);
        var responses = Items(entry, "respond", at);
        if (isHttp)
        {
            if (entry.TryGetMember("repetition", out _)) faults.Error(DiagnosticCodes.MockValue, "'repetition' belongs to entries with 'action' or 'operation'.", JsonPointer.Append(at, "repetition"));
            http.Add(new HttpMock(ReadMatch(entry["match"], JsonPointer.Append(at, "match")), [.. responses.Select(r => _responses.Read(r.Value, r.At)).OfType<MockResponse>()]) { Calls = ReadCalls(entry, at) });
        }
        else
        {
            actions.Add(ReadActionMock(entry, at) with { Outcomes = [.. responses.Select(r => MockOutcomeReader.Read(_members, r.Value, r.At)).OfType<MockOutcome>()] });
        }
    }

    private void ReadCallbackEntry(FlowValue entry, string at, List<ActionMock> actions)
    {
        if (!entry.TryGetMember("action", out _) && !entry.TryGetMember("operation", out _))
            faults.Error(DiagnosticCodes.MockValue, "'callback' belongs to entries with 'action' or 'operation'.", JsonPointer.Append(at, "callback"));
        if (entry.TryGetMember("respond", out _)) faults.Error(DiagnosticCodes.MockValue, "An entry stands for its action ('respond') or calls it back ('callback'), not both.", at);
        actions.Add(ReadActionMock(entry, at) with { Callbacks = [.. Items(entry, "callback", at).Select(c => CallbackReader.Read(_members, c.Value, c.At, CallbackReader.Members)).OfType<ScheduledCallback>()] });
    }

    private IReadOnlyList<(FlowValue Value, string At)> Items(FlowValue entry, string name, string at)
    {
        var items = entry[name];
        var pointer = JsonPointer.Append(at, name);
        if (items.IsObject || items.IsInteger) return [(items, pointer)];
        if (items.AsArrayOrNull is { Count: > 0 } list) return [.. list.Select((item, i) => (item, JsonPointer.Append(pointer, i)))];
        if (!entry.TryGetMember(name, out _)) faults.Error(DiagnosticCodes.MockValue, "The entry has no 'respond'.", at);
        else _members.Wrong($"'{name}'", "an object or an array of at least one", items, pointer);
        return [];
    }

    private RequestPattern ReadMatch(FlowValue match, string at)
    {
        if (match.IsNull || !_members.IsObject(match, at, "'match'", MatchMembers)) return new RequestPattern();
        return new RequestPattern
        {
            Method = match["method"].IsArray ? null : _members.Text(match, "method", at),
            Conditions = ReadMethods(match["method"], JsonPointer.Append(at, "method")),
            Uri = _members.Text(match, "uri", at),
            Action = _members.Text(match, "action", at),
            Headers = ReadTexts(match, "headers", "header", at),
            Queries = ReadTexts(match, "queries", "query parameter", at),
            Body = match["body"],
            HasBody = match.TryGetMember("body", out _),
        };
    }

    // One method is a member of the pattern; several are a condition.
    private IReadOnlyList<RequestCondition> ReadMethods(FlowValue methods, string at)
    {
        if (!methods.IsArray) return [];
        if (methods.AsArray.Count == 0 || !methods.AsArray.All(method => method.IsString))
        {
            _members.Wrong("'method'", "text, or an array of at least one", methods, at);
            return [];
        }

        var names = methods.AsArray.Select(method => method.AsString).ToList();
        return [new RequestCondition(false, seen => names.Contains(seen.Method, StringComparer.OrdinalIgnoreCase) ? null : $"the method is {seen.Method}, not {string.Join(" or ", names)}")];
    }

    private List<KeyValuePair<string, string>> ReadTexts(FlowValue match, string member, string what, string at)
    {
        var patterns = new List<KeyValuePair<string, string>>();
        var pointer = JsonPointer.Append(at, member);
        if (match[member].IsNull) return patterns;
        if (match[member].AsObjectOrNull is not { } o)
        {
            _members.Wrong($"'{member}'", "an object", match[member], pointer);
            return patterns;
        }

        foreach (var (name, value) in o)
        {
            if (value.AsStringOrNull is { } text) patterns.Add(new(name, text));
            else _members.Wrong($"{what} '{name}'", "text", value, JsonPointer.Append(pointer, name));
        }

        return patterns;
    }

    private ActionMock ReadActionMock(FlowValue entry, string at)
    {
        var mock = new ActionMock([]) { Action = _members.Text(entry, "action", at), Calls = ReadCalls(entry, at), Repetition = ReadRepetition(_members, entry["repetition"], JsonPointer.Append(at, "repetition")) };
        var pointer = JsonPointer.Append(at, "operation");
        if (!entry.TryGetMember("operation", out var operation) || !_members.IsObject(operation, pointer, "'operation'", OperationMembers)) return mock;
        if (_members.Text(operation, "operationId", pointer) is not { } id)
        {
            faults.Error(DiagnosticCodes.MockValue, "'operation' has no 'operationId'.", pointer);
            return mock;
        }

        return mock with { OperationId = id, Connection = _members.Text(operation, "connection", pointer) };
    }

    /// <summary>Loop indexes as a number or a list; empty where there are none.</summary>
    public static IReadOnlyList<int> ReadRepetition(MockMembers members, FlowValue repetition, string at)
    {
        if (repetition.IsNull) return [];
        if (IsIndex(repetition)) return [(int)repetition.AsInteger];
        if (repetition.AsArrayOrNull is { Count: > 0 } indexes && indexes.All(IsIndex)) return [.. indexes.Select(index => (int)index.AsInteger)];
        members.Wrong("'repetition'", "a loop index from 0, or one for each loop around, outermost first", repetition, at);
        return [];
    }

    private IReadOnlyList<int> ReadCalls(FlowValue entry, string at)
    {
        if (!entry.TryGetMember("call", out var call)) return [];
        var numbers = call.AsArrayOrNull ?? FlowArray.Create(call);
        if (numbers.Count > 0 && numbers.All(number => number.IsInteger && number.AsInteger is >= 1 and <= int.MaxValue)) return [.. numbers.Select(number => (int)number.AsInteger)];
        _members.Wrong("'call'", "the number of a call from 1, or an array of them", call, JsonPointer.Append(at, "call"));
        return [];
    }

    private static bool IsIndex(FlowValue value) => value.IsInteger && value.AsInteger is >= 0 and <= int.MaxValue;
}
