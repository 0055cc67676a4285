namespace FlowEngine.Testing;

/// <summary>Counts what an entry of a mocks file fits, and tells whether it answers for this one. Safe for many threads.</summary>
/// <param name="answered">The numbers, from 1, of those that it answers; empty for all.</param>
internal sealed class CallCounter(IReadOnlyList<int> answered)
{
    private int _seen;

    /// <summary>How many it fitted so far.</summary>
    public int Seen => Volatile.Read(ref _seen);

    /// <summary>Counts one more.</summary>
    /// <returns>Whether the entry answers it.</returns>
    public bool Takes()
    {
        if (answered.Count == 0) return true;
        return answered.Contains(Interlocked.Increment(ref _seen));
    }
}
