using System.Diagnostics.CodeAnalysis;

namespace FlowEngine;

/// <summary>The runs of one trigger in one engine. Any thread.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "Made by the table of queues.")]
internal sealed class RunQueue
{
    private readonly Lock _gate = new();
    private readonly Queue<WaitingRun> _waiting = new();
    private int _running;

    public bool IsFull(TriggerLimit limit)
    {
        lock (_gate) return _running >= limit.Runs && _waiting.Count(waiting => waiting.IsWaiting) >= limit.WaitingRuns;
    }

    public void Enter(Run run, int most, Action<Run> start, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_running >= most)
            {
                var waiting = new WaitingRun(run, start);
                _waiting.Enqueue(waiting);
                run.Waiting = waiting;
                waiting.Registration = cancellation.UnsafeRegister(static run => ((Run)run!).Cancel(), run);
                return;
            }

            _running++;
        }

        run.Ending = Leave;
        start(run);
    }

    private void Leave()
    {
        lock (_gate)
        {
            while (_waiting.TryDequeue(out var next))
            {
                // The place goes from one run to the next. Work is counted before the run that ends stops counting: virtual time must not run ahead.
                if (next.TryStart(Leave)) return;
            }

            _running--;
        }
    }
}
