using System.Diagnostics;
using System.Runtime.InteropServices;
using FlowEngine.Benchmarks.Scenarios;

namespace FlowEngine.Benchmarks.Quick;

/// <summary>From the start of a process to its end: <c>flow run --json</c> on a flow of one action, the command as ReadyToRun publishes it.</summary>
internal static class ColdStart
{
    private const int Samples = 15;

    public static Measurement Measure()
    {
        var command = PublishedCommand.Find();
        var folder = Directory.CreateTempSubdirectory("flow-cold-start-");
        try
        {
            var file = Path.Combine(folder.FullName, "flow.json");
            File.WriteAllText(file, Flows.Whole(Flows.Chain(1)));
            // The first starts fill the disk's cache.
            for (var warm = 0; warm < 3; warm++) Start(command, file);
            var times = new double[Samples];
            for (var i = 0; i < Samples; i++) times[i] = Start(command, file).TotalNanoseconds;
            Array.Sort(times);
            return new Measurement(times[Samples / 2] / 1e6, 0, times[Samples / 2]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static TimeSpan Start(string command, string file)
    {
        var start = new ProcessStartInfo(command, ["run", file, "--json"]) { RedirectStandardOutput = true };
        // Published for the framework of this machine: this process's own.
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"'{command}' did not start.");
        var record = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var took = Stopwatch.GetElapsedTime(began);
        return process.ExitCode == 0 && record.Contains("\"Succeeded\"", StringComparison.Ordinal) ? took : throw new InvalidOperationException($"'{command}' ended with {process.ExitCode}: {record}");
    }
}
