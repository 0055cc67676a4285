namespace FlowEngine.Connectors;

/// <summary>Calls counted by keys: within windows that slide, and in periods. What has ended is forgotten, so that keys that come and go cost nothing.</summary>
internal sealed class PolicyCounters
{
    private const int FirstPruning = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Window> _windows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTimeOffset Until, long Count)> _periods = new(StringComparer.Ordinal);
    private int _pruneAt = FirstPruning;

    /// <summary>How many keys are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _windows.Count + _periods.Count;
        }
    }

    /// <summary>Takes a call into a window that slides: never more than so many within any period.</summary>
    /// <returns>Zero where it may go; else how long until the next may.</returns>
    public TimeSpan Enter(string key, int calls, TimeSpan period, DateTimeOffset now)
    {
        lock (_gate)
        {
            Prune(now);
            if (!_windows.TryGetValue(key, out var window)) _windows[key] = window = new Window();
            while (window.Times.TryPeek(out var first) && first + period <= now) window.Times.Dequeue();
            if (window.Times.Count >= calls) return window.Times.TryPeek(out var oldest) ? oldest + period - now : period;
            window.Times.Enqueue(now);
            window.Until = now + period;
            return TimeSpan.Zero;
        }
    }

    /// <summary>Takes a call into a period that starts with its first call.</summary>
    /// <returns>Zero where it may go; else how long until the period ends.</returns>
    public TimeSpan Spend(string key, long calls, TimeSpan period, DateTimeOffset now)
    {
        lock (_gate)
        {
            Prune(now);
            var (until, count) = _periods.GetValueOrDefault(key, (now + period, 0));
            if (until <= now) (until, count) = (now + period, 0);
            if (count >= calls) return until - now;
            _periods[key] = (until, count + 1);
            return TimeSpan.Zero;
        }
    }

    // Whenever there are twice as many as were left the last time: a call pays for two keys at most.
    private void Prune(DateTimeOffset now)
    {
        if (_windows.Count + _periods.Count < _pruneAt) return;
        foreach (var (key, window) in _windows)
        {
            if (window.Until <= now) _windows.Remove(key);
        }

        foreach (var (key, period) in _periods)
        {
            if (period.Until <= now) _periods.Remove(key);
        }

        _pruneAt = Math.Max(FirstPruning, 2 * (_windows.Count + _periods.Count));
    }

    private sealed class Window
    {
        public Queue<DateTimeOffset> Times { get; } = new();

        public DateTimeOffset Until { get; set; }
    }
}
