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
    /// <param name="key">What is counted.</param>
    /// <param name="calls">How many calls a period has.</param>
    /// <param name="period">How long it is.</param>
    /// <param name="now">The time.</param>
    /// <param name="count">As how many calls it counts; 0 only looks.</param>
    /// <returns>Zero where it may go; else how long until the next may.</returns>
    public TimeSpan Enter(string key, long calls, TimeSpan period, DateTimeOffset now, int count)
    {
        lock (_gate)
        {
            var window = _windows.GetValueOrDefault(key);
            if ((window?.WaitFor(calls, period, now) ?? (calls > 0 ? TimeSpan.Zero : period)) is var wait && wait > TimeSpan.Zero) return wait;
            AddToWindow(key, period, now, count);
            return TimeSpan.Zero;
        }
    }

    /// <summary>Takes a call into a period that starts with its first call.</summary>
    /// <returns>Zero where it may go; else how long until the period ends.</returns>
    public TimeSpan Spend(string key, long calls, TimeSpan period, DateTimeOffset now, int count)
    {
        lock (_gate)
        {
            var (until, spent) = PeriodOf(key, period, now);
            if (spent >= calls) return until - now;
            AddToPeriod(key, period, now, count);
            return TimeSpan.Zero;
        }
    }

    /// <summary>Counts a call that has been made.</summary>
    public void Add(string key, bool isPeriod, TimeSpan period, DateTimeOffset now, int count)
    {
        lock (_gate)
        {
            if (isPeriod) AddToPeriod(key, period, now, count);
            else AddToWindow(key, period, now, count);
        }
    }

    private void AddToWindow(string key, TimeSpan period, DateTimeOffset now, int count)
    {
        if (count == 0) return;
        Prune(now);
        if (!_windows.TryGetValue(key, out var window)) _windows[key] = window = new Window();
        window.Add(now, count, period);
    }

    private void AddToPeriod(string key, TimeSpan period, DateTimeOffset now, int count)
    {
        if (count == 0) return;
        Prune(now);
        var (until, spent) = PeriodOf(key, period, now);
        _periods[key] = (until, spent + count);
    }

    private (DateTimeOffset Until, long Count) PeriodOf(string key, TimeSpan period, DateTimeOffset now) =>
        _periods.TryGetValue(key, out var known) && known.Until > now ? known : (now + period, 0);

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
        private readonly Queue<(DateTimeOffset At, int Count)> _calls = new();
        private long _sum;

        public DateTimeOffset Until { get; private set; }

        public void Add(DateTimeOffset now, int count, TimeSpan period)
        {
            _calls.Enqueue((now, count));
            _sum += count;
            Until = now + period;
        }

        /// <summary>How long until there is room for a call: until so many have left that fewer than the most are inside.</summary>
        public TimeSpan WaitFor(long most, TimeSpan period, DateTimeOffset now)
        {
            while (_calls.TryPeek(out var first) && first.At + period <= now) _sum -= _calls.Dequeue().Count;
            if (_sum < most) return TimeSpan.Zero;
            var left = _sum;
            foreach (var (at, count) in _calls)
            {
                left -= count;
                if (left < most) return at + period - now;
            }

            return period;
        }
    }
}
