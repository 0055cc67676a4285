namespace FlowEngine;

/// <summary>The runs of an engine that have not ended, those that wait for their turn too. Any thread.</summary>
/// <remarks>In shards with a lock each: one lock for all would stand out where 32 threads start short runs.</remarks>
internal sealed class RunsUnderWay
{
    private const int Shards = 32;

    private readonly HashSet<Run>[] _shards;

    public RunsUnderWay()
    {
        _shards = new HashSet<Run>[Shards];
        for (var i = 0; i < Shards; i++) _shards[i] = new HashSet<Run>(ReferenceEqualityComparer.Instance);
    }

    public void Add(Run run)
    {
        var shard = ShardOf(run);
        lock (shard) shard.Add(run);
    }

    public void Remove(Run run)
    {
        var shard = ShardOf(run);
        lock (shard) shard.Remove(run);
    }

    public IReadOnlyList<Run> Now()
    {
        var all = new List<Run>();
        foreach (var shard in _shards)
        {
            lock (shard) all.AddRange(shard);
        }

        return all;
    }

    /// <summary>Waits until none is left; from <paramref name="cancelling"/> on they are cancelled.</summary>
    /// <param name="cancelling">When to cancel them.</param>
    /// <param name="giveUp">When to wait no longer.</param>
    public async Task WhenEndedAsync(CancellationToken cancelling, CancellationToken giveUp)
    {
        using var registration = cancelling.UnsafeRegister(static runs => ((RunsUnderWay)runs!).Cancel(), this);
        while (Now() is { Count: > 0 } runs && !giveUp.IsCancellationRequested)
        {
            // Those that came in between.
            if (cancelling.IsCancellationRequested) Cancel();
            await ((Task)Task.WhenAll(runs.Select(run => run.Completion))).WaitAsync(giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Cancel()
    {
        foreach (var run in Now()) run.Cancel();
    }

    private HashSet<Run> ShardOf(Run run) => _shards[(uint)System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(run) % Shards];
}
