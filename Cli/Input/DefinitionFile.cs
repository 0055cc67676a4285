namespace FlowEngine.Cli;

/// <summary>The file that <c>flow run FILE</c> means: the file or archive itself, the definition in a folder, or the folder as a package.</summary>
internal static class DefinitionFile
{
    private static readonly string[] Names = ["flow.json", "workflow.json"];

    /// <exception cref="UsageException">There is no such file or folder.</exception>
    public static string Find(string path)
    {
        if (File.Exists(path)) return path;
        if (!Directory.Exists(path)) throw new UsageException($"there is no file '{path}'.");
        return Names.Select(name => Path.Combine(path, name)).FirstOrDefault(File.Exists) ?? path;
    }
}
