namespace FlowEngine;

/// <summary>A wait of an action that something else than the clock ends. With virtual time the action is parked meanwhile.</summary>
/// <remarks>It counts as work again before its continuation can run, so time cannot run ahead of it.</remarks>
internal sealed class ParkedWait<T>
{
    private readonly RunClock _clock;
    private readonly TaskCompletionSource<T> _completion = new();
    private readonly CancellationTokenRegistration _registration;
    private int _ended;

    public ParkedWait(RunClock clock, CancellationToken cancellation)
    {
        _clock = clock;
        _registration = cancellation.UnsafeRegister(static (wait, token) => ((ParkedWait<T>)wait!).TryCancel(token), this);
    }

    public Task<T> Task => _completion.Task;

    /// <summary>Parks the caller, an action under way. Where the wait has ended already, its end has counted the work back in.</summary>
    public void Park() => _clock.ExitWork();

    /// <summary>Whether it was this that ended the wait. The continuation may run on the caller's thread.</summary>
    public bool TryEnd(T result)
    {
        if (!TryBeginEnd()) return false;
        _completion.TrySetResult(result);
        return true;
    }

    /// <summary>The same with a failure.</summary>
    public bool TryFail(Exception failure)
    {
        if (!TryBeginEnd()) return false;
        _completion.TrySetException(failure);
        return true;
    }

    private void TryCancel(CancellationToken cancelled)
    {
        if (TryBeginEnd()) _completion.TrySetCanceled(cancelled);
    }

    private bool TryBeginEnd()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0) return false;
        _clock.EnterWork();
        _registration.Dispose();
        return true;
    }
}
