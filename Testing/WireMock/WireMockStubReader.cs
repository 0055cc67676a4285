using System.Text;
using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>Reads the stub mappings of WireMock (wiremock.org): <c>{"request": {"urlPath": …}, "response": …}</c>.</summary>
/// <remarks>Source: wiremock.org/docs/request-matching, /stubbing, /stateful-behaviour. What it does not know is a fault, never passed over.</remarks>
internal sealed class WireMockStubReader(DiagnosticBag faults, string? folder)
{
    private const int DefaultPriority = 5;

    // These say nothing about what answers.
    private static readonly string[] Remarks = ["id", "uuid", "name", "persistent", "metadata", "insertionIndex"];
    private static readonly string[] StubMembers = [.. Remarks, "request", "response", "priority", "scenarioName", "requiredScenarioState", "newScenarioState"];
    private static readonly string[] UnsupportedOfStubs = ["postServeActions", "serveEventListeners"];
    private static readonly string[] Addresses = ["url", "urlPath", "urlPattern", "urlPathPattern", "urlPathTemplate"];
    private static readonly string[] RequestMembers =
        [.. Addresses, "method", "headers", "queryParameters", "cookies", "formParameters", "pathParameters", "bodyPatterns", "basicAuthCredentials", "basicAuth", "host", "port", "scheme"];

    private static readonly string[] UnsupportedOfRequests = ["multipartPatterns", "customMatcher", "clientIp"];

    private readonly MockMembers _members = new(faults);
    private readonly WireMockMatcherReader _matchers = new(new MockMembers(faults), faults);
    private readonly WireMockResponseReader _responses = new(faults, folder);

    /// <summary>Whether a value looks like a stub of this form.</summary>
    public static bool IsOne(FlowValue stub) => stub.AsObjectOrNull is { } o && (o.TryGetExact("request", out _) || o.TryGetExact("response", out _));

    public WireMockStub? Read(FlowValue stub, string at)
    {
        if (!IsObject(stub, at, "a stub", StubMembers, UnsupportedOfStubs)) return null;
        var request = stub["request"];
        var pattern = request.IsNull ? new RequestPattern() : ReadRequest(request, JsonPointer.Append(at, "request"));
        if (_responses.Read(stub["response"], JsonPointer.Append(at, "response")) is not { } response) return null;
        var priority = stub["priority"];
        if (!priority.IsNull && !priority.IsInteger) _members.Wrong("'priority'", "an integer", priority, JsonPointer.Append(at, "priority"));
        return new WireMockStub(new HttpMock(pattern, [response]) { Scenario = ReadScenario(stub, at) }, priority.IsInteger ? (int)Math.Clamp(priority.AsInteger, int.MinValue, int.MaxValue) : DefaultPriority);
    }

    private MockScenario? ReadScenario(FlowValue stub, string at)
    {
        var name = Text(stub, "scenarioName", at);
        var (required, next) = (Text(stub, "requiredScenarioState", at), Text(stub, "newScenarioState", at));
        if (name is not null) return new MockScenario(name, required, next);
        if (required is not null || next is not null) faults.Error(DiagnosticCodes.MockValue, "The stub has a state, but no 'scenarioName'.", at);
        return null;
    }

    private RequestPattern ReadRequest(FlowValue request, string at)
    {
        if (!IsObject(request, at, "'request'", RequestMembers, UnsupportedOfRequests)) return new RequestPattern();
        var conditions = new List<RequestCondition>();
        var label = ReadAddress(request, at, conditions);
        ReadTexts(request, "headers", at, conditions, (seen, name) => seen.HeaderValues(name));
        ReadTexts(request, "queryParameters", at, conditions, (seen, name) => seen.QueryValues(name));
        ReadTexts(request, "formParameters", at, conditions, (seen, name) => seen.FormValues(name));
        ReadTexts(request, "cookies", at, conditions, (seen, name) => seen.CookieValues(name));
        ReadBody(request, at, conditions);
        ReadHost(request, at, conditions);
        var method = Text(request, "method", at);
        return new RequestPattern { Method = method?.Equals("ANY", StringComparison.OrdinalIgnoreCase) is true ? null : method, Conditions = conditions, Label = label };
    }

    // Exactly one of them, or none for any address.
    private string? ReadAddress(FlowValue request, string at, List<RequestCondition> conditions)
    {
        var given = Addresses.Where(name => !request[name].IsNull).ToList();
        if (given.Count == 0)
        {
            if (!request["pathParameters"].IsNull) faults.Error(DiagnosticCodes.MockValue, "'pathParameters' need 'urlPathTemplate'.", JsonPointer.Append(at, "pathParameters"));
            return null;
        }

        if (given.Count > 1) faults.Error(DiagnosticCodes.MockValue, $"A request has one of {string.Join(", ", given)}.", at);
        var kind = given[0];
        if (Text(request, kind, at) is not { } wanted) return null;
        var pointer = JsonPointer.Append(at, kind);
        if (kind == "urlPathTemplate")
        {
            ReadTemplate(request, wanted, at, conditions);
            return wanted;
        }

        var matcher = kind.EndsWith("Pattern", StringComparison.Ordinal) ? _matchers.Expression(wanted, pointer) : TextMatcher.Equal(wanted, ignoresCase: false);
        var isPath = kind.StartsWith("urlPath", StringComparison.Ordinal);
        if (matcher is not null) conditions.Add(Address(matcher, request => isPath ? request.Path : request.PathAndQuery));
        return wanted;
    }

