using FlowEngine.Testing;

namespace FlowEngine.Cli;

/// <summary><c>flow test --watch</c>: carries the tests out again whenever a file beside them changes.</summary>
/// <remarks>Files are asked for, not listened to: events get lost on shared and mounted folders, and a save is several of them.</remarks>
internal sealed class TestWatch(IReadOnlyList<string> paths, CommandConsole console)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    /// <summary>Runs until it is cancelled.</summary>
    /// <returns>The exit code of a command that was cancelled.</returns>
    public async Task<int> RunAsync(Func<CancellationToken, Task<int>> run, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        try
        {
            while (true)
            {
                // Before the run: what changes meanwhile is seen after it.
                var seen = Stamp();
                await RunOnceAsync(run, cancellation).ConfigureAwait(false);
                await console.Out.WriteLineAsync("watching; Ctrl-C ends").ConfigureAwait(false);
                while (seen == Stamp()) await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false);
                FlowTestFile.ForgetFlows();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCodes.Cancelled;
        }
    }

    // A file that is half written is told of and tried again with the next change.
    private async Task RunOnceAsync(Func<CancellationToken, Task<int>> run, CancellationToken cancellation)
    {
        try
        {
            await run(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is UsageException or FlowEngine.InvalidInputException or IOException)
        {
            await console.Error.WriteLineAsync("flow: " + TerminalText.Clean(e.Message)).ConfigureAwait(false);
        }
    }

    private int Stamp()
    {
        var stamp = new HashCode();
        try
        {
            foreach (var file in TestFiles.Around(paths).OrderBy(file => file.FullName, StringComparer.Ordinal))
            {
                stamp.Add(file.FullName);
                stamp.Add(file.LastWriteTimeUtc);
                stamp.Add(file.Length);
            }
        }
        catch (IOException)
        {
            // A file went while it was looked at; the next look sees what is left.
        }

        return stamp.ToHashCode();
    }
}
