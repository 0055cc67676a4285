using System.Text;
using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>Reads the responses of WireMock's stubs.</summary>
internal sealed class WireMockResponseReader(DiagnosticBag faults, string? folder)
{
    private static readonly string[] Bodies = ["body", "jsonBody", "base64Body", "bodyFileName"];
    private static readonly string[] Members =
        [.. Bodies, "status", "statusMessage", "headers", "fixedDelayMilliseconds", "delayDistribution", "chunkedDribbleDelay", "fault", "transformers", "transformerParameters"];

    private static readonly string[] Unsupported = ["proxyBaseUrl", "additionalProxyRequestHeaders", "removeProxyRequestHeaders", "proxyUrlPrefixToRemove"];

    private readonly MockMembers _members = new(faults);
    private readonly WireMockMatcherReader _matchers = new(new MockMembers(faults), faults);
    private readonly WireMockBodyFiles _files = new(faults, folder);

    public MockResponse? Read(FlowValue response, string at)
    {
        if (response.IsNull) return new MockResponse(200, [], default, TimeSpan.Zero);
        if (!_members.IsObject(response, at, "'response'", [.. Members, .. Unsupported])) return null;
        foreach (var name in Unsupported.Where(name => !response[name].IsNull)) _matchers.Unsupported($"'{name}'", JsonPointer.Append(at, name));
        var (body, type) = ReadBody(response, at);
        CheckTransformers(response, body, at);
        return new MockResponse(ReadStatus(response["status"], JsonPointer.Append(at, "status")), ReadHeaders(response["headers"], type, JsonPointer.Append(at, "headers")), body, ReadDelay(response, at), ReadFault(response, at));
    }

    /// <summary>A status as a number or its text; 200 where there is none.</summary>
    public int ReadStatus(FlowValue status, string at)
    {
        if (status.IsNull) return 200;
        if (status.IsInteger && status.AsInteger is >= 100 and <= 599) return (int)status.AsInteger;
        if (status.AsStringOrNull is { } text && int.TryParse(text, out var number) && number is >= 100 and <= 599) return number;
        _members.Wrong("the status", "an HTTP status from 100 to 599", status, at);
        return 200;
    }

    /// <summary>Headers: texts, or arrays of texts. JSON without a type gets one, so that the flow reads it as JSON.</summary>
    public List<KeyValuePair<string, IReadOnlyList<string>>> ReadHeaders(FlowValue headers, string? type, string at)
    {
        var read = new List<KeyValuePair<string, IReadOnlyList<string>>>();
        if (!headers.IsNull && headers.AsObjectOrNull is null) _members.Wrong("'headers'", "an object", headers, at);
        foreach (var (name, value) in headers.AsObjectOrNull ?? FlowObject.Empty)
        {
            if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) || name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)) continue;
            var items = value.AsArrayOrNull ?? FlowArray.Create(value);
            if (items.Any(item => item.IsNull || item.IsObject || item.IsArray)) _members.Wrong($"header '{name}'", "text or an array of texts", value, JsonPointer.Append(at, name));
            else read.Add(new(name, [.. items.Select(item => item.AsStringOrNull ?? item.ToJson())]));
        }

        if (type is not null && !read.Any(header => header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))) read.Add(new("Content-Type", [type]));
        return read;
    }

    private (ReadOnlyMemory<byte> Bytes, string? Type) ReadBody(FlowValue response, string at)
    {
        var given = Bodies.Where(name => !response[name].IsNull).ToList();
        if (given.Count == 0) return default;
        var pointer = JsonPointer.Append(at, given[0]);
        if (given.Count > 1) faults.Error(DiagnosticCodes.MockValue, $"A response has one of {string.Join(", ", given)}.", JsonPointer.Append(at, given[1]));
        if (given[0] == "jsonBody") return (Encoding.UTF8.GetBytes(FlowJson.Write(response["jsonBody"])), Actions.MessageBody.JsonType);
        if (_members.Text(response, given[0], at) is not { } text) return default;
        switch (given[0])
        {
            case "bodyFileName":
                return (_files.Read(text, pointer), Path.GetExtension(text).Equals(".json", StringComparison.OrdinalIgnoreCase) ? Actions.MessageBody.JsonType : null);
            case "base64Body":
                return (Bytes(text, pointer), null);
            default:
                return (Encoding.UTF8.GetBytes(text), null);
        }
    }

    private byte[] Bytes(string base64, string at)
    {
        try
        {
            return Convert.FromBase64String(base64);
        }
        catch (FormatException)
        {
            faults.Error(DiagnosticCodes.MockValue, "The body must be text in Base64.", at);
            return [];
        }
    }

    // A template without expressions is the text that it is.
    private void CheckTransformers(FlowValue response, ReadOnlyMemory<byte> body, string at)
    {
        if (response["transformers"].AsArrayOrNull is not { Count: > 0 } transformers) return;
        var pointer = JsonPointer.Append(at, "transformers");
        if (transformers.Any(transformer => transformer.AsStringOrNull != "response-template")) _matchers.Unsupported("the transformer", pointer);
        else if (body.Span.IndexOf("{{"u8) >= 0 || response["headers"].ToJson().Contains("{{", StringComparison.Ordinal)) _matchers.Unsupported("a response template", pointer);
    }

    private TimeSpan ReadDelay(FlowValue response, string at)
    {
        var delay = Milliseconds(response["fixedDelayMilliseconds"], JsonPointer.Append(at, "fixedDelayMilliseconds"))
            + Milliseconds(response["chunkedDribbleDelay"]["totalDuration"], JsonPointer.Append(at, "chunkedDribbleDelay"));
        var distribution = response["delayDistribution"];
        if (distribution.IsNull) return delay;
        var pointer = JsonPointer.Append(at, "delayDistribution");
        if (distribution["type"].AsStringOrNull == "fixed") return delay + Milliseconds(distribution["milliseconds"], pointer);
        _matchers.Unsupported($"the delay '{distribution["type"].AsStringOrNull}' (chance is fixed in tests; use fixedDelayMilliseconds)", pointer);
        return delay;
    }

    /// <summary>A time in milliseconds; none where there is none.</summary>
    public TimeSpan Milliseconds(FlowValue value, string at)
    {
        if (value.IsNull) return TimeSpan.Zero;
        if (value.IsInteger && value.AsInteger is >= 0 and <= int.MaxValue) return TimeSpan.FromMilliseconds(value.AsInteger);
        _members.Wrong("the delay", "milliseconds, an integer from 0", value, at);
        return TimeSpan.Zero;
    }

    private MockFault ReadFault(FlowValue response, string at)
    {
        if (response["fault"].IsNull || _members.Text(response, "fault", at) is not { } fault) return MockFault.None;
        return FaultOf(fault, JsonPointer.Append(at, "fault"));
    }

    /// <summary>A fault by WireMock's name.</summary>
    public MockFault FaultOf(string name, string at)
    {
        switch (name)
        {
            // The flow sees no more of these than a connection that ends without an answer.
            case "EMPTY_RESPONSE" or "CONNECTION_RESET_BY_PEER" or "RANDOM_DATA_THEN_CLOSE":
                return MockFault.Reset;
            case "MALFORMED_RESPONSE_CHUNK":
                return MockFault.Truncated;
            default:
                _members.Wrong("'fault'", "EMPTY_RESPONSE, CONNECTION_RESET_BY_PEER, RANDOM_DATA_THEN_CLOSE or MALFORMED_RESPONSE_CHUNK", FlowValue.String(name), at);
                return MockFault.None;
        }
    }
}
