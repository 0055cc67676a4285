namespace FlowEngine.Actions;

/// <summary>So many requests in any stretch of time of that length: each is given the moment at which it may go, in the order of asking.</summary>
/// <param name="requests">How many.</param>
/// <param name="period">Within what.</param>
internal sealed class RequestRate(int requests, TimeSpan period)
{
    private readonly Lock _gate = new();

    // In order; those that no later one depends on are let go.
    private readonly List<DateTimeOffset> _given = [];

    /// <summary>Takes the next moment.</summary>
    /// <returns>The moment, now or later.</returns>
    public DateTimeOffset Reserve(DateTimeOffset now)
    {
        lock (_gate)
        {
            _given.RemoveRange(0, _given.FindIndex(moment => moment + period > now) is >= 0 and var live ? live : _given.Count);
            var at = now;
            if (_given.Count >= requests && _given[^requests] + period is var free && free > at) at = free;

            // Never before one that was promised: whoever asked first goes first.
            if (_given.Count > 0 && _given[^1] > at) at = _given[^1];
            _given.Add(at);
            return at;
        }
    }

    /// <summary>Gives a moment back that has not come: its request is not sent. Whoever waits behind it was promised a moment of its own; who asks from now on has it.</summary>
    public void Release(DateTimeOffset moment)
    {
        lock (_gate)
        {
            var at = _given.LastIndexOf(moment);
            if (at >= 0) _given.RemoveAt(at);
        }
    }
}
