using FlowEngine.Connectors;
using FlowEngine.Definitions;
using FlowEngine.Testing;

namespace FlowEngine.Cli;

/// <summary>The test files that <c>flow test</c> is given.</summary>
internal static class TestFiles
{
    private const string Pattern = "*.flowtest.json";

    // Links are not followed: they may lead round in a circle or out of the folder.
    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint };

    /// <summary>Reads them; null where one has faults, which are told.</summary>
    /// <exception cref="UsageException">There are none.</exception>
    public static List<FlowTestFile>? Read(IReadOnlyList<string> paths, bool json, CommandConsole console)
    {
        var files = new List<FlowTestFile>();
        var faulty = new List<(string File, IReadOnlyList<Diagnostic> Diagnostics)>();
        foreach (var path in Find(paths))
        {
            try
            {
                files.Add(FlowTestFile.Load(path));
            }
            catch (MockFormatException e)
            {
                faulty.Add((path, e.Diagnostics));
            }
            catch (ConnectorFormatException e)
            {
                faulty.AddRange(e.Diagnostics.GroupBy(diagnostic => diagnostic.Location.File).Select(file => (file.Key, (IReadOnlyList<Diagnostic>)[.. file])));
            }
            catch (DefinitionException e)
            {
                faulty.Add((e.Document.File, e.Diagnostics));
            }
        }

        if (faulty.Count == 0) return files;
        if (json) DiagnosticReport.WriteJson(faulty, console);
        else
        {
            foreach (var (file, diagnostics) in faulty) DiagnosticReport.Write(diagnostics, file, json: false, console);
        }

        return null;
    }

    /// <summary>Every file below the folders of the tests: what they may depend on.</summary>
    public static IEnumerable<FileInfo> Around(IReadOnlyList<string> paths) => paths
        .Select(path => File.Exists(path) ? Path.GetDirectoryName(Path.GetFullPath(path))! : Path.GetFullPath(path)) // A file has a folder.
        .Distinct(StringComparer.Ordinal)
        .Where(Directory.Exists)
        .SelectMany(folder => new DirectoryInfo(folder).EnumerateFiles("*", Below));

    private static List<string> Find(IReadOnlyList<string> paths)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (File.Exists(path)) files.Add(path);
            else if (Directory.Exists(path)) files.AddRange(Directory.EnumerateFiles(path, Pattern, Below).Order(StringComparer.Ordinal));
            else throw new UsageException($"there is no file or folder '{path}'.");
        }

        return files.Count > 0 ? files : throw new UsageException($"there is no {Pattern} in {string.Join(", ", paths)}.");
    }
}
