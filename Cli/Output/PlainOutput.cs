namespace FlowEngine.Cli;

/// <summary>Lines without colours: one for each action that ended, then the summary. For pipes, logs, CI and dumb terminals.</summary>
internal sealed class PlainOutput(RunRequest request, CommandConsole console) : RunOutput
{
    private readonly RunCounts _counts = new();

    public override Task<FireResult> WatchAsync(Func<IRunObserver?, Task<FireResult>> fire) =>
        fire(new PlainObserver(_counts, request.Quiet ? TextWriter.Null : console.Out, Glyphs.Of(request.Ascii)));

    public override void WriteResult(FireResult result, int exit) => new RunSummary(console.Out, Glyphs.Of(request.Ascii), Ink.Plain, console.ExcerptWidth).Write(result, _counts, exit);
}
