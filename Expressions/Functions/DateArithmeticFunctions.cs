using System.Globalization;

namespace FlowEngine.Expressions;

/// <summary>Times moved by an amount, and amounts between times.</summary>
/// <remarks>Months and years clamp to the end of the month: 31 January and one month is 28 February (recorded).</remarks>
internal static class DateArithmeticFunctions
{
    private const string TimestampParameter = "timestamp: String, ISO 8601 or as en-US writes it";
    private const string FormatParameter = "format: String, optional, a .NET date format; default 'o'";
    private const string UnitParameter = "unit: String, Second, Minute, Hour, Day, Week, Month or Year";

    public static readonly FunctionTable Table = new()
    {
        new FunctionSpec("addDays", 2, 3, AddDays)
        {
            Summary = "Adds days to a time.",
            Parameters = [TimestampParameter, "days: Integer, may be negative", FormatParameter],
            Examples = ["addDays('2018-03-15T00:00:00Z', 10) -> \"2018-03-25T00:00:00.0000000Z\"", "addDays('2018-03-15T00:00:00Z', -5, 'yyyy-MM-dd') -> \"2018-03-10\""],
            Source = "expression-functions-reference#addDays; recorded",
        },
        new FunctionSpec("addHours", 2, 3, AddHours)
        {
            Summary = "Adds hours to a time.",
            Parameters = [TimestampParameter, "hours: Integer, may be negative", FormatParameter],
            Examples = ["addHours('2018-03-15T15:00:00Z', -5) -> \"2018-03-15T10:00:00.0000000Z\""],
            Source = "expression-functions-reference#addHours; recorded",
        },
        new FunctionSpec("addMinutes", 2, 3, AddMinutes)
        {
            Summary = "Adds minutes to a time.",
            Parameters = [TimestampParameter, "minutes: Integer, may be negative", FormatParameter],
            Examples = ["addMinutes('2018-03-15T00:10:00Z', 10) -> \"2018-03-15T00:20:00.0000000Z\""],
            Source = "expression-functions-reference#addMinutes; recorded",
        },
        new FunctionSpec("addSeconds", 2, 3, AddSeconds)
        {
            Summary = "Adds seconds to a time.",
            Parameters = [TimestampParameter, "seconds: Integer, may be negative", FormatParameter],
            Examples = ["addSeconds('2018-03-15T00:00:00Z', 10) -> \"2018-03-15T00:00:10.0000000Z\""],
            Source = "expression-functions-reference#addSeconds; recorded",
        },
        new FunctionSpec("addToTime", 3, 4, AddToTime)
        {
            Summary = "Adds a number of units to a time.",
            Parameters = [TimestampParameter, "interval: Integer", UnitParameter, FormatParameter],
            Examples = ["addToTime('2018-01-31T00:00:00Z', 1, 'Month') -> \"2018-02-28T00:00:00.0000000Z\""],
            Source = "expression-functions-reference#addToTime; recorded",
        },
        new FunctionSpec("subtractFromTime", 3, 4, SubtractFromTime)
        {
            Summary = "Takes a number of units from a time.",
            Parameters = [TimestampParameter, "interval: Integer", UnitParameter, FormatParameter],
            Examples = ["subtractFromTime('2018-01-02T00:00:00Z', 1, 'Day') -> \"2018-01-01T00:00:00.0000000Z\""],
            Source = "expression-functions-reference#subtractFromTime; recorded",
        },
        new FunctionSpec("getFutureTime", 2, 3, GetFutureTime)
        {
            Summary = "The present moment and a number of units.",
            Parameters = ["interval: Integer", UnitParameter, FormatParameter],
            Source = "expression-functions-reference#getFutureTime",
        },
        new FunctionSpec("getPastTime", 2, 3, GetPastTime)
        {
            Summary = "The present moment less a number of units.",
            Parameters = ["interval: Integer", UnitParameter, FormatParameter],
            Source = "expression-functions-reference#getPastTime",
        },
        new FunctionSpec("dateDifference", 2, 2, DateDifference)
        {
            Summary = "The time from one moment to another, as [-][d.]hh:mm:ss[.fffffff].",
            Parameters = ["start: String, a time", "end: String, a time"],
            Examples = ["dateDifference('2015-02-08', '2018-07-30') -> \"1268.00:00:00\"", "dateDifference('2018-07-30T10:00:00', '2018-07-30T11:30:00') -> \"01:30:00\""],
            Source = "expression-functions-reference#dateDifference; recorded",
        },
        new FunctionSpec("formatTimeSpan", 2, 3, FormatTimeSpan)
        {
            Summary = "Writes an amount of time in a format.",
            Parameters = ["timeSpan: String, [-][d.]hh:mm:ss[.fffffff]", "format: String, a .NET time span format", "culture: String, optional; default 'en-us'"],
            Examples = ["formatTimeSpan('1.02:03:04', 'hh\\:mm') -> \"02:03\""],
            Origin = FunctionOrigin.Undocumented,
            Source = "designer manifest; assumed",
        },
    };

    private static FlowValue AddDays(EvaluationContext context, ReadOnlySpan<FlowValue> arguments) => AddUnits("addDays", "Day", context, arguments);

