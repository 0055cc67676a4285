using System.Globalization;

namespace FlowEngine.Cli;

/// <summary>The run's clock: <c>--now</c> and <c>--virtual-time</c>.</summary>
internal static class RunClockOption
{
    /// <exception cref="UsageException"><paramref name="now"/> is no time.</exception>
    public static TimeProvider Create(string? now, bool isVirtual)
    {
        DateTimeOffset? start = now is null ? null : ReadTime(now);
        return isVirtual ? new VirtualTimeProvider(start)
            : start is { } time ? new ShiftedClock(time)
            : TimeProvider.System;
    }

    /// <summary>A time without an offset is UTC.</summary>
    /// <exception cref="UsageException">It is no time.</exception>
    public static DateTimeOffset ReadTime(string text) =>
        text is [_, _, _, _, '-', _, _, '-', ..] && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new UsageException($"--now takes a time such as 2026-01-31T10:00:00Z, not '{text}'.");

    /// <summary>The system's clock, put to another time; it goes on from there.</summary>
    private sealed class ShiftedClock(DateTimeOffset start) : TimeProvider
    {
        private readonly long _started = System.GetTimestamp();

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => start + System.GetElapsedTime(_started);
    }
}
