using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>The files that stubs answer with: in <c>__files</c> beside the folder of the mappings or above it, else beside the mapping; never outside of it.</summary>
/// <param name="faults">Takes what is wrong.</param>
/// <param name="folder">The folder of the mapping's file; null where there is none.</param>
internal sealed class WireMockBodyFiles(DiagnosticBag faults, string? folder)
{
    /// <summary>The name of WireMock's folder of bodies.</summary>
    public const string Folder = "__files";

    // A mapping stands in mappings/ or in a folder or two below it.
    private const int HighestAncestor = 3;

    /// <summary>A file's bytes; none where it can't be read, which is a fault.</summary>
    public ReadOnlyMemory<byte> Read(string name, string at)
    {
        if (folder is null || Path.IsPathRooted(name) || name.Split('/', '\\').Contains("..") || name.Contains(':', StringComparison.Ordinal))
        {
            faults.Error(DiagnosticCodes.MockBodyFile, $"The body's file must be a path below '{Folder}', but is '{name}'.", at);
            return default;
        }

        try
        {
            return File.ReadAllBytes(Path.Combine(Root(folder), name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Error(DiagnosticCodes.MockBodyFile, $"The body's file '{name}' can't be read: {e.Message}", at);
            return default;
        }
    }

    private static string Root(string folder)
    {
        var around = folder;
        for (var i = 0; i <= HighestAncestor && around is not null; i++, around = Path.GetDirectoryName(around))
        {
            if (Directory.Exists(Path.Combine(around, Folder))) return Path.Combine(around, Folder);
        }

        return folder;
    }
}