    private static FlowValue AddHours(EvaluationContext context, ReadOnlySpan<FlowValue> arguments) => AddUnits("addHours", "Hour", context, arguments);

    private static FlowValue AddMinutes(EvaluationContext context, ReadOnlySpan<FlowValue> arguments) => AddUnits("addMinutes", "Minute", context, arguments);

    private static FlowValue AddSeconds(EvaluationContext context, ReadOnlySpan<FlowValue> arguments) => AddUnits("addSeconds", "Second", context, arguments);

    private static FlowValue AddToTime(EvaluationContext context, ReadOnlySpan<FlowValue> arguments) => Move("addToTime", context, arguments, 1);

    private static FlowValue SubtractFromTime(EvaluationContext context, ReadOnlySpan<FlowValue> arguments) => Move("subtractFromTime", context, arguments, -1);

    private static FlowValue GetFutureTime(EvaluationContext context, ReadOnlySpan<FlowValue> arguments) => MoveNow("getFutureTime", context, arguments, 1);

    private static FlowValue GetPastTime(EvaluationContext context, ReadOnlySpan<FlowValue> arguments) => MoveNow("getPastTime", context, arguments, -1);

    private static FlowValue DateDifference(EvaluationContext context, ReadOnlySpan<FlowValue> arguments)
    {
        const string Name = "dateDifference";
        var start = DateArguments.Time(Name, context, arguments, 0, DateCultures.Default);
        var end = DateArguments.Time(Name, context, arguments, 1, DateCultures.Default);
        return FlowValue.String((end.Clock - start.Clock).ToString("c", CultureInfo.InvariantCulture));
    }

    private static FlowValue FormatTimeSpan(EvaluationContext context, ReadOnlySpan<FlowValue> arguments)
    {
        const string Name = "formatTimeSpan";
        var text = arguments[0].AsStringOrNull ?? throw ArgumentFailure.Parameter(Name, 1, "to be a string that contains the time span", arguments[0]);
        var format = DateArguments.OptionalText(Name, arguments, 1);
        var culture = DateArguments.OptionalText(Name, arguments, 2) is { } locale ? FindCulture(Name, locale) : CultureInfo.InvariantCulture;
        if (!TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span))
            throw new ExpressionException($"In function '{Name}', the value provided for time span string '{text}' was not valid.");
        try
        {
            return FlowValue.String(span.ToString(format, culture));
        }
        catch (FormatException e)
        {
            throw new ExpressionException($"In function '{Name}', the value provided for time span format '{format}' was not valid.", e.Message, e);
        }
    }

    private static FlowValue AddUnits(string function, string unit, EvaluationContext context, ReadOnlySpan<FlowValue> arguments)
    {
        var time = DateArguments.Time(function, context, arguments);
        return DateArguments.Write(function, Add(function, time, DateArguments.Count(function, arguments, 1), unit), arguments, 2);
    }

    private static FlowValue Move(string function, EvaluationContext context, ReadOnlySpan<FlowValue> arguments, int sign)
    {
        var time = DateArguments.Time(function, context, arguments);
        var moved = Add(function, time, sign * DateArguments.Count(function, arguments, 1), Unit(function, arguments, 2));
        return DateArguments.Write(function, moved, arguments, 3);
    }

    private static FlowValue MoveNow(string function, EvaluationContext context, ReadOnlySpan<FlowValue> arguments, int sign)
    {
        var moved = Add(function, Timestamp.Utc(context.UtcNow), sign * DateArguments.Count(function, arguments, 0), Unit(function, arguments, 1));
        return DateArguments.Write(function, moved, arguments, 2);
    }

    private static string Unit(string function, ReadOnlySpan<FlowValue> arguments, int index) =>
        arguments[index].AsStringOrNull ?? throw ArgumentFailure.Parameter(function, index + 1, "to be a string", arguments[index]);

    private static Timestamp Add(string function, Timestamp time, double count, string unit)
    {
        try
        {
            var clock = time.Clock;
            return time with
            {
                Clock = unit.TrimEnd('s', 'S').ToUpperInvariant() switch
                {
                    "SECOND" => clock.AddSeconds(count),
                    "MINUTE" => clock.AddMinutes(count),
                    "HOUR" => clock.AddHours(count),
                    "DAY" => clock.AddDays(count),
                    "WEEK" => clock.AddDays(count * 7),
                    "MONTH" => clock.AddMonths(checked((int)count)),
                    "YEAR" => clock.AddYears(checked((int)count)),
                    _ => throw new ExpressionException(
                        $"In function '{function}', the value provided for the time unit '{unit}' was not valid. The supported units are 'Second', 'Minute', 'Hour', 'Day', 'Week', 'Month' and 'Year'."),
                },
            };
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw new ExpressionException(
                string.Create(CultureInfo.InvariantCulture, $"In function '{function}', adding '{count}' of the time unit '{unit}' gives a time outside of the years 1 to 9999."),
                e.Message,
                e);
        }
    }

    private static CultureInfo FindCulture(string function, string locale)
    {
        try
        {
            return CultureInfo.GetCultureInfo(locale, predefinedOnly: true);
        }
        catch (CultureNotFoundException e)
        {
            throw new ExpressionException($"In function '{function}', the value provided for the locale '{locale}' was not valid.", e.Message, e);
        }
    }
}
