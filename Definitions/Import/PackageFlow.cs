namespace FlowEngine.Definitions;

/// <summary>A flow of a package.</summary>
public sealed class PackageFlow
{
    internal PackageFlow(PackageFile file, string text, (string Code, string Message)? fault)
    {
        File = file;
        Text = text;
        Fault = fault;
    }

    /// <summary>Its name: what people call it where the package tells, else that of its file or folder. Unlike those of the other flows.</summary>
    public required string Name { get; init; }

    /// <summary>The id by which other flows call it; null where the package tells none.</summary>
    public string? Id { get; init; }

    /// <summary>Further ids, which its file tells.</summary>
    internal IReadOnlyList<string> OtherIds { get; init; } = [];

    /// <summary>The file that holds it.</summary>
    public PackageFile File { get; }

    /// <summary>Which workflow of its file it is, where the file holds several.</summary>
    public string? Selector { get; init; }

    /// <summary>The text of its file.</summary>
    public string Text { get; }

    /// <summary>Values that the package gives to parameters by name: environment variables, <c>parameters.json</c>.</summary>
    internal IReadOnlyDictionary<string, FlowValue> Values { get; init; } = new Dictionary<string, FlowValue>();

    /// <summary>Parameters that its project declares.</summary>
    internal IReadOnlyList<ProjectParameter> Parameters { get; init; } = [];

    /// <summary>Values of environment variables by schema name, for parameters with <c>metadata.schemaName</c>.</summary>
    internal IReadOnlyDictionary<string, string> EnvironmentValues { get; init; } = new Dictionary<string, string>();

    internal (string Code, string Message)? Fault { get; }

    /// <summary>Whether a name or an id means this flow, ignoring case.</summary>
    public bool IsCalled(string name) =>
        name.Equals(Name, StringComparison.OrdinalIgnoreCase)
        || (Id is not null && name.Trim('{', '}').Equals(Id, StringComparison.OrdinalIgnoreCase))
        || OtherIds.Contains(name.Trim('{', '}'), StringComparer.OrdinalIgnoreCase)
        || name.Equals(Path.GetFileNameWithoutExtension(File.FileName), StringComparison.OrdinalIgnoreCase);
}
