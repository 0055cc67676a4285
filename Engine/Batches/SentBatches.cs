namespace FlowEngine;

/// <summary>The batches that a run has sent messages to. Any thread.</summary>
internal sealed class SentBatches
{
    private readonly Lock _gate = new();
    private readonly List<OpenBatch> _batches = [];

    /// <summary>Runs that they have started, in order.</summary>
    public IReadOnlyList<Run> Runs
    {
        get
        {
            lock (_gate) return [.. _batches.Where(batch => batch.Released.IsCompletedSuccessfully).SelectMany(batch => batch.Released.Result)];
        }
    }

    public void Add(OpenBatch batch)
    {
        lock (_gate)
        {
            if (!_batches.Contains(batch)) _batches.Add(batch);
        }
    }

    /// <summary>Waits for the runs of batches that have been released, or that will be without waiting in real time.</summary>
    public async Task WhenEndedAsync()
    {
        List<OpenBatch> waited;
        lock (_gate) waited = [.. _batches.Where(batch => batch.IsDueVirtually || batch.Released.IsCompleted)];
        foreach (var batch in waited)
        {
            foreach (var run in await batch.Released.ConfigureAwait(false)) await run.WhenAllEndedAsync().ConfigureAwait(false);
        }
    }
}
