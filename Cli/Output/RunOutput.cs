namespace FlowEngine.Cli;

/// <summary>How a run is shown: a record, events, plain lines, or a live tree.</summary>
internal abstract class RunOutput
{
    public static RunOutput Create(RunRequest request, Workflow workflow, TimeProvider time, CommandConsole console) => request switch
    {
        { Json: true } => new RecordOutput(console),
        { Ndjson: true } => new NdjsonOutput(console, time),
        { Quiet: false } when console.CanShowTree => new TreeOutput(request, workflow, time, console),
        _ => new PlainOutput(request, console),
    };

    /// <summary>Fires the trigger with an observer, or without one, and shows what happens meanwhile.</summary>
    public virtual Task<FireResult> WatchAsync(Func<IRunObserver?, Task<FireResult>> fire) => fire(null);

    /// <summary>Shows how it ended.</summary>
    public abstract void WriteResult(FireResult result, int exit);
}