    public static RequestCondition Address(TextMatcher matcher, Func<MockRequest, string> part) =>
        new(true, request => matcher.Fits(part(request)) ? null : $"the address is '{part(request)}', not {matcher.Description}");

    // /orders/{id}: one segment for each name.
    private void ReadTemplate(FlowValue request, string template, string at, List<RequestCondition> conditions)
    {
        var wanted = template.Split('/');
        var parameters = new List<(string Name, TextMatcher Matcher)>();
        foreach (var (name, matcher) in Matchers(request, "pathParameters", at))
        {
            if (wanted.Contains($"{{{name}}}")) parameters.Add((name, matcher));
            else faults.Error(DiagnosticCodes.MockValue, $"The template has no parameter '{name}'.", JsonPointer.Append(JsonPointer.Append(at, "pathParameters"), name));
        }

        conditions.Add(new RequestCondition(true, seen =>
        {
            var found = seen.Path.Split('/');
            var isAlike = found.Length == wanted.Length;
            for (var i = 0; isAlike && i < wanted.Length; i++)
            {
                if (wanted[i] is not ['{', .. var name, '}']) isAlike = wanted[i] == found[i];
                else isAlike = found[i].Length > 0 && parameters.All(parameter => parameter.Name != name || parameter.Matcher.Fits(Uri.UnescapeDataString(found[i])));
            }

            return isAlike ? null : $"the address is '{seen.Path}', not like '{template}'";
        }));
    }

    private void ReadTexts(FlowValue request, string member, string at, List<RequestCondition> conditions, Func<MockRequest, string, IReadOnlyList<string>> values)
    {
        foreach (var (name, matcher) in Matchers(request, member, at))
        {
            var isSecret = member == "cookies" || MockRequest.IsSecret(name);
            conditions.Add(Values($"'{name}' of {member}", matcher, seen => values(seen, name), isSecret));
        }
    }

    /// <summary>One of several values must fit; where there are none, the matcher gets null.</summary>
    public static RequestCondition Values(string what, TextMatcher matcher, Func<MockRequest, IReadOnlyList<string>> values, bool isSecret) => new(false, seen =>
    {
        var found = values(seen);
        if (found.Count == 0 ? matcher.Fits(null) : found.Any(value => matcher.Fits(value))) return null;
        return found.Count == 0 ? $"{what} is missing" : isSecret ? $"{what} differs" : $"{what} is '{string.Join("', '", found)}', not {matcher.Description}";
    });

    private IEnumerable<(string Name, TextMatcher Matcher)> Matchers(FlowValue request, string member, string at)
    {
        var map = request[member];
        if (map.IsNull) yield break;
        var pointer = JsonPointer.Append(at, member);
        if (map.AsObjectOrNull is not { } o)
        {
            _members.Wrong($"'{member}'", "an object of matchers", map, pointer);
            yield break;
        }

        foreach (var (name, value) in o)
        {
            if (_matchers.ReadText(value, JsonPointer.Append(pointer, name)) is { } matcher) yield return (name, matcher);
        }
    }

    private void ReadBody(FlowValue request, string at, List<RequestCondition> conditions)
    {
        var patterns = request["bodyPatterns"];
        if (patterns.IsNull) return;
        var pointer = JsonPointer.Append(at, "bodyPatterns");
        if (patterns.AsArrayOrNull is not { } list) _members.Wrong("'bodyPatterns'", "an array of matchers", patterns, pointer);
        else conditions.AddRange(list.Select((matcher, i) => _matchers.ReadBody(matcher, JsonPointer.Append(pointer, i))).OfType<RequestCondition>());
    }

    private void ReadHost(FlowValue request, string at, List<RequestCondition> conditions)
    {
        if (!request["host"].IsNull && _matchers.ReadText(request["host"], JsonPointer.Append(at, "host")) is { } host) conditions.Add(Address(host, seen => new Uri(seen.Uri).Host));
        if (Text(request, "scheme", at) is { } scheme) conditions.Add(Address(TextMatcher.Equal(scheme, ignoresCase: true), seen => new Uri(seen.Uri).Scheme));
        if (request["port"] is { IsInteger: true } port) conditions.Add(Address(TextMatcher.Equal(port.ToJson(), ignoresCase: false), seen => new Uri(seen.Uri).Port.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        else if (!request["port"].IsNull) _members.Wrong("'port'", "an integer", request["port"], JsonPointer.Append(at, "port"));
        var credentials = request["basicAuthCredentials"].IsNull ? request["basicAuth"] : request["basicAuthCredentials"];
        if (credentials.IsNull) return;
        if (credentials["username"].AsStringOrNull is not { } user || credentials["password"].AsStringOrNull is not { } password)
        {
            _members.Wrong("'basicAuthCredentials'", "an object with 'username' and 'password'", FlowValue.String(Scrubber.Mark), at);
            return;
        }

        var header = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        conditions.Add(Values("'Authorization' of headers", TextMatcher.Equal(header, ignoresCase: false), seen => seen.HeaderValues("Authorization"), isSecret: true));
    }

    private bool IsObject(FlowValue value, string at, string what, string[] known, string[] unsupported)
    {
        if (!_members.IsObject(value, at, what, [.. known, .. unsupported])) return false;
        foreach (var name in unsupported.Where(name => !value[name].IsNull)) _matchers.Unsupported($"'{name}'", JsonPointer.Append(at, name));
        return true;
    }

    private string? Text(FlowValue value, string name, string at) => value[name].IsNull ? null : _members.Text(value, name, at);
}
