using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FlowEngine.Benchmarks.Quick;

/// <summary>The command <c>flow</c> as a framework-dependent ReadyToRun build; published anew where it is missing or older than its sources.</summary>
internal static class PublishedCommand
{
    private static readonly string[] Projects = ["Expressions", "Definitions", "Actions", "Engine", "Connectors", "Testing", "Cli"];
    private static readonly string[] SharedFiles = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"];

    /// <summary>The path of the executable.</summary>
    public static string Find()
    {
        var root = Root();
        var folder = Path.Combine(root, "Benchmarks", "obj", "ready-to-run");
        var command = Path.Combine(folder, OperatingSystem.IsWindows() ? "flow.exe" : "flow");
        var stamp = Path.Combine(folder, "published.stamp");
        if (!File.Exists(command) || !File.Exists(stamp) || File.GetLastWriteTimeUtc(stamp) < LastChange(root))
        {
            Publish(root, folder);
            File.WriteAllText(stamp, string.Empty);
        }

        return command;
    }

    private static void Publish(string root, string folder)
    {
        Console.Error.WriteLine("publishing the command as ReadyToRun …");
        var start = new ProcessStartInfo("dotnet", ["publish", "Cli", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false", "-p:PublishReadyToRun=true", "-o", folder, "-v", "q", "-nologo"])
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("'dotnet publish' did not start.");
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException("The command could not be published:" + Environment.NewLine + output);
    }

    private static DateTime LastChange(string root) => Projects
        .Select(project => Path.Combine(root, project))
        .Where(Directory.Exists)
        .SelectMany(Sources)
        .Concat(SharedFiles.Select(file => Path.Combine(root, file)))
        .Max(File.GetLastWriteTimeUtc);

    private static IEnumerable<string> Sources(string project) => Directory.EnumerateFiles(project, "*", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(project, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    private static string Root()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "FlowEngine.sln"))) return at.FullName;
        }

        throw new InvalidOperationException("The quick mode runs inside of the repository; there is no FlowEngine.sln above the benchmarks.");
    }
}
