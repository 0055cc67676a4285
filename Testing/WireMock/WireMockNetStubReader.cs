using System.Text;
using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>Reads the mappings of WireMock.Net: <c>{"Request": {"Path": …}, "Response": …}</c>.</summary>
/// <remarks>Source: wiremock.org/dotnet (request matching, matchers, stubbing, scenarios). What it does not know is a fault, never passed over.</remarks>
internal sealed class WireMockNetStubReader(DiagnosticBag faults, string? folder)
{
    private static readonly string[] StubMembers =
        ["Guid", "UpdatedAt", "Title", "Description", "Priority", "Scenario", "WhenStateIs", "SetStateTo", "TimesInSameState", "Request", "Response", "SaveToFile"];

    private static readonly string[] UnsupportedOfStubs = ["Webhooks", "UseWebhooksFireAndForget", "TimeSettings", "Probability", "Data", "ProtoDefinition", "ProtoDefinitions"];
    private static readonly string[] RequestMembers = ["Path", "Url", "Methods", "MethodsRejectOnMatch", "Headers", "Params", "Cookies", "Body"];
    private static readonly string[] UnsupportedOfRequests = ["ClientIP", "MethodsMatchOperator", "HeadersMatchOperator", "HttpVersion"];
    private static readonly string[] MatchedMembers = ["Matchers", "Matcher", "MatchOperator", "Name", "IgnoreCase", "RejectOnMatch"];
    private static readonly string[] Bodies = ["Body", "BodyAsJson", "BodyAsBytes", "BodyAsFile"];
    private static readonly string[] ResponseMembers =
        [.. Bodies, "StatusCode", "Headers", "Delay", "Fault", "BodyDestination", "BodyAsJsonIndented", "BodyAsFileIsCached", "BodyEncoding", "UseTransformer", "TransformerType", "TransformerReplaceNodeOptions"];

    private static readonly string[] UnsupportedOfResponses = ["ProxyUrl", "MinimumRandomDelay", "MaximumRandomDelay", "TrailingHeaders", "ProtoBufMessageType", "WebProxy", "X509Certificate2ThumbprintOrSubjectName"];

    private readonly MockMembers _members = new(faults);
    private readonly WireMockMatcherReader _shared = new(new MockMembers(faults), faults);
    private readonly WireMockNetMatcherReader _matchers = new(new MockMembers(faults), faults);
    private readonly WireMockResponseReader _responses = new(faults, folder);
    private readonly WireMockBodyFiles _files = new(faults, folder);

    /// <summary>Whether a value looks like a mapping of this form.</summary>
    public static bool IsOne(FlowValue stub) => stub.AsObjectOrNull is { } o && (o.TryGetExact("Request", out _) || o.TryGetExact("Response", out _));

    public WireMockStub? Read(FlowValue stub, string at)
    {
        if (!IsObject(stub, at, "a mapping", StubMembers, UnsupportedOfStubs)) return null;
        var pattern = stub["Request"].IsNull ? new RequestPattern() : ReadRequest(stub["Request"], JsonPointer.Append(at, "Request"));
        if (ReadResponse(stub["Response"], JsonPointer.Append(at, "Response")) is not { } response) return null;
        var priority = stub["Priority"];
        if (!priority.IsNull && !priority.IsInteger) _members.Wrong("'Priority'", "an integer", priority, JsonPointer.Append(at, "Priority"));
        return new WireMockStub(new HttpMock(pattern, [response]) { Scenario = ReadScenario(stub, at) }, priority.IsInteger ? (int)Math.Clamp(priority.AsInteger, int.MinValue, int.MaxValue) : 0);
    }

    private MockScenario? ReadScenario(FlowValue stub, string at)
    {
        var (required, next) = (State(stub["WhenStateIs"]), State(stub["SetStateTo"]));
        var times = stub["TimesInSameState"] is { IsInteger: true } count && count.AsInteger is >= 1 and <= int.MaxValue ? (int)count.AsInteger : 1;
        // Here a mapping without WhenStateIs belongs to the state at the start, which has no name.
        if (State(stub["Scenario"]) is { } name) return new MockScenario(name, required ?? MockScenario.Started, next, times);
        if (required is not null || next is not null) faults.Error(DiagnosticCodes.MockValue, "The mapping has a state, but no 'Scenario'.", at);
        return null;
    }

