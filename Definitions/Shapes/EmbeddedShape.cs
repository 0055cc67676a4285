namespace FlowEngine.Definitions;

/// <summary>A definition anywhere in another document: monitoring documents, configuration data, compiled templates. Tried when nothing else fits.</summary>
internal sealed class EmbeddedShape : IDefinitionShape
{
    public IReadOnlyList<FoundDefinition> Find(FlowValue root)
    {
        var found = new List<FoundDefinition>();
        Search(root, string.Empty, null, found);
        return found;
    }

    private static void Search(FlowValue value, string pointer, string? name, List<FoundDefinition> found)
    {
        if (value.AsArrayOrNull is { } array)
        {
            for (var i = 0; i < array.Count; i++) Search(array[i], JsonPointer.Append(pointer, i), name, found);
            return;
        }

        if (value.AsObjectOrNull is not { } members) return;
        if (DefinitionShapes.IsDefinition(value))
        {
            found.Add(new FoundDefinition(pointer, value, DefinitionShapes.SpeaksPowerAutomate(value) ? HostProfile.PowerAutomate : HostProfile.Consumption) { Name = name });
            return;
        }

        name = members["name"].AsStringOrNull ?? members["displayName"].AsStringOrNull ?? name;
        for (var i = 0; i < members.Count; i++) Search(members.Values[i], JsonPointer.Append(pointer, members.Names[i]), name, found);
    }
}
