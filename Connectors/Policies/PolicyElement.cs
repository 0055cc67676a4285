namespace FlowEngine.Connectors;

/// <summary>An element of a policy document.</summary>
/// <param name="Name">Its name, in lower case.</param>
/// <param name="Start">Where its name starts in the file.</param>
internal sealed record PolicyElement(string Name, int Start)
{
    public Dictionary<string, PolicySource> Attributes { get; } = new(StringComparer.OrdinalIgnoreCase);

    public List<PolicyElement> Children { get; } = [];

    /// <summary>The text in it, outer blanks and all; empty where there are only elements.</summary>
    public PolicySource Text { get; set; } = new(string.Empty, 0, null);

    public PolicyElement? Child(string name) => Children.Find(child => child.Name == name);
}

/// <summary>A piece of text and where it came from.</summary>
/// <param name="Value">The text, entities resolved.</param>
/// <param name="Start">Where it starts in the file.</param>
/// <param name="Map">For each character its place in the file; null where they simply follow the start.</param>
internal sealed record PolicySource(string Value, int Start, int[]? Map)
{
    /// <summary>The place in the file of a character.</summary>
    public int At(int index) => Map is null ? Start + index : index < Map.Length ? Map[index] : Map.Length == 0 ? Start : Map[^1] + 1;

    /// <summary>Without blanks around it.</summary>
    public PolicySource Trimmed()
    {
        var lead = Value.Length - Value.TrimStart().Length;
        var text = Value.Trim();
        return new PolicySource(text, Map is null ? Start + lead : text.Length == 0 ? Start : Map[lead], Map is null ? null : Map[lead..(lead + text.Length)]);
    }
}
