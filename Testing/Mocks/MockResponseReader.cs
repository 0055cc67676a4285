using System.Text;
using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>Reads one answer of an HTTP mock.</summary>
internal sealed class MockResponseReader(DiagnosticBag faults, string? folder)
{
    private const string ContentType = "Content-Type";

    private static readonly (string Name, MockFault Fault)[] Faults =
    [
        ("timeout", MockFault.Timeout), ("reset", MockFault.Reset), ("unresolved", MockFault.Unresolved), ("malformed", MockFault.Malformed), ("truncated", MockFault.Truncated),
    ];

    private static readonly string[] Members = ["status", "headers", "body", "bodyFile", "delay", "fault"];

    private readonly MockMembers _members = new(faults);

    public MockResponse? Read(FlowValue response, string at)
    {
        // A number is short for an answer of that status.
        if (response.IsInteger) return new MockResponse(ReadStatus(response, at), [], default, TimeSpan.Zero);
        if (!_members.IsObject(response, at, "a response", Members)) return null;
        var fault = ReadFault(response, at);
        var (body, defaultType) = ReadBody(response, at);
        if (fault == MockFault.Malformed) (body, defaultType, fault) = (CutOff(body), MessageBody.JsonType, MockFault.None);
        var headers = ReadHeaders(response["headers"], JsonPointer.Append(at, "headers"), out var hasType);
        if (!hasType && defaultType is not null) headers.Add(new(ContentType, [defaultType]));
        return new MockResponse(ReadStatus(response["status"], JsonPointer.Append(at, "status")), headers, body, ReadDelay(_members, response, at), fault);
    }

    private int ReadStatus(FlowValue status, string at)
    {
        if (status.IsNull) return 200;
        if (status.IsInteger && status.AsInteger is >= 100 and <= 599) return (int)status.AsInteger;
        _members.Wrong("'status'", "an HTTP status from 100 to 599", status, at);
        return 200;
    }

    /// <summary>How long an answer takes.</summary>
    public static TimeSpan ReadDelay(MockMembers members, FlowValue response, string at)
    {
        if (members.Text(response, "delay", at) is not { } text) return TimeSpan.Zero;
        if (IsoDuration.TryParse(text, out var delay)) return delay;
        members.Wrong("'delay'", "an ISO 8601 duration such as \"PT2S\"", response["delay"], JsonPointer.Append(at, "delay"));
        return TimeSpan.Zero;
    }

    private MockFault ReadFault(FlowValue response, string at)
    {
        if (_members.Text(response, "fault", at) is not { } text) return MockFault.None;
        foreach (var (name, fault) in Faults)
        {
            if (!name.Equals(text, StringComparison.OrdinalIgnoreCase)) continue;
            if (fault is MockFault.Malformed or MockFault.Truncated) return fault;
            foreach (var member in new[] { "status", "headers", "body", "bodyFile" })
            {
                if (response.TryGetMember(member, out _))
                    faults.Error(DiagnosticCodes.MockValue, $"'fault' {name} stands in place of a response; it can't be combined with '{member}'.", JsonPointer.Append(at, member));
            }

            return fault;
        }

        _members.Wrong("'fault'", $"one of {string.Join(", ", Faults.Select(fault => fault.Name))}", response["fault"], JsonPointer.Append(at, "fault"));
        return MockFault.None;
    }

    // JSON without its second half is JSON no more, whatever it was.
    private static byte[] CutOff(ReadOnlyMemory<byte> body) => body.Length < 2 ? "{\"value\":["u8.ToArray() : body[..(body.Length / 2)].ToArray();

    private (ReadOnlyMemory<byte> Bytes, string? DefaultType) ReadBody(FlowValue response, string at)
    {
        var hasBody = response.TryGetMember("body", out var body);
        if (_members.Text(response, "bodyFile", at) is { } file)
        {
            if (hasBody) faults.Error(DiagnosticCodes.MockValue, "A response has 'body' or 'bodyFile', not both.", JsonPointer.Append(at, "bodyFile"));
            return ReadFile(file, JsonPointer.Append(at, "bodyFile"));
        }

        if (!hasBody) return default;
        return body.AsStringOrNull is { } text
            ? (Encoding.UTF8.GetBytes(text), MessageBody.TextType)
            : (Encoding.UTF8.GetBytes(FlowJson.Write(body)), MessageBody.JsonType);
    }

    private (ReadOnlyMemory<byte> Bytes, string? DefaultType) ReadFile(string name, string at)
    {
        if (folder is null || Path.IsPathRooted(name) || name.Split('/', '\\').Contains(".."))
        {
            faults.Error(DiagnosticCodes.MockBodyFile, $"'bodyFile' must be a path beside the mocks file or below, but is '{name}'.", at);
            return default;
        }

        try
        {
            // As with 'body': JSON is sent as JSON, all else as text.
            var type = Path.GetExtension(name).Equals(".json", StringComparison.OrdinalIgnoreCase) ? MessageBody.JsonType : MessageBody.TextType;
            return (File.ReadAllBytes(Path.Combine(folder, name)), type);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Error(DiagnosticCodes.MockBodyFile, $"The body file '{name}' can't be read: {e.Message}", at);
            return default;
        }
    }

    private List<KeyValuePair<string, IReadOnlyList<string>>> ReadHeaders(FlowValue headers, string at, out bool hasType)
    {
        hasType = false;
        var result = new List<KeyValuePair<string, IReadOnlyList<string>>>();
        if (headers.IsNull) return result;
        if (headers.AsObjectOrNull is not { } o)
        {
            _members.Wrong("'headers'", "an object", headers, at);
            return result;
        }

        foreach (var (name, value) in o)
        {
            var isType = name.Equals(ContentType, StringComparison.OrdinalIgnoreCase);
            hasType |= isType;

            // Content-Length is that of the body; "Content-Type": null takes the default away.
            if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) || (isType && value.IsNull)) continue;
            if (ReadHeader(name, value, JsonPointer.Append(at, name)) is { } values) result.Add(new(name, values));
        }

        return result;
    }

    private List<string>? ReadHeader(string name, FlowValue value, string at)
    {
        var items = value.AsArrayOrNull ?? FlowArray.Create(value);
        var texts = new List<string>(items.Count);
        foreach (var item in items)
        {
            if (item.IsNull || item.IsObject || item.IsArray)
            {
                _members.Wrong($"header '{name}'", "text or an array of texts", value, at);
                return null;
            }

            try
            {
                var text = HeaderGuard.TextOf(item);
                HeaderGuard.Check(name, text, allowNonAscii: true);
                texts.Add(text);
            }
            catch (MessageFormatException e)
            {
                faults.Error(DiagnosticCodes.MockValue, e.Message, at);
                return null;
            }
        }

        return texts;
    }
}
