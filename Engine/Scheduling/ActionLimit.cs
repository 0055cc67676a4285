namespace FlowEngine;

/// <summary>The <c>limit.timeout</c> of one execution: cancels it when the run's clock says so.</summary>
internal sealed class ActionLimit : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly TimeProvider _time;
    private TimeSpan _left;
    private long _since;
    private LongTimer _timer;

    public ActionLimit(TimeSpan limit, string written, TimeProvider time, CancellationToken cancellation)
    {
        Written = written;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _time = time;
        _left = limit;
        _since = time.GetTimestamp();
        _timer = new LongTimer(time, limit, Pass);
    }

    /// <summary>The duration as the definition, or its expression, gives it.</summary>
    public string Written { get; }

    public CancellationToken Token => _source.Token;

    public bool HasPassed { get; private set; }

    /// <summary>Stops counting until <see cref="Resume"/>.</summary>
    public void Pause()
    {
        _timer.Dispose();
        _left -= _time.GetElapsedTime(_since);
    }

    /// <summary>Counts on.</summary>
    public void Resume()
    {
        _since = _time.GetTimestamp();
        _timer = new LongTimer(_time, _left, Pass);
    }

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private void Pass()
    {
        HasPassed = true;
        _source.Cancel();
    }
}
