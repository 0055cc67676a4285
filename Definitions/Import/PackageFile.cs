namespace FlowEngine.Definitions;

/// <summary>A file of a package.</summary>
public sealed class PackageFile
{
    private readonly Func<byte[]> _read;

    internal PackageFile(string name, string location, Func<byte[]> read)
    {
        Name = name;
        Location = location;
        _read = read;
    }

    /// <summary>Its path in the package, with <c>/</c>; what lies in an archive inside follows <c>!/</c>.</summary>
    public string Name { get; }

    /// <summary>How diagnostics call it: a path on the disk, or <c>export.zip!/Workflows/A.json</c>.</summary>
    public string Location { get; }

    /// <summary>The last part of its path.</summary>
    public string FileName => Name[(Name.LastIndexOf('/') + 1)..];

    /// <summary>The folder part of its path, with its <c>/</c>; empty at the top.</summary>
    public string Folder => Name[..(Name.LastIndexOf('/') + 1)];

    /// <summary>Its content.</summary>
    /// <exception cref="PackageFault">It can't be read, or is beyond a limit.</exception>
    internal byte[] Read() => _read();

    /// <summary>Its text, or why there is none.</summary>
    /// <exception cref="PackageFault">It can't be read, or is beyond a limit.</exception>
    internal FileText ReadText() => FileText.Decode(_read());

    /// <summary>Whether it ends so, ignoring case.</summary>
    internal bool HasExtension(string extension) => Name.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}
