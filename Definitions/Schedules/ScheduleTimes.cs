namespace FlowEngine.Definitions;

/// <summary>The <c>schedule</c> of a recurrence: its times of the day, and the days on which they count.</summary>
internal sealed class ScheduleTimes
{
    private readonly HashSet<DayOfWeek> _weekDays;
    private readonly int[] _monthDays;

    private ScheduleTimes(TimeSpan[] ofDay, HashSet<DayOfWeek> weekDays, int[] monthDays)
    {
        OfDay = ofDay;
        _weekDays = weekDays;
        _monthDays = monthDays;
    }

    /// <summary>Every combination of <c>hours</c> and <c>minutes</c>, in order.</summary>
    public TimeSpan[] OfDay { get; }

    /// <summary>Reads a <c>schedule</c>.</summary>
    /// <param name="schedule">The object.</param>
    /// <param name="start">The start's wall time: what the schedule leaves out comes from it.</param>
    /// <exception cref="FormatException">A member can't be read.</exception>
    public static ScheduleTimes Read(FlowObject schedule, DateTime start)
    {
        var hours = Numbers(schedule, "hours", 0, 23) ?? [start.Hour];
        var minutes = Numbers(schedule, "minutes", 0, 59) ?? [start.Minute];

        // The start's seconds count only where its minute does.
        var second = schedule["minutes"].IsNull ? start.Second : 0;
        var times = hours.SelectMany(hour => minutes.Select(minute => new TimeSpan(hour, minute, second))).Distinct().Order().ToArray();
        return new ScheduleTimes(times, WeekDays(schedule), MonthDays(schedule));
    }

    /// <summary>Whether the times count on that day; a day of the month that the month lacks is left out.</summary>
    public bool Includes(DateTime day, string frequency, DateTime start)
    {
        var length = DateTime.DaysInMonth(day.Year, day.Month);
        return frequency switch
        {
            "Week" => _weekDays.Count == 0 ? day.DayOfWeek == start.DayOfWeek : _weekDays.Contains(day.DayOfWeek),
            "Month" when _monthDays.Length > 0 => Array.Exists(_monthDays, d => (d < 0 ? length + 1 + d : d) == day.Day),
            "Month" => day.Day == Math.Min(start.Day, length),
            _ => true,
        };
    }

    private static int[] MonthDays(FlowObject schedule)
    {
        var days = Numbers(schedule, "monthDays", -31, 31) ?? [];
        return Array.IndexOf(days, 0) < 0 ? days : throw new FormatException("The schedule has 0 in 'monthDays'; days count from 1, or backwards from -1.");
    }

    private static int[]? Numbers(FlowObject schedule, string member, int minimum, int maximum)
    {
        var written = schedule[member];
        if (written.IsNull) return null;
        var numbers = (written.AsArrayOrNull ?? FlowArray.Create(written)).Select(value => Literals.TryReadInteger(value, out var number) && number >= minimum && number <= maximum
            ? (int)number
            : throw new FormatException($"The schedule has {value.ToJson()} in '{member}'; integers from {minimum} to {maximum} are taken.")).ToArray();
        return numbers.Length == 0 ? null : numbers;
    }

    private static HashSet<DayOfWeek> WeekDays(FlowObject schedule)
    {
        var written = schedule["weekDays"];
        if (written.IsNull) return [];
        return (written.AsArrayOrNull ?? FlowArray.Create(written)).Select(value =>
            value.AsStringOrNull is [> '9', ..] text && Enum.TryParse<DayOfWeek>(text, ignoreCase: true, out var day)
                ? day
                : throw new FormatException($"The schedule has {value.ToJson()} in 'weekDays'; names of days, Monday to Sunday, are taken.")).ToHashSet();
    }
}
