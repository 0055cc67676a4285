namespace FlowEngine;

/// <summary>At most one thread inside a run: completions are posted, whoever posts to an idle loop pumps it.</summary>
/// <remarks>
/// Hence slots and variables need no locks, and the order of events is total. Control-flow actions await on this context;
/// leaf actions leave it with <c>ConfigureAwait(false)</c> and come back by the post of their completion.
/// </remarks>
internal sealed class RunLoop(RunClock clock) : SynchronizationContext
{
    private readonly Lock _gate = new();
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();
    // Until it is run, what is posted waits for that: otherwise whoever cancels a run would be inside beside the one who starts it.
    private bool _pumping = true;

    /// <summary>Runs the start of a run on the caller's thread, up to its first suspension, then what was posted before it. Once.</summary>
    public void Run(Action start)
    {
        clock.EnterWork();
        Pump(start);
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            _queue.Enqueue((d, state));
            if (_pumping) return;
            _pumping = true;
        }

        clock.EnterWork();
        // Inside another run's loop (a child run that ends) pumping here would nest the loops on one stack.
        if (Current is RunLoop) ThreadPool.UnsafeQueueUserWorkItem(static loop => loop.Pump(null), this, preferLocal: true);
        else Pump(null);
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (Current != this) throw new NotSupportedException("A run's loop takes no blocking calls; post to it.");
        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;

    private void Pump(Action? start)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            clock.Pass(); // Time went by outside the loop.
            start?.Invoke();
            while (TryDequeue(out var work))
            {
                clock.Pass();
                work.Callback(work.State);
            }
        }
        finally
        {
            SetSynchronizationContext(outer);
            clock.ExitWork();
        }
    }

    private bool TryDequeue(out (SendOrPostCallback Callback, object? State) work)
    {
        lock (_gate)
        {
            if (_queue.TryDequeue(out work)) return true;
            _pumping = false;
            return false;
        }
    }
}
