namespace FlowEngine.Testing;

/// <summary>Gives the items of a list one after the other, then the last one again and again. Safe for many threads.</summary>
internal sealed class Turns<T>(IReadOnlyList<T> items)
{
    private int _taken;
    private int _count;

    /// <summary>How often an item was given.</summary>
    public int Count => Volatile.Read(ref _count);

    public T Next()
    {
        Interlocked.Increment(ref _count);
        // Stops counting at the end, so that a run of any length never overflows.
        while (true)
        {
            var taken = Volatile.Read(ref _taken);
            if (taken >= items.Count - 1) return items[^1];
            if (Interlocked.CompareExchange(ref _taken, taken + 1, taken) == taken) return items[taken];
        }
    }
}
