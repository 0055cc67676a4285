namespace FlowEngine.Expressions;

/// <summary>The clock, text of times, and parts of times.</summary>
/// <remarks>
/// The kind of a time is kept: <c>Z</c> in, <c>Z</c> out; no zone in, none out; an offset is converted to UTC and printed <c>+00:00</c>
/// (recorded). None of them is folded: text that is only a time of day means today.
/// </remarks>
internal static class DateFunctions
{
    private const string TimestampParameter = "timestamp: String, ISO 8601 or as en-US writes it";
    private const string FormatParameter = "format: String, optional, a .NET date format; default 'o'";
    private const string LocaleParameter = "locale: String, optional; default 'en-us'";

    public static readonly FunctionTable Table = new()
    {
        new FunctionSpec("utcNow", 0, 1, UtcNow)
        {
            Summary = "The present moment; the same throughout one action.",
            Parameters = [FormatParameter],
            Source = "expression-functions-reference#utcNow",
        },
        new FunctionSpec("formatDateTime", 1, 3, FormatDateTime)
        {
            Summary = "Writes a time in a format.",
            Parameters = [TimestampParameter, FormatParameter, LocaleParameter],
            Examples =
            [
                "formatDateTime('03/15/2018') -> \"2018-03-15T00:00:00.0000000\"",
                "formatDateTime('2018-03-15T12:00:00', 'yyyy-MM-ddTHH:mm:ss') -> \"2018-03-15T12:00:00\"",
                "formatDateTime('01/31/2016', 'dddd MMMM d', 'es-es') -> \"domingo enero 31\"",
            ],
            Source = "expression-functions-reference#formatDateTime; recorded",
        },
        new FunctionSpec("parseDateTime", 1, 3, ParseDateTime)
        {
            Summary = "Reads a time as a locale or a format writes it.",
            Parameters = ["timestamp: String", LocaleParameter, "format: String, optional, a .NET date format that the text must have"],
            Examples =
            [
                "parseDateTime('20/10/2014', 'fr-fr') -> \"2014-10-20T00:00:00.0000000\"",
                "parseDateTime('21052019', 'fr-fr', 'ddMMyyyy') -> \"2019-05-21T00:00:00.0000000\"",
            ],
            Source = "expression-functions-reference#parseDateTime; recorded",
        },
        new FunctionSpec("startOfDay", 1, 2, StartOfDay)
        {
            Summary = "The first moment of the day.",
            Parameters = [TimestampParameter, FormatParameter],
            Examples = ["startOfDay('2018-03-15T13:30:30Z') -> \"2018-03-15T00:00:00.0000000Z\""],
            Source = "expression-functions-reference#startOfDay; recorded",
        },
        new FunctionSpec("startOfHour", 1, 2, StartOfHour)
        {
            Summary = "The first moment of the hour.",
            Parameters = [TimestampParameter, FormatParameter],
            Examples = ["startOfHour('2018-03-15T13:30:30Z') -> \"2018-03-15T13:00:00.0000000Z\""],
            Source = "expression-functions-reference#startOfHour; recorded",
        },
        new FunctionSpec("startOfMonth", 1, 2, StartOfMonth)
        {
            Summary = "The first moment of the month.",
            Parameters = [TimestampParameter, FormatParameter],
            Examples = ["startOfMonth('2018-03-15T13:30:30Z') -> \"2018-03-01T00:00:00.0000000Z\""],
            Source = "expression-functions-reference#startOfMonth; recorded",
        },
        new FunctionSpec("dayOfWeek", 1, 1, DayOfWeek)
        {
            Summary = "The day of the week, Sunday being 0.",
            Parameters = [TimestampParameter],
            Examples = ["dayOfWeek('2018-03-15T13:27:36Z') -> 4"],
            Source = "expression-functions-reference#dayOfWeek; recorded",
        },
        new FunctionSpec("dayOfMonth", 1, 1, DayOfMonth)
        {
            Summary = "The day of the month, from 1.",
            Parameters = [TimestampParameter],
            Examples = ["dayOfMonth('2018-03-15T13:27:36Z') -> 15"],
            Source = "expression-functions-reference#dayOfMonth; recorded",
        },
        new FunctionSpec("dayOfYear", 1, 1, DayOfYear)
        {
            Summary = "The day of the year, from 1.",
            Parameters = [TimestampParameter],
            Examples = ["dayOfYear('2018-03-15T13:27:36Z') -> 74"],
            Source = "expression-functions-reference#dayOfYear; recorded",
        },
        new FunctionSpec("ticks", 1, 1, Ticks)
        {
            Summary = "The number of 100 nanosecond steps since 0001-01-01.",
            Parameters = [TimestampParameter],
            Examples = ["ticks('1970-01-01T00:00:00Z') -> 621355968000000000"],
            Source = "expression-functions-reference#ticks; recorded",
        },
    };

