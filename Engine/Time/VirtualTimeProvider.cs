namespace FlowEngine;

/// <summary>A clock that moves only when nothing can run: then straight to the next due time. Days of waiting take milliseconds, without races.</summary>
/// <remarks>
/// Every run on this clock reports its work: a loop that pumps, an action that is under way outside the loop. An action that waits through the run
/// (<c>RunScope.DelayAsync</c>) is parked and does not count. When the count falls to zero the clock goes to its earliest timer and fires it;
/// timers fire in the order of (due time, creation). While an action does real I/O, time stands still.
/// </remarks>
public sealed class VirtualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<VirtualTimer, (long Due, long Sequence)> _timers = new();
    private readonly LinkedList<Action> _stalls = new();
    private readonly DateTimeOffset _start;
    private long _elapsedTicks;
    private long _sequence;
    private int _work;
    private bool _advancing;

    /// <summary>A clock that stands.</summary>
    /// <param name="start">Where the clock stands at first; null takes the system's time.</param>
    public VirtualTimeProvider(DateTimeOffset? start = null) => _start = (start ?? System.GetUtcNow()).ToUniversalTime();

    /// <summary>Ticks of 100 ns.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>UTC, whatever the machine says.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Virtual time passed since the start.</summary>
    public TimeSpan Elapsed => new(Interlocked.Read(ref _elapsedTicks));

    /// <summary>The virtual present.</summary>
    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref _elapsedTicks);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock to a moment, between runs: while nothing else waits on it. A moment that has passed changes nothing.</summary>
    public async Task AdvanceToAsync(DateTimeOffset moment)
    {
        if (moment <= GetUtcNow()) return;
        EnterWork();
        // The platform's delay would cut the time to whole milliseconds, and end at some 49 days. What goes on from here does so before the clock can move again.
        var reached = new TaskCompletionSource();
        using var timer = CreateTimer(static reached => ((TaskCompletionSource)reached!).TrySetResult(), reached, moment - GetUtcNow(), Timeout.InfiniteTimeSpan);
        ExitWork();
        await reached.Task.ConfigureAwait(false);
    }

    /// <summary>Something that may go on without the clock begins.</summary>
    internal void EnterWork() => Interlocked.Increment(ref _work);

    /// <summary>It ended or is parked; where nothing else is left, time moves on.</summary>
    internal void ExitWork()
    {
        if (Interlocked.Decrement(ref _work) == 0) Advance();
    }

    /// <summary>Calls back when nothing can run and nothing is due any more, in the order of asking, one at a time: what it lets go on may change that.</summary>
    /// <returns>Takes the call back.</returns>
    internal IDisposable WhenStalled(Action callback)
    {
        lock (_gate) return new Stall(this, _stalls.AddLast(callback));
    }

    private void Advance()
    {
        while (true)
        {
            Action next;
            lock (_gate)
            {
                if (_advancing || Volatile.Read(ref _work) != 0 || Next() is not { } found) return;
                next = found;
                _advancing = true;
            }

            try
            {
                next();
            }
            finally
            {
                lock (_gate) _advancing = false;
            }
        }
    }

    // The clock goes to the earliest timer that counts. Called under the gate.
    private Action? Next()
    {
        while (_timers.TryDequeue(out var timer, out var due))
        {
            if (!timer.Takes(due.Sequence)) continue;
            if (due.Due > _elapsedTicks) Interlocked.Exchange(ref _elapsedTicks, due.Due);
            return timer.Fire;
        }

        if (_stalls.First is not { } stall) return null;
        _stalls.Remove(stall);
        return stall.Value;
    }

    private sealed class Stall(VirtualTimeProvider clock, LinkedListNode<Action> node) : IDisposable
    {
        public void Dispose()
        {
            lock (clock._gate)
            {
                if (node.List is not null) clock._stalls.Remove(node);
            }
        }
    }

    private sealed class VirtualTimer(VirtualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        // The sequence of the only queue entry that counts: changing or disposing a timer leaves its old entries behind, dead.
        private long _current = -1;
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                _period = period;
                Schedule(dueTime);
            }

            return true;
        }

        /// <summary>Whether the entry is the live one; it is used up by that.</summary>
        public bool Takes(long sequence)
        {
            if (_current != sequence) return false;
            _current = -1;
            if (_period > TimeSpan.Zero) Schedule(_period);
            return true;
        }

        public void Fire() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Schedule(TimeSpan dueTime)
        {
            _current = -1;
            if (dueTime == Timeout.InfiniteTimeSpan) return;
            _current = ++clock._sequence;
            // The clock ends where dates end.
            var last = DateTimeOffset.MaxValue.UtcTicks - clock._start.UtcTicks;
            var due = Math.Max(dueTime.Ticks, 0) > last - clock._elapsedTicks ? last : clock._elapsedTicks + Math.Max(dueTime.Ticks, 0);
            clock._timers.Enqueue(this, (due, _current));
        }
    }
}
