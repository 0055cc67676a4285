namespace FlowEngine;

/// <summary>The callbacks of one run that come by themselves. Each is missed until an action has taken it.</summary>
internal sealed class ScheduledCallbacks : IDisposable
{
    private readonly Run _run;
    private readonly List<RunCallback> _missed;
    private readonly LongTimer[] _timers;

    public ScheduledCallbacks(Run run, IReadOnlyList<RunCallback> callbacks)
    {
        _run = run;
        _missed = [.. callbacks];
        _timers = [.. callbacks.Select(callback => new LongTimer(run.Clock.Time, callback.After, () => Arrive(callback)))];
    }

    public IReadOnlyList<RunCallback> Missed
    {
        get
        {
            lock (_missed) return [.. _missed];
        }
    }

    public void Dispose()
    {
        foreach (var timer in _timers) timer.Dispose();
    }

    // Taken out first: the delivery may run the flow to its end on this thread.
    private void Arrive(RunCallback callback)
    {
        lock (_missed) _missed.Remove(callback);
        if (_run.Settings.Callbacks.TryDeliver(_run, callback.Action, callback.Repetition, callback.Message)) return;
        lock (_missed) _missed.Add(callback);
    }
}
