namespace FlowEngine.Definitions;

/// <summary>Reads the files of a folder. Links are not followed: they may lead round in a circle or out of it.</summary>
internal static class FolderReader
{
    private const int MaximumFiles = 20_000;
    private const int MaximumDepth = 32;

    private static readonly string[] PassedFolders = ["node_modules", "bin", "obj", "workflow-designtime"];

    private static readonly EnumerationOptions Children = new() { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint };

    /// <summary>The files of a folder, those below it included.</summary>
    /// <exception cref="PackageFault">It holds too much to be a package.</exception>
    public static PackageFiles Read(string folder)
    {
        var files = new List<PackageFile>();
        Add(folder, string.Empty, 0, folder, files);
        return new PackageFiles(files);
    }

    private static void Add(string folder, string prefix, int depth, string root, List<PackageFile> files)
    {
        if (depth > MaximumDepth) return;
        try
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*", Children).Order(StringComparer.Ordinal))
            {
                if (files.Count == MaximumFiles) throw new PackageFault(DiagnosticCodes.ArchiveTooManyEntries, $"The folder holds more than {MaximumFiles:N0} files; name the one that is meant.", root);
                files.Add(new PackageFile(prefix + Path.GetFileName(path), path, () => Bytes(path)));
            }

            foreach (var child in Directory.EnumerateDirectories(folder, "*", Children).Order(StringComparer.Ordinal))
            {
                var name = Path.GetFileName(child);
                if (!name.StartsWith('.') && !PassedFolders.Contains(name, StringComparer.OrdinalIgnoreCase)) Add(child, $"{prefix}{name}/", depth + 1, root, files);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PackageFault(DiagnosticCodes.Unreadable, $"The folder can't be read: {e.Message}", folder);
        }
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PackageFault(DiagnosticCodes.Unreadable, $"The file can't be read: {e.Message}", path);
        }
    }
}
