namespace FlowEngine.Definitions;

/// <summary>The flows of one file of a package.</summary>
internal static class FlowsOfFile
{
    /// <summary>The flows in the file; one with its fault where it can't be read; none where it is JSON of another kind.</summary>
    /// <param name="file">A JSON file.</param>
    /// <param name="name">What the file's only flow is called, where the package tells.</param>
    /// <param name="create">Makes a flow of its name, its selector and the text.</param>
    /// <param name="mustBeFlow">Whether the package says that it is a flow, so that one is made even where none is recognised.</param>
    public static IReadOnlyList<PackageFlow> Read(PackageFile file, string? name, Func<FlowText, PackageFlow> create, bool mustBeFlow)
    {
        var text = file.ReadText();
        var stem = Path.GetFileNameWithoutExtension(file.FileName);
        if (text.Fault is not null) return [create(new FlowText(text, name ?? stem, null))];
        FlowValue root;
        try
        {
            root = FlowJson.Parse(text.Text);
        }
        catch (FlowJsonException)
        {
            // Reading it as a flow says what is wrong with it, and where.
            return mustBeFlow ? [create(new FlowText(text, name ?? stem, null))] : [];
        }

        var found = DefinitionShapes.Find(root);
        if (found.Count == 0) return mustBeFlow ? [create(new FlowText(text, name ?? stem, null))] : [];
        if (found.Count == 1) return [create(new FlowText(text, name ?? found[0].Name ?? stem, null) { Ids = [.. WorkflowIds.All(root)] })];
        return [.. found.Select(one => create(new FlowText(text, one.Name!, one.Name)))]; // Where there are several, each has a name.
    }
}

/// <summary>A flow's text and what it is called.</summary>
internal sealed record FlowText(FileText Content, string Name, string? Selector)
{
    /// <summary>The ids that the file tells, where it holds this flow alone.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];
}
