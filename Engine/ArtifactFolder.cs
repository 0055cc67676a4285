using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>Artifacts in folders of the disk. Nothing outside of them is read, neither by <c>..</c> nor through a link.</summary>
/// <param name="folders">The folders, in the order in which they are asked.</param>
public sealed class ArtifactFolder(params IReadOnlyList<string> folders) : IArtifactSource
{
    /// <summary>The artifacts of a workflow's file: in its own folder and, for <c>NAME/workflow.json</c>, in the one around. A file that is not there has none.</summary>
    public static ArtifactFolder Beside(string file)
    {
        if (!File.Exists(file)) return new ArtifactFolder();
        var own = Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".";
        var isNamed = Path.GetFileName(file).Equals("workflow.json", StringComparison.OrdinalIgnoreCase);
        return isNamed && Path.GetDirectoryName(own) is { } around ? new ArtifactFolder(own, around) : new ArtifactFolder(own);
    }

    /// <inheritdoc/>
    public string? Read(string path)
    {
        foreach (var folder in folders)
        {
            var root = Path.GetFullPath(folder);
            var file = Path.GetFullPath(Path.Combine(root, path));
            if (IsBelow(root, file) && File.Exists(file) && !HasLink(root, file)) return File.ReadAllText(file);
        }

        return null;
    }

    private static bool IsBelow(string root, string file) =>
        file.StartsWith(Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static bool HasLink(string root, string file)
    {
        for (var at = file; at is not null && at.Length > root.Length; at = Path.GetDirectoryName(at))
        {
            if (new FileInfo(at).LinkTarget is not null) return true;
        }

        return false;
    }
}