    // Names and numbers are written.
    private static string? State(FlowValue value) => value.AsStringOrNull ?? (value.IsInteger ? value.ToJson() : null);

    private RequestPattern ReadRequest(FlowValue request, string at)
    {
        if (!IsObject(request, at, "'Request'", RequestMembers, UnsupportedOfRequests)) return new RequestPattern();
        var conditions = new List<RequestCondition>();
        ReadAddress(request, "Path", at, conditions, seen => seen.Path);
        ReadAddress(request, "Url", at, conditions, seen => seen.Uri);
        ReadNamed(request, "Headers", at, conditions, (seen, name) => seen.HeaderValues(name));
        ReadNamed(request, "Params", at, conditions, (seen, name) => seen.QueryValues(name));
        ReadNamed(request, "Cookies", at, conditions, (seen, name) => seen.CookieValues(name));
        var body = JsonPointer.Append(at, "Body");
        if (!request["Body"].IsNull && _members.IsObject(request["Body"], body, "'Body'", MatchedMembers) && _matchers.ReadBody(request["Body"], body) is { } condition) conditions.Add(condition);
        ReadMethods(request, at, conditions);
        return new RequestPattern { Conditions = conditions, Label = Text(request["Path"]) ?? Text(request["Url"]) };
    }

    private static string? Text(FlowValue address) => address.AsStringOrNull ?? address["Matchers"][0]["Pattern"].AsStringOrNull;

    // A text alone may have stars.
    private void ReadAddress(FlowValue request, string member, string at, List<RequestCondition> conditions, Func<MockRequest, string> part)
    {
        var address = request[member];
        if (address.IsNull) return;
        var pointer = JsonPointer.Append(at, member);
        if (address.AsStringOrNull is { } text) conditions.Add(WireMockStubReader.Address(TextMatcher.Glob(text, ignoresCase: false), part));
        else if (_members.IsObject(address, pointer, $"'{member}'", MatchedMembers) && _matchers.ReadTexts(address, pointer) is { } matcher) conditions.Add(WireMockStubReader.Address(matcher, part));
    }

    private void ReadMethods(FlowValue request, string at, List<RequestCondition> conditions)
    {
        var methods = request["Methods"];
        if (methods.IsNull) return;
        if (methods.AsArrayOrNull is not { } list || !list.All(method => method.IsString))
        {
            _members.Wrong("'Methods'", "an array of texts", methods, JsonPointer.Append(at, "Methods"));
            return;
        }

        var rejects = request["MethodsRejectOnMatch"] == FlowValue.True;
        var names = list.Select(method => method.AsString).ToList();
        conditions.Add(new RequestCondition(false, seen =>
            (names.Count == 0 || names.Contains(seen.Method, StringComparer.OrdinalIgnoreCase)) != rejects ? null : $"the method is {seen.Method}, not {(rejects ? "any but " : string.Empty)}{string.Join(" or ", names)}"));
    }

    private void ReadNamed(FlowValue request, string member, string at, List<RequestCondition> conditions, Func<MockRequest, string, IReadOnlyList<string>> values)
    {
        var list = request[member];
        if (list.IsNull) return;
        var pointer = JsonPointer.Append(at, member);
        if (list.AsArrayOrNull is not { } entries)
        {
            _members.Wrong($"'{member}'", "an array of objects with 'Name' and 'Matchers'", list, pointer);
            return;
        }

        for (var i = 0; i < entries.Count; i++)
        {
            var (entry, place) = (entries[i], JsonPointer.Append(pointer, i));
            if (!_members.IsObject(entry, place, $"an element of '{member}'", MatchedMembers) || _members.Text(entry, "Name", place) is not { } name) continue;
            var rejects = entry["RejectOnMatch"] == FlowValue.True;
            var matcher = _matchers.ReadTexts(entry, place);
            if (matcher is null && entry["Matchers"].AsArrayOrNull is { Count: > 0 }) continue; // Told already.

            // Without matchers it must be there.
            matcher ??= TextMatcher.Not(TextMatcher.Absent);
            conditions.Add(WireMockStubReader.Values($"'{name}' of {member}", rejects ? TextMatcher.Not(matcher) : matcher, seen => values(seen, name), member == "Cookies" || MockRequest.IsSecret(name)));
        }
    }

