namespace FlowEngine;

/// <summary>A run that waits for its turn. A run that is cancelled starts at once, to end at once.</summary>
internal sealed class WaitingRun(Run run, Action<Run> start)
{
    private int _started;

    public Run Run => run;

    public CancellationTokenRegistration Registration { get; set; }

    public bool IsWaiting => Volatile.Read(ref _started) == 0;

    /// <summary>Starts the run, unless it was let go before.</summary>
    /// <param name="hasPlace">Whether it has one to give back when it ends.</param>
    /// <returns>Whether it was still waiting.</returns>
    public bool TryStart(bool hasPlace)
    {
        if (Interlocked.Exchange(ref _started, 1) != 0) return false;
        Registration.Unregister();
        if (!hasPlace)
        {
            run.Ending = null;
            run.Place = null;
        }

        run.Clock.EnterWork();
        // On a thread of its own: started where another run ends, a hundred of them would grow the stack.
        ThreadPool.UnsafeQueueUserWorkItem(static waiting => waiting.Start(), this, preferLocal: true);
        return true;
    }

    private void Start()
    {
        try
        {
            start(run);
        }
        finally
        {
            run.Clock.ExitWork();
        }
    }
}
