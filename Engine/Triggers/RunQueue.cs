namespace FlowEngine;

/// <summary>The runs of one trigger in one engine: those that have a place, and those that wait for one. Guarded by <see cref="RunQueues"/>.</summary>
internal sealed class RunQueue
{
    private readonly Queue<WaitingRun> _waiting = new();
    private int _running;

    public bool IsEmpty => _running == 0;

    /// <summary>Those that wait still; who was cancelled does not.</summary>
    public IEnumerable<Run> Waiting => _waiting.Where(waiting => waiting.IsWaiting).Select(waiting => waiting.Run);

    /// <summary>Whether another run would have to wait.</summary>
    public bool IsTaken(TriggerLimit limit) => _running >= limit.Runs;

    /// <summary>Whether another run could not even wait.</summary>
    public bool IsFull(TriggerLimit limit) => IsTaken(limit) && Waiting.Count() >= limit.WaitingRuns;

    /// <summary>Takes a place where there is one.</summary>
    public bool TryEnter(TriggerLimit limit)
    {
        if (IsTaken(limit)) return false;
        _running++;
        return true;
    }

    /// <summary>Lets a run wait for a place.</summary>
    public void Wait(Run run, Action<Run> start, CancellationToken cancellation)
    {
        var waiting = new WaitingRun(run, start);
        _waiting.Enqueue(waiting);
        run.Waiting = waiting;
        waiting.Registration = cancellation.UnsafeRegister(static run => ((Run)run!).Cancel(), run);
    }

    /// <summary>Gives a place back: it goes from one run to the next.</summary>
    public void Leave()
    {
        while (_waiting.TryDequeue(out var next))
        {
            // Work is counted before the run that ends stops counting: virtual time must not run ahead.
            if (next.TryStart(hasPlace: true)) return;
        }

        _running--;
    }
}
