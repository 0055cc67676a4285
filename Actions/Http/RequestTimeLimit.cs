namespace FlowEngine.Actions;

/// <summary>The time that one request has, from sending to the last byte of the answer.</summary>
/// <remarks>
/// Not a wait of the action but a bound on it: a timer leaves virtual time free to stand still while real I/O goes on. Where time stands still a server
/// that never answers would never be given up, so another clock than the system's is backed by the system's.
/// </remarks>
internal sealed class RequestTimeLimit : IDisposable
{
    private readonly CancellationToken _outer;
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource? _realLimit;
    private readonly CancellationTokenSource _either;

    public RequestTimeLimit(TimeSpan limit, TimeProvider time, CancellationToken outer)
    {
        _outer = outer;
        _limit = new CancellationTokenSource(limit, time);
        _realLimit = time == TimeProvider.System ? null : new CancellationTokenSource(limit, TimeProvider.System);
        _either = _realLimit is null ? CancellationTokenSource.CreateLinkedTokenSource(outer, _limit.Token) : CancellationTokenSource.CreateLinkedTokenSource(outer, _limit.Token, _realLimit.Token);
    }

    /// <summary>Ends with the limit, and with whatever ends the action.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Whether it was the limit.</summary>
    public bool HasPassed => (_limit.IsCancellationRequested || _realLimit?.IsCancellationRequested == true) && !_outer.IsCancellationRequested;

    public void Dispose()
    {
        _either.Dispose();
        _realLimit?.Dispose();
        _limit.Dispose();
    }
}

/// <summary>No answer came within the time of a request.</summary>
/// <param name="inner">What the cancellation looked like.</param>
internal sealed class RequestTimedOutException(Exception inner) : Exception("the timeout was reached", inner);
