using System.Globalization;
using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>Reads a cassette; every fault goes into the bag, with its place.</summary>
internal sealed class CassetteReader(DiagnosticBag faults, string? folder)
{
    private static readonly string[] FileMembers = ["version", "engine", "flow", "flowHash", "matchOn", "calls"];
    private static readonly string[] CallMembers = ["action", "request", "response"];
    private static readonly string[] RequestMembers = ["method", "uri", "headers", "body"];

    private readonly MockMembers _members = new(faults);
    private readonly MockResponseReader _responses = new(faults, folder);

    public Cassette Read(FlowValue root)
    {
        var calls = new List<CassetteCall>();
        if (_members.IsObject(root, string.Empty, "a cassette", FileMembers))
        {
            if (root["version"] != FlowValue.Integer(Cassette.Version))
                faults.Error(DiagnosticCodes.MockValue, string.Create(CultureInfo.InvariantCulture, $"The cassette's 'version' must be {Cassette.Version}, but is {root["version"].ToJson()}."), string.Empty);
            if (root["calls"].AsArrayOrNull is not { } list) _members.Wrong("'calls'", "an array", root["calls"], string.Empty);
            else for (var i = 0; i < list.Count; i++) ReadCall(list[i], JsonPointer.Append("/calls", i), calls);
        }

        return new Cassette { MatchOn = ReadMatchOn(root), Flow = root["flow"].AsStringOrNull ?? string.Empty, FlowHash = root["flowHash"].AsStringOrNull ?? string.Empty, Calls = calls };
    }

    private CassetteMatch ReadMatchOn(FlowValue root)
    {
        if (!root.TryGetMember("matchOn", out var matchOn)) return CassetteMatch.All;
        if (matchOn.AsArrayOrNull is not { } list)
        {
            _members.Wrong("'matchOn'", "an array", matchOn, "/matchOn");
            return CassetteMatch.All;
        }

        var match = CassetteMatch.None;
        for (var i = 0; i < list.Count; i++)
        {
            var known = CassetteMatches.Names.FirstOrDefault(known => known.Name.Equals(list[i].AsStringOrNull, StringComparison.OrdinalIgnoreCase));
            if (known.Name is null) _members.Wrong("an element of 'matchOn'", "one of " + string.Join(", ", CassetteMatches.Names.Select(name => name.Name)), list[i], JsonPointer.Append("/matchOn", i));
            match |= known.Match;
        }

        return match;
    }

    private void ReadCall(FlowValue call, string at, List<CassetteCall> calls)
    {
        var requestAt = JsonPointer.Append(at, "request");
        if (!_members.IsObject(call, at, "a call", CallMembers) || !_members.IsObject(call["request"], requestAt, "'request'", RequestMembers)) return;
        var request = call["request"];
        if (_responses.Read(call["response"], JsonPointer.Append(at, "response")) is not { } response) return;
        if (_members.Text(request, "method", requestAt) is not { } method || _members.Text(request, "uri", requestAt) is not { } uri)
        {
            faults.Error(DiagnosticCodes.MockValue, "A request has 'method' and 'uri'.", requestAt);
            return;
        }

        calls.Add(new CassetteCall(
            _members.Text(call, "action", at) ?? string.Empty,
            method,
            uri,
            request["headers"],
            request.TryGetMember("body", out var body) ? body.AsStringOrNull ?? body.ToJson() : null,
            response));
    }
}
