namespace FlowEngine.Definitions;

/// <summary>A definition kept as text in another document, such as the <c>clientdata</c> column of a Dataverse row.</summary>
/// <param name="Pointer">JSON Pointer of the string.</param>
/// <param name="Text">The text; a definition in a shape of its own.</param>
/// <param name="Name">The flow's name, where the document tells it.</param>
internal sealed record HeldText(string Pointer, string Text, string Name)
{
    private static readonly string[] Members = ["clientdata", "definition"];

    /// <summary>All such texts of a document; names differ.</summary>
    public static IReadOnlyList<HeldText> Find(FlowValue root)
    {
        var found = new List<HeldText>();
        Search(root, string.Empty, found);
        return found;
    }

    private static void Search(FlowValue value, string pointer, List<HeldText> found)
    {
        if (value.AsArrayOrNull is { } array)
        {
            for (var i = 0; i < array.Count; i++) Search(array[i], JsonPointer.Append(pointer, i), found);
            return;
        }

        foreach (var (name, member) in value.AsObjectOrNull ?? FlowObject.Empty)
        {
            var at = JsonPointer.Append(pointer, name);
            if (member.AsStringOrNull is not { } text) Search(member, at, found);
            else if (Members.Contains(name, StringComparer.OrdinalIgnoreCase) && HoldsDefinition(text))
                found.Add(new HeldText(at, text, Distinct(value["name"].AsStringOrNull ?? value["displayname"].AsStringOrNull ?? "workflow", found)));
        }
    }

    private static bool HoldsDefinition(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("{")) return false;
        try
        {
            return DefinitionShapes.Find(FlowJson.Parse(text)).Count > 0;
        }
        catch (FlowJsonException)
        {
            return false; // Text of some other kind.
        }
    }

    private static string Distinct(string wanted, List<HeldText> found)
    {
        var name = wanted;
        for (var number = 2; found.Exists(other => other.Name.Equals(name, StringComparison.OrdinalIgnoreCase)); number++) name = $"{wanted} ({number})";
        return name;
    }
}
