namespace FlowEngine.Testing;

/// <summary>Files that tests name: from the current folder, or from that of the test's program, where a build copies them.</summary>
internal static class TestFile
{
    public static string Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var beside = Path.Combine(AppContext.BaseDirectory, path);
        return !Path.Exists(path) && Path.Exists(beside) ? beside : path;
    }
}
