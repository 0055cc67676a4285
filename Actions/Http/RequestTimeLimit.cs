namespace FlowEngine.Actions;

/// <summary>The time that one request has, from sending to the last byte of the answer.</summary>
/// <remarks>Not a wait of the action but a bound on it: a timer leaves virtual time free to stand still while real I/O goes on.</remarks>
internal sealed class RequestTimeLimit : IDisposable
{
    private readonly CancellationToken _outer;
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _either;

    public RequestTimeLimit(TimeSpan limit, TimeProvider time, CancellationToken outer)
    {
        _outer = outer;
        _limit = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(outer, _limit.Token);
    }

    /// <summary>Ends with the limit, and with whatever ends the action.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Whether it was the limit.</summary>
    public bool HasPassed => _limit.IsCancellationRequested && !_outer.IsCancellationRequested;

    public void Dispose()
    {
        _either.Dispose();
        _limit.Dispose();
    }
}

/// <summary>No answer came within the time of a request.</summary>
/// <param name="inner">What the cancellation looked like.</param>
internal sealed class RequestTimedOutException(Exception inner) : Exception("the timeout was reached", inner);
