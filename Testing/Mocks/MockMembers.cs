using FlowEngine.Definitions;
using FlowEngine.Expressions;
using JsonPointer = FlowEngine.Definitions.JsonPointer;

namespace FlowEngine.Testing;

/// <summary>Checks of members that all readers of mocks share.</summary>
internal sealed class MockMembers(DiagnosticBag faults)
{
    private const int ShownCharacters = 60;

    /// <summary>Whether the value is an object; members that it should not have are faults, named with the nearest that it could have.</summary>
    public bool IsObject(FlowValue value, string at, string what, IReadOnlyList<string> members)
    {
        if (value.AsObjectOrNull is not { } o)
        {
            Wrong(what, "an object", value, at);
            return false;
        }

        foreach (var name in o.Names)
        {
            if (members.Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
            var nearest = NearestName.Find(name, members);
            faults.Error(
                DiagnosticCodes.MockMember,
                $"{char.ToUpperInvariant(what[0])}{what[1..]} has no member '{name}'; it may have {string.Join(", ", members)}.",
                FaultPlace.Name(JsonPointer.Append(at, name)),
                suggestion: nearest is null ? null : $"Did you mean '{nearest}'?");
        }

        return true;
    }

    /// <summary>A member that is text; null where it is absent or a fault.</summary>
    public string? Text(FlowValue value, string name, string at)
    {
        if (!value.TryGetMember(name, out var member)) return null;
        if (member.AsStringOrNull is { } text) return text;
        Wrong($"'{name}'", "text", member, JsonPointer.Append(at, name));
        return null;
    }

    /// <summary>Adds the fault of a value of the wrong kind.</summary>
    public void Wrong(string what, string wanted, FlowValue found, string at)
    {
        var json = found.ToJson();
        if (json.Length > ShownCharacters) json = json[..ShownCharacters] + "…";
        faults.Error(DiagnosticCodes.MockValue, $"{char.ToUpperInvariant(what[0])}{what[1..]} must be {wanted}, but is {json}.", at);
    }
}
