namespace FlowEngine;

/// <summary>The <c>limit.timeout</c> of one execution: cancels it when the run's clock says so.</summary>
internal sealed class ActionLimit : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly LongTimer _timer;

    public ActionLimit(TimeSpan limit, TimeProvider time, CancellationToken cancellation)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _timer = new LongTimer(time, limit, Pass);
    }

    public CancellationToken Token => _source.Token;

    public bool HasPassed { get; private set; }

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
