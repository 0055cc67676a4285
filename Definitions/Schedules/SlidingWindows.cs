using System.Xml;

namespace FlowEngine.Definitions;

/// <summary>One window of a SlidingWindow trigger.</summary>
/// <param name="Start">Its begin, in UTC.</param>
/// <param name="End">Its end, in UTC: the begin of the next.</param>
internal readonly record struct SlidingWindow(DateTimeOffset Start, DateTimeOffset End);

/// <summary>The windows of a SlidingWindow trigger: without gaps from <c>startTime</c>, each due at its end and <c>delay</c> later.</summary>
/// <remarks>Rules: runtime reference, 4.4. Lengths of a day and more are taken too and keep the wall time of the zone. Immutable.</remarks>
internal sealed class SlidingWindows
{
    private readonly RecurrenceSchedule _ends;
    private readonly TimeSpan _delay;
    private readonly bool _hasStart;

    private SlidingWindows(RecurrenceSchedule ends, TimeSpan delay, bool hasStart)
    {
        _ends = ends;
        _delay = delay;
        _hasStart = hasStart;
    }

    /// <summary>Reads a trigger's <c>recurrence</c> and the <c>delay</c> of its inputs, their expressions evaluated.</summary>
    /// <param name="recurrence">The object as the definition has it; it has no <c>schedule</c>.</param>
    /// <param name="delay">An ISO 8601 duration, or null.</param>
    /// <param name="saved">Where the first window begins without <c>startTime</c>: when the workflow was saved or enabled.</param>
    /// <exception cref="FormatException">It can't be read; the message says which member and why.</exception>
    public static SlidingWindows Read(FlowValue recurrence, FlowValue delay, DateTimeOffset saved)
    {
        if (recurrence["schedule"].AsObjectOrNull is { Count: > 0 }) throw new FormatException("The recurrence has a schedule, which windows can't have.");
        return new SlidingWindows(RecurrenceSchedule.Read(recurrence, saved), Delay(delay), !recurrence["startTime"].IsNull);
    }

    /// <summary>When the first window that is due after a moment is due, in UTC; null where there is none.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset moment) => EndAfter(moment) is { } end ? end + _delay : null;

    /// <summary>The last window that is due at a moment; the first one where none is due yet.</summary>
    public SlidingWindow DueAt(DateTimeOffset moment)
    {
        var end = moment - _ends.Start < _delay ? null : _ends.LastUpTo(moment - _delay);
        if (end is null || end == _ends.Start) return new SlidingWindow(_ends.Start, _ends.NextAfter(_ends.Start) ?? _ends.Start);
        return new SlidingWindow(_ends.LastUpTo(end.Value.AddTicks(-1)) ?? _ends.Start, end.Value);
    }

    /// <summary>The window that is due at one of the moments that <see cref="NextAfter"/> gives, also of a schedule that was read with another <c>saved</c>.</summary>
    public SlidingWindow DueExactlyAt(DateTimeOffset moment)
    {
        if (_hasStart || _ends.NextAfter(_ends.Start) is not { } firstEnd) return DueAt(moment);
        return new SlidingWindow(moment - _delay - (firstEnd - _ends.Start), moment - _delay);
    }

    // The start is no end: nothing lies before it.
    private DateTimeOffset? EndAfter(DateTimeOffset moment)
    {
        var after = moment - _ends.Start < _delay ? _ends.Start : moment - _delay;
        return _ends.NextAfter(after);
    }

    private static TimeSpan Delay(FlowValue written)
    {
        if (written.IsNull) return TimeSpan.Zero;
        try
        {
            var delay = XmlConvert.ToTimeSpan(written.AsStringOrNull ?? string.Empty);
            if (delay >= TimeSpan.Zero && delay <= TimeSpan.FromDays(36_500)) return delay;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            // Told below: durations that can't be read and negative ones are alike.
        }

        throw new FormatException($"The windows have the delay {written.ToJson()}; a duration such as PT10M was expected.");
    }
}
