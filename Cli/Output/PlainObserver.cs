using FlowEngine.Actions;

namespace FlowEngine.Cli;

/// <summary>Writes a line for each action that ended and for each retry.</summary>
internal sealed class PlainObserver(RunCounts counts, TextWriter output, Glyphs glyphs) : IRunObserver
{
    private readonly Lock _gate = new();

    public void OnRunStarted(RunStart run) => Write($"run {run.RunId} of {TerminalText.Clean(run.Workflow)}, trigger {TerminalText.Clean(run.Trigger)}");

    public void OnActionCompleted(ActionRecord action)
    {
        lock (_gate) counts.Add(action.Status);
        Write(ActionLine.Of(action, glyphs));
    }

    public void OnRetry(ActionRecord action, int attempt, TimeSpan delay)
    {
        lock (_gate) counts.Retries++;
        Write($"{glyphs.Waiting} {TerminalText.Clean(action.Path)}  {action.Type}  attempt {attempt} failed, next in {Durations.Show(delay)}");
    }

    private void Write(string line)
    {
        if (ReferenceEquals(output, TextWriter.Null)) return;
        lock (_gate)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }
}
