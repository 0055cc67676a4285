namespace FlowEngine.Cli;

/// <summary><c>--ndjson</c>: one event a line as it happens; the last line of a run is <c>run.completed</c>.</summary>
internal sealed class NdjsonOutput(CommandConsole console, TimeProvider time) : RunOutput
{
    private readonly RunEventObserver _events = new(time, happened => NdjsonWriter.Write(happened, console.Out));

    public override Task<FireResult> WatchAsync(Func<IRunObserver?, Task<FireResult>> fire) => fire(_events);

    public override void WriteResult(FireResult result, int exit)
    {
        if (result.NotStarted is { } reason) _events.OnNotStarted(reason);
    }
}
