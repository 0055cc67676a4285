namespace FlowEngine.Definitions;

/// <summary>The files of a package, by path.</summary>
internal sealed class PackageFiles
{
    private readonly Dictionary<string, PackageFile> _byName = new(StringComparer.OrdinalIgnoreCase);

    public PackageFiles(IReadOnlyList<PackageFile> all)
    {
        All = all;
        foreach (var file in all) _byName.TryAdd(file.Name, file);
    }

    /// <summary>All files, in the order of the archive, or by path.</summary>
    public IReadOnlyList<PackageFile> All { get; }

    /// <summary>The file of that path, ignoring case; null where there is none.</summary>
    public PackageFile? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The files with that last part, ignoring case.</summary>
    public IEnumerable<PackageFile> Named(string fileName) => All.Where(file => file.FileName.Equals(fileName, StringComparison.OrdinalIgnoreCase));

    /// <summary>The value of a JSON file; null where there is none or it is no JSON.</summary>
    public FlowValue Json(string name)
    {
        if (Find(name)?.ReadText() is not { Fault: null } text) return default;
        try
        {
            return FlowJson.Parse(text.Text);
        }
        catch (FlowJsonException)
        {
            return default; // It only tells names and values beside the flows; those are read without it.
        }
    }
}
