using FlowEngine.Definitions;

namespace FlowEngine.Connectors;

/// <summary>Makes a document digestible: references that lead nowhere are diagnosed and replaced, and what the reader stumbles over is rewritten.</summary>
/// <remarks>Nothing outside of the document is ever read, neither files nor addresses.</remarks>
internal sealed class ReferenceRules(FlowValue root, ConnectorFaults faults)
{
    /// <summary>Keeps a parameter's <c>collectionFormat</c>: the reader does not tell <c>csv</c> from <c>multi</c>, and throws on <c>tsv</c>, which is legal.</summary>
    public const string CollectionFormat = "x-collection-format";

    private const int LongestChain = 32;

    // Data, not parts of the document: a "$ref" in them is text.
    private static readonly HashSet<string> Data = new(StringComparer.Ordinal) { "example", "examples", "default", "enum", "x-ms-examples" };

    public FlowValue Apply() => Clean(root, string.Empty);

    private FlowValue Clean(FlowValue value, string pointer)
    {
        if (value.AsArrayOrNull is { } array)
        {
            var items = new List<FlowValue>(array.Count);
            for (var i = 0; i < array.Count; i++) items.Add(Clean(array[i], JsonPointer.Append(pointer, i)));
            return FlowArray.Create(items);
        }

        if (value.AsObjectOrNull is not { } o) return value;
        if (o["$ref"].AsStringOrNull is { } reference && Fault(reference) is { } fault)
        {
            // What a call can't be made without is an error; a schema that is not known allows anything.
            var at = JsonPointer.Append(pointer, "$ref");
            if (IsNeeded(pointer)) faults.Error(DiagnosticCodes.ConnectorReference, fault, at);
            else faults.Warning(DiagnosticCodes.ConnectorReference, fault, at);
            return FlowValue.EmptyObject;
        }

        var members = new FlowObjectBuilder(o.Count + 1);
        foreach (var (name, member) in o)
        {
            var isFormat = name == "collectionFormat" && member.IsString;
            members.Set(isFormat ? CollectionFormat : name, Data.Contains(name) ? member : Clean(member, JsonPointer.Append(pointer, name)));
        }

        return members.ToValue();
    }

    private string? Fault(string reference)
    {
        if (!reference.StartsWith('#')) return $"The reference '{reference}' leads out of the document; nothing outside of it is read. Put what it names into the document.";
        for (var steps = 0; ; steps++)
        {
            if (steps > LongestChain) return $"The reference '{reference}' leads round in a circle.";
            if (Find(reference) is not { } target) return $"The reference '{reference}' names nothing in the document.";
            if (target["$ref"].AsStringOrNull is not { } next) return null;
            if (!next.StartsWith('#')) return null; // Diagnosed where it stands.
            reference = next;
        }
    }

    private FlowValue? Find(string reference)
    {
        var at = root;
        var pointer = Uri.UnescapeDataString(reference[1..]);
        if (pointer.Length > 0 && pointer[0] != '/') return null;
        foreach (var segment in JsonPointer.Segments(pointer))
        {
            if (at.AsObjectOrNull is { } o && o.TryGetExact(segment, out var member)) at = member;
            else if (at.AsArrayOrNull is { } array && int.TryParse(segment, out var index) && index >= 0 && index < array.Count) at = array[index];
            else return null;
        }

        return at;
    }

    private static bool IsNeeded(string pointer)
    {
        var segments = JsonPointer.Segments(pointer).ToList();
        return segments is ["paths", _] or ["paths", _, _, "requestBody"]
            || (segments.Count > 1 && segments[0] == "paths" && segments[^2] == "parameters")
            || segments is ["parameters", _] or ["components", "parameters" or "requestBodies", _];
    }
}
