namespace FlowEngine;

/// <summary>Calls back once after a time of any length; the platform's own timers end at some 49 days.</summary>
internal sealed class LongTimer : IDisposable
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromDays(40);

    private readonly ITimer _timer;
    private readonly Action _callback;
    private TimeSpan _left;

    public LongTimer(TimeProvider time, TimeSpan duration, Action callback)
    {
        _callback = callback;
        _left = duration;
        _timer = time.CreateTimer(static timer => ((LongTimer)timer!).Step(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Arm();
    }

    public void Dispose() => _timer.Dispose();

    private void Step()
    {
        if (_left > TimeSpan.Zero) Arm();
        else _callback();
    }

    private void Arm()
    {
        var step = _left < LongestStep ? _left : LongestStep;
        _left -= step;
        _timer.Change(step < TimeSpan.Zero ? TimeSpan.Zero : step, Timeout.InfiniteTimeSpan);
    }
}
