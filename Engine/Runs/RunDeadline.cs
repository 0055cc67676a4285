namespace FlowEngine;

/// <summary>When a host's limit ends a run and those that it calls.</summary>
/// <param name="Limit">How long that was from the start of the run that no other called.</param>
/// <param name="Ticks">UTC ticks of the run's clock.</param>
/// <param name="RealTimestamp">
/// The same of the system's clock (<see cref="TimeProvider.GetTimestamp"/>), where the run's is virtual: virtual time stands still while something runs, so a run
/// that never ends would outlive a limit on that clock alone. Each has its own remainder. Null where the run's clock is real.
/// </param>
internal sealed record RunDeadline(TimeSpan Limit, long Ticks, long? RealTimestamp)
{
    /// <summary>That long from now on; null where there is no limit.</summary>
    public static RunDeadline? After(TimeSpan? limit, RunClock clock)
    {
        if (limit is not { } duration) return null;
        var now = clock.Time.GetUtcNow().UtcTicks;
        long? real = clock.IsVirtual ? Sum(TimeProvider.System.GetTimestamp(), (long)Math.Min(duration.TotalSeconds * TimeProvider.System.TimestampFrequency, long.MaxValue / 2)) : null;
        return new RunDeadline(duration, Math.Min(Sum(now, duration.Ticks), DateTime.MaxValue.Ticks), real);
    }

    /// <summary>Timers that call back when it has come; dispose them.</summary>
    public LongTimer[] Arm(RunClock clock, Action passed)
    {
        var onClock = new LongTimer(clock.Time, TimeSpan.FromTicks(Ticks - clock.Time.GetUtcNow().UtcTicks), passed);
        return RealTimestamp is { } end
            ? [onClock, new LongTimer(TimeProvider.System, TimeProvider.System.GetElapsedTime(TimeProvider.System.GetTimestamp(), end), passed)]
            : [onClock];
    }

    private static long Sum(long a, long b) => b > long.MaxValue - a ? long.MaxValue : a + b;
}