    private static FlowValue UtcNow(EvaluationContext context, ReadOnlySpan<FlowValue> arguments) =>
        DateArguments.Write("utcNow", Timestamp.Utc(context.UtcNow), arguments, 0);

    private static FlowValue FormatDateTime(EvaluationContext context, ReadOnlySpan<FlowValue> arguments)
    {
        const string Name = "formatDateTime";
        var time = DateArguments.Time(Name, context, arguments);
        return DateArguments.Write(Name, time, DateArguments.OptionalText(Name, arguments, 1), DateArguments.Locale(Name, arguments, 2));
    }

    private static FlowValue ParseDateTime(EvaluationContext context, ReadOnlySpan<FlowValue> arguments)
    {
        const string Name = "parseDateTime";
        var locale = DateArguments.Locale(Name, arguments, 1);
        if (DateArguments.OptionalText(Name, arguments, 2) is not { } format)
            return DateArguments.Write(Name, DateArguments.Time(Name, context, arguments, 0, locale), null, DateCultures.Default);
        var text = DateArguments.TimeText(Name, arguments, 0);
        try
        {
            return DateText.TryParseExact(text, format, locale, out var timestamp)
                ? DateArguments.Write(Name, timestamp, null, DateCultures.Default)
                : throw DateArguments.NotATime(Name, text);
        }
        catch (FormatException e)
        {
            // Trying to parse throws all the same where the format is one letter that stands for none.
            throw DateArguments.NotAFormat(Name, format, e);
        }
    }

    private static FlowValue StartOfDay(EvaluationContext context, ReadOnlySpan<FlowValue> arguments) =>
        StartOf("startOfDay", context, arguments, clock => clock.Date);

    private static FlowValue StartOfHour(EvaluationContext context, ReadOnlySpan<FlowValue> arguments) =>
        StartOf("startOfHour", context, arguments, clock => clock.Date.AddHours(clock.Hour));

    private static FlowValue StartOfMonth(EvaluationContext context, ReadOnlySpan<FlowValue> arguments) =>
        StartOf("startOfMonth", context, arguments, clock => clock.Date.AddDays(1 - clock.Day));

    private static FlowValue DayOfWeek(EvaluationContext context, ReadOnlySpan<FlowValue> arguments) =>
        (long)DateArguments.Time("dayOfWeek", context, arguments).Clock.DayOfWeek;

    private static FlowValue DayOfMonth(EvaluationContext context, ReadOnlySpan<FlowValue> arguments) =>
        DateArguments.Time("dayOfMonth", context, arguments).Clock.Day;

    private static FlowValue DayOfYear(EvaluationContext context, ReadOnlySpan<FlowValue> arguments) =>
        DateArguments.Time("dayOfYear", context, arguments).Clock.DayOfYear;

    private static FlowValue Ticks(EvaluationContext context, ReadOnlySpan<FlowValue> arguments) =>
        DateArguments.Time("ticks", context, arguments).Clock.Ticks;

    private static FlowValue StartOf(string function, EvaluationContext context, ReadOnlySpan<FlowValue> arguments, Func<DateTime, DateTime> start)
    {
        var time = DateArguments.Time(function, context, arguments);
        return DateArguments.Write(function, time with { Clock = start(time.Clock) }, arguments, 1);
    }
}
