using System.Xml.Linq;

namespace FlowEngine.Tests;

/// <summary>The files of the repository that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder of <c>FlowEngine.sln</c>. Found from the test assembly: a source path would be mapped away in a CI build.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folders of the product's projects, of its tests and benchmarks; examples are not among them.</summary>
    public static IReadOnlyList<string> Projects { get; } =
        [.. Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories)
            .Where(IsSource)
            .Where(file => !Path.GetRelativePath(Root, file).StartsWith("examples", StringComparison.Ordinal))
            .Select(file => Path.GetFileName(Path.GetDirectoryName(file))!)
            .Order(StringComparer.Ordinal)];

    public static string Locate(string relative) => Path.Combine(Root, relative);

    public static string Text(string relative) => File.ReadAllText(Locate(relative));

    public static XDocument Project(string name) => XDocument.Load(Locate($"{name}/{name}.csproj"));

    /// <summary>Files below a folder as paths relative to the root with <c>/</c>, without what a build makes.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Locate(folder), pattern, SearchOption.AllDirectories).Where(IsSource)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    private static bool IsSource(string file)
    {
        var parts = Path.GetRelativePath(Root, file).Split('/', '\\');
        return !parts.Any(part => part is "bin" or "obj" or "artifacts" or ".git");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "FlowEngine.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above '{AppContext.BaseDirectory}' holds FlowEngine.sln.");
    }
}
