namespace FlowEngine;

/// <summary>A run that waits for its turn. A run that is cancelled starts at once, to end at once.</summary>
internal sealed class WaitingRun(Run run, Action<Run> start)
{
    private int _started;

    public CancellationTokenRegistration Registration { get; set; }

    public bool IsWaiting => Volatile.Read(ref _started) == 0;

    /// <param name="ending">Called when the run ends; null where it has no place to give back.</param>
    /// <returns>Whether it was still waiting.</returns>
    public bool TryStart(Action? ending)
    {
        if (Interlocked.Exchange(ref _started, 1) != 0) return false;
        Registration.Unregister();
        run.Ending = ending;
        run.Clock.EnterWork();
        // On a thread of its own: started where another run ends, a hundred of them would grow the stack.
        ThreadPool.UnsafeQueueUserWorkItem(static waiting => waiting.Start(), this, preferLocal: true);
        return true;
    }

    private void Start()
    {
        start(run);
        run.Clock.ExitWork();
    }
}
