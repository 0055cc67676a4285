using System.Globalization;
using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>When a <c>recurrence</c> is due: <c>frequency</c>, <c>interval</c>, <c>startTime</c>, <c>endTime</c>, <c>timeZone</c> and <c>schedule</c>.</summary>
/// <remarks>
/// Rules: runtime reference, 4.3. Seconds, minutes and hours are elapsed time; days, weeks, months and years keep the wall time of the zone. A wall
/// time in the gap of spring moves by the gap, one in the overlap of autumn counts once, at its first passing. One at <c>endTime</c> itself counts (assumed). Immutable; missed occurrences are not made up.
/// </remarks>
internal sealed class RecurrenceSchedule
{
    // Two rare conditions can exclude each other for years (day 31 of every other month from February): after this the answer is "never".
    private const int YearsSearched = 12;

    // Dates of a flow lie between these; beyond them a zone's offset would leave what a date can be.
    private static readonly DateTime First = new(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Last = new(9900, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly string _frequency;
    private readonly int _interval;
    private readonly DateTime _start;
    private readonly WallClock _clock;
    private readonly ScheduleTimes? _times;
    private readonly DateTime _end;

    private RecurrenceSchedule(string frequency, int interval, DateTime start, DateTime end, WallClock clock, ScheduleTimes? times)
    {
        _end = end;
        _frequency = frequency;
        _interval = interval;
        _start = start;
        _clock = clock;
        _times = times;
    }

    /// <summary>The start in UTC: <c>startTime</c>, or the moment from which the recurrence counts where there is none.</summary>
    public DateTimeOffset Start => new(_start, TimeSpan.Zero);

    /// <summary>Reads a <c>recurrence</c> whose expressions have been evaluated.</summary>
    /// <param name="recurrence">The object as the definition has it.</param>
    /// <param name="saved">From when it counts where it has no <c>startTime</c>: when the workflow was saved or enabled.</param>
    /// <exception cref="FormatException">It can't be read; the message says which member and why.</exception>
    public static RecurrenceSchedule Read(FlowValue recurrence, DateTimeOffset saved)
    {
        var frequency = RecurrenceFrequencies.Find(recurrence["frequency"])
            ?? throw new FormatException($"The recurrence has the frequency {recurrence["frequency"].ToJson()}, which is none of {string.Join(", ", RecurrenceFrequencies.Names)}.");
        if (!Literals.TryReadInteger(recurrence["interval"], out var interval) || interval is < 1 or > int.MaxValue)
            throw new FormatException($"The recurrence has the interval {recurrence["interval"].ToJson()}; an integer of at least 1 was expected.");
        var clock = new WallClock(Zone(recurrence["timeZone"]));
        var start = recurrence["startTime"].IsNull ? saved.UtcDateTime : Time(recurrence["startTime"], "start", clock);
        var end = recurrence["endTime"].IsNull ? Last : Time(recurrence["endTime"], "end", clock);
        var times = recurrence["schedule"].AsObjectOrNull is { Count: > 0 } schedule ? ScheduleTimes.Read(schedule, clock.ToLocal(start)) : null;
        if (times is not null && !RecurrenceFrequencies.Scheduled.Contains(frequency))
            throw new FormatException($"The recurrence has a schedule, which goes with the frequencies {string.Join(", ", RecurrenceFrequencies.Scheduled)}, and the frequency {frequency}.");
        return new RecurrenceSchedule(frequency, (int)interval, start, end, clock, times);
    }

    /// <summary>The first occurrence after a moment, in UTC; null where there is none in the next twelve years, or none up to <c>endTime</c>.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset moment)
    {
        var after = moment.UtcDateTime;
        if (after >= Last) return null;
        var next = _times is { } times ? NextScheduled(after, times) : NextStep(after);
        return next is { } found && found <= _end ? new DateTimeOffset(found, TimeSpan.Zero) : null;
    }

    /// <summary>The occurrences after a moment, in order, without end where there is none.</summary>
    public IEnumerable<DateTimeOffset> OccurrencesAfter(DateTimeOffset moment)
    {
        for (var next = NextAfter(moment); next is { } occurrence; next = NextAfter(occurrence)) yield return occurrence;
    }

    /// <summary>The last occurrence of a recurrence without <c>schedule</c> at a moment or before it, in UTC; null before the start.</summary>
    /// <exception cref="InvalidOperationException">There is a schedule.</exception>
    internal DateTimeOffset? LastUpTo(DateTimeOffset moment)
    {
        if (_times is not null) throw new InvalidOperationException("A recurrence with a schedule is asked for its next occurrence only.");
        var until = moment.UtcDateTime < _end ? moment.UtcDateTime : _end;
        if (until < _start) return null;
        if (Elapsed() is { } step) return new DateTimeOffset(_start.AddTicks((until - _start).Ticks / step.Ticks * step.Ticks), TimeSpan.Zero);
        var start = _clock.ToLocal(_start);
        for (var k = StepsUntil(start, _clock.ToLocal(until)) + 1; ; k--)
        {
            // The step 0 is the start, which is not later.
            if (Step(start, k) is { } local && _clock.ToUtc(local) is var occurrence && occurrence <= until) return new DateTimeOffset(occurrence, TimeSpan.Zero);
        }
    }

    private static TimeZoneInfo Zone(FlowValue written)
    {
        if (written.IsNull) return TimeZoneInfo.Utc;
        return written.AsStringOrNull is { } id && TimeZones.Find(id) is { } zone ? zone : throw new FormatException($"The recurrence has the time zone {written.ToJson()}, which is not known.");
    }

    private static DateTime Time(FlowValue written, string which, WallClock clock)
    {
        // With an offset or a Z the zone does not count for it.
        // A time of day alone would take the day of the machine.
        if (!DateTime.TryParse(written.AsStringOrNull, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind | DateTimeStyles.NoCurrentDateDefault, out var time) || time < First || time > Last)
            throw new FormatException($"The recurrence has the {which} time {written.ToJson()}, which is not a date.");
        return time.Kind == DateTimeKind.Unspecified ? clock.ToUtc(time) : time.ToUniversalTime();
    }

    private DateTime? NextStep(DateTime after)
    {
        if (after < _start) return _start;
        if (Elapsed() is { } step)
        {
            var steps = ((after - _start).Ticks / step.Ticks) + 1;
            return steps > (Last - _start).Ticks / step.Ticks ? null : _start.AddTicks(steps * step.Ticks);
        }

        // Counted from the start, so that a start on the 31st is on the 31st again after a shorter month.
        var start = _clock.ToLocal(_start);
        for (var k = Math.Max(0, StepsUntil(start, _clock.ToLocal(after)) - 1); ; k++)
        {
            if (Step(start, k) is not { } local) return null;
            var next = _clock.ToUtc(local);
            if (next > after) return next;
        }
    }

    private TimeSpan? Elapsed() => _frequency switch
    {
        "Second" => TimeSpan.FromSeconds(_interval),
        "Minute" => TimeSpan.FromMinutes(_interval),
        "Hour" => TimeSpan.FromHours(_interval),
        _ => null,
    };

    private long StepsUntil(DateTime start, DateTime local) => _frequency switch
    {
        "Day" => (local.Date - start.Date).Days / _interval,
        "Week" => (local.Date - start.Date).Days / 7 / _interval,
        "Month" => MonthsBetween(start, local) / _interval,
        _ => (local.Year - start.Year) / _interval,
    };

    private DateTime? Step(DateTime start, long k)
    {
        var count = k * _interval;
        var days = _frequency == "Week" ? 7 * count : count;
        if (_frequency is "Day" or "Week") return days < (Last - start).Days ? start.AddDays(days) : null;
        var months = _frequency == "Year" ? 12 * count : count;
        return months < MonthsBetween(start, Last) ? start.AddMonths((int)months) : null;
    }

    private DateTime? NextScheduled(DateTime after, ScheduleTimes times)
    {
        var start = _clock.ToLocal(_start);
        var day = (after < _start ? start : _clock.ToLocal(after)).Date;
        var last = day.AddYears(YearsSearched);
        for (; day < last; day = day.AddDays(1))
        {
            if (!IsInPeriod(start, day) || !times.Includes(day, _frequency, start)) continue;

            // A time that moved out of the gap of spring can come after one that is written later: the earliest counts.
            DateTime? next = null;
            foreach (var time in times.OfDay)
            {
                var moment = _clock.ToUtc(day + time);
                if (moment > after && moment >= _start && (next is null || moment < next)) next = moment;
            }

            if (next is not null) return next;
        }

        return null;
    }

    // Periods are counted from that of the start; weeks begin on Monday.
    private bool IsInPeriod(DateTime start, DateTime day) => _frequency switch
    {
        "Day" => (day - start.Date).Days % _interval == 0,
        "Week" => (Monday(day) - Monday(start.Date)).Days / 7 % _interval == 0,
        _ => MonthsBetween(start, day) % _interval == 0,
    };

    private static DateTime Monday(DateTime day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static int MonthsBetween(DateTime from, DateTime to) => (12 * (to.Year - from.Year)) + to.Month - from.Month;
}
