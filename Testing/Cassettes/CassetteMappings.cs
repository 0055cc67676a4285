using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FlowEngine.Testing;

/// <summary>Writes a cassette as mappings of WireMock, so that other programs can be answered as the flow was.</summary>
/// <remarks>Hosts are left out: the server has its own. What was scrubbed fits anything.</remarks>
internal static class CassetteMappings
{
    private const string AnyText = "${json-unit.any-string}";

    // WireMock has no answer that never comes: a day is longer than anybody waits.
    private const long NeverInMilliseconds = 24L * 60 * 60 * 1000;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static FlowValue Write(Cassette cassette)
    {
        var stubs = new List<FlowValue>();
        var alike = cassette.Calls.GroupBy(call => (call.Method.ToUpperInvariant(), Address(call), call.Body)).ToList();
        foreach (var calls in alike)
        {
            var steps = calls.ToList();
            for (var i = 0; i < steps.Count; i++) stubs.Add(Stub(steps[i], i, steps.Count, string.Create(CultureInfo.InvariantCulture, $"{cassette.Flow} {stubs.Count - i + 1}")));
        }

        return FlowValue.Object(("mappings", FlowArray.Create(stubs)));
    }

    private static FlowValue Stub(CassetteCall call, int step, int steps, string scenario)
    {
        var stub = new FlowObjectBuilder().Add("name", FlowValue.String(call.Action));
        if (steps > 1)
        {
            stub.Add("scenarioName", FlowValue.String(scenario)).Add("requiredScenarioState", FlowValue.String(State(step)));
            if (step < steps - 1) stub.Add("newScenarioState", FlowValue.String(State(step + 1)));
        }

        return stub.Add("request", Request(call)).Add("response", Response(call.Response)).ToValue();
    }

    private static string State(int step) => step == 0 ? MockScenario.Started : string.Create(CultureInfo.InvariantCulture, $"call {step + 1}");

    private static string Address(CassetteCall call) => Uri.TryCreate(call.Uri, UriKind.Absolute, out var uri) ? call.Uri[(call.Uri.IndexOf(uri.Authority, StringComparison.Ordinal) + uri.Authority.Length)..] is { Length: > 0 } rest ? rest : "/" : call.Uri;

    private static FlowValue Request(CassetteCall call)
    {
        var address = Address(call);
        var request = new FlowObjectBuilder().Add("method", FlowValue.String(call.Method));
        if (address.Contains(Scrubber.Mark, StringComparison.Ordinal)) request.Add("urlPattern", FlowValue.String(Pattern(address)));
        else request.Add("url", FlowValue.String(address));
        if (call.Body is { } body) request.Add("bodyPatterns", FlowArray.Create([Body(body)]));
        return request.ToValue();
    }

    private static FlowValue Body(string body)
    {
        if (Json(body) is { } json) return FlowValue.Object(("equalToJson", AnyWhereScrubbed(json)));
        return body.Contains(Scrubber.Mark, StringComparison.Ordinal) ? FlowValue.Object(("matches", FlowValue.String(Pattern(body)))) : FlowValue.Object(("equalTo", FlowValue.String(body)));
    }

    private static FlowValue? Json(string body)
    {
        if (body is not ['{' or '[', ..]) return null;
        try
        {
            return FlowJson.Parse(body);
        }
        catch (FlowJsonException)
        {
            return null; // Compared as text.
        }
    }

    private static string Pattern(string text) => string.Join(".*", text.Split(Scrubber.Mark).Select(Regex.Escape));

    private static FlowValue AnyWhereScrubbed(FlowValue value)
    {
        if (value.AsStringOrNull is { } text) return text.Contains(Scrubber.Mark, StringComparison.Ordinal) ? FlowValue.String(AnyText) : value;
        if (value.AsArrayOrNull is { } list) return FlowArray.Create(list.Select(AnyWhereScrubbed));
        if (value.AsObjectOrNull is not { } o) return value;
        var built = new FlowObjectBuilder();
        foreach (var (name, member) in o) built.Set(name, AnyWhereScrubbed(member));
        return built.ToValue();
    }

    private static FlowValue Response(MockResponse response)
    {
        switch (response.Fault)
        {
            case MockFault.Timeout:
                return FlowValue.Object(("status", response.Status), ("fixedDelayMilliseconds", FlowValue.Integer(NeverInMilliseconds)));
            case MockFault.Truncated:
                return FlowValue.Object(("fault", FlowValue.String("MALFORMED_RESPONSE_CHUNK")));
            case not MockFault.None:
                return FlowValue.Object(("fault", FlowValue.String("CONNECTION_RESET_BY_PEER")));
        }

        var written = new FlowObjectBuilder().Add("status", response.Status);
        var headers = new FlowObjectBuilder();
        foreach (var (name, values) in response.Headers) headers.Set(name, values.Count == 1 ? FlowValue.String(values[0]) : FlowArray.Create(values.Select(FlowValue.String)));
        if (headers.Count > 0) written.Add("headers", headers.ToValue());
        if (response.Body.Length == 0) return written.ToValue();
        try
        {
            written.Add("body", FlowValue.String(Strict.GetString(response.Body.Span)));
        }
        catch (DecoderFallbackException)
        {
            written.Add("base64Body", FlowValue.String(Convert.ToBase64String(response.Body.Span)));
        }

        return written.ToValue();
    }
}