    private MockResponse? ReadResponse(FlowValue response, string at)
    {
        if (response.IsNull) return new MockResponse(200, [], default, TimeSpan.Zero);
        if (!IsObject(response, at, "'Response'", ResponseMembers, UnsupportedOfResponses)) return null;
        var (body, type) = ReadBody(response, at);
        if (response["UseTransformer"] == FlowValue.True && (body.Span.IndexOf("{{"u8) >= 0 || response["Headers"].ToJson().Contains("{{", StringComparison.Ordinal)))
            _shared.Unsupported("a response template", JsonPointer.Append(at, "UseTransformer"));
        return new MockResponse(
            _responses.ReadStatus(response["StatusCode"], JsonPointer.Append(at, "StatusCode")),
            _responses.ReadHeaders(response["Headers"], type, JsonPointer.Append(at, "Headers")),
            body,
            _responses.Milliseconds(response["Delay"], JsonPointer.Append(at, "Delay")),
            ReadFault(response["Fault"], JsonPointer.Append(at, "Fault")));
    }

    private MockFault ReadFault(FlowValue fault, string at)
    {
        if (fault.IsNull || fault["Type"].AsStringOrNull is not { } type || type == "NONE") return MockFault.None;
        if (fault["Percentage"] is { IsNumber: true } share && share != FlowValue.Integer(1)) _shared.Unsupported("a fault by chance", JsonPointer.Append(at, "Percentage"));
        return _responses.FaultOf(type, JsonPointer.Append(at, "Type"));
    }

    private (ReadOnlyMemory<byte> Bytes, string? Type) ReadBody(FlowValue response, string at)
    {
        var given = Bodies.Where(name => !response[name].IsNull).ToList();
        if (given.Count == 0) return default;
        var (name, pointer) = (given[0], JsonPointer.Append(at, given[0]));
        if (given.Count > 1) faults.Error(DiagnosticCodes.MockValue, $"A response has one of {string.Join(", ", given)}.", JsonPointer.Append(at, given[1]));
        if (name == "BodyAsJson") return (Encoding.UTF8.GetBytes(FlowJson.Write(response[name])), Actions.MessageBody.JsonType);
        if (name == "BodyAsBytes") return (ReadBytes(response[name], pointer), null);
        if (_members.Text(response, name, at) is not { } text) return default;
        if (name == "Body") return (Encoding.UTF8.GetBytes(text), null);
        return (_files.Read(text, pointer), Path.GetExtension(text).Equals(".json", StringComparison.OrdinalIgnoreCase) ? Actions.MessageBody.JsonType : null);
    }

    private byte[] ReadBytes(FlowValue value, string at)
    {
        if (value.AsArrayOrNull is { } list && list.All(item => item.IsInteger && item.AsInteger is >= 0 and <= 255)) return [.. list.Select(item => (byte)item.AsInteger)];
        try
        {
            if (value.AsStringOrNull is { } base64) return Convert.FromBase64String(base64);
        }
        catch (FormatException)
        {
            // Told below, as everything else that is neither.
        }

        _members.Wrong("'BodyAsBytes'", "text in Base64 or an array of bytes", value, at);
        return [];
    }

    private bool IsObject(FlowValue value, string at, string what, string[] known, string[] unsupported)
    {
        if (!_members.IsObject(value, at, what, [.. known, .. unsupported])) return false;
        foreach (var name in unsupported.Where(name => !value[name].IsNull)) _shared.Unsupported($"'{name}'", JsonPointer.Append(at, name));
        return true;
    }
}
