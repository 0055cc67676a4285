namespace FlowEngine.Actions;

/// <summary>So many requests in any stretch of time of that length: each is given the moment at which it may go, in the order of asking.</summary>
/// <param name="requests">How many.</param>
/// <param name="period">Within what.</param>
internal sealed class RequestRate(int requests, TimeSpan period)
{
    private readonly Lock _gate = new();
    private readonly Queue<DateTimeOffset> _given = new(requests);

    /// <summary>Takes the next moment, also where the request is then not sent: whoever waited behind it was promised its own.</summary>
    /// <returns>How long to wait for it.</returns>
    public TimeSpan Reserve(DateTimeOffset now)
    {
        lock (_gate)
        {
            var at = now;
            if (_given.Count == requests && _given.Dequeue() + period is var free && free > at) at = free;
            _given.Enqueue(at);
            return at - now;
        }
    }
}
