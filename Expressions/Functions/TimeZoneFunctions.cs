namespace FlowEngine.Expressions;

/// <summary>Times between zones. Zones go by their Windows names (documented) or IANA names (assumed).</summary>
/// <remarks>A result says <c>Z</c> where its zone is UTC and nothing about its zone otherwise (documented, recorded).</remarks>
internal static class TimeZoneFunctions
{
    private const string TimestampParameter = "timestamp: String, ISO 8601 or as en-US writes it";
    private const string FormatParameter = "format: String, optional, a .NET date format; default 'o'";

    public static readonly FunctionTable Table = new()
    {
        new FunctionSpec("convertFromUtc", 2, 3, ConvertFromUtc)
        {
            Summary = "Converts a time from UTC to a zone.",
            Parameters = [TimestampParameter, "destinationTimeZone: String, a zone", FormatParameter],
            Examples = ["convertFromUtc('2018-01-01T08:00:00.0000000Z', 'Pacific Standard Time') -> \"2018-01-01T00:00:00.0000000\""],
            Source = "expression-functions-reference#convertFromUtc; recorded",
        },
        new FunctionSpec("convertToUtc", 2, 3, ConvertToUtc)
        {
            Summary = "Converts a time from a zone to UTC.",
            Parameters = [TimestampParameter, "sourceTimeZone: String, a zone", FormatParameter],
            Examples = ["convertToUtc('01/01/2018 00:00:00', 'Pacific Standard Time') -> \"2018-01-01T08:00:00.0000000Z\""],
            Source = "expression-functions-reference#convertToUtc; recorded",
        },
        new FunctionSpec("convertTimeZone", 3, 4, ConvertTimeZone)
        {
            Summary = "Converts a time from one zone to another.",
            Parameters = [TimestampParameter, "sourceTimeZone: String, a zone", "destinationTimeZone: String, a zone", FormatParameter],
            Examples = ["convertTimeZone('2018-01-01T08:00:00.0000000Z', 'UTC', 'Pacific Standard Time') -> \"2018-01-01T00:00:00.0000000\""],
            Source = "expression-functions-reference#convertTimeZone; recorded",
        },
    };

    private static FlowValue ConvertFromUtc(EvaluationContext context, ReadOnlySpan<FlowValue> arguments)
    {
        const string Name = "convertFromUtc";
        var time = DateArguments.Time(Name, context, arguments);
        return DateArguments.Write(Name, FromUtc(time.Clock, Zone(Name, arguments, 1)), arguments, 2);
    }

    private static FlowValue ConvertToUtc(EvaluationContext context, ReadOnlySpan<FlowValue> arguments)
    {
        const string Name = "convertToUtc";
        var time = DateArguments.Time(Name, context, arguments);
        return DateArguments.Write(Name, Timestamp.Utc(ToUtc(Name, time, arguments)), arguments, 2);
    }

    private static FlowValue ConvertTimeZone(EvaluationContext context, ReadOnlySpan<FlowValue> arguments)
    {
        const string Name = "convertTimeZone";
        var time = DateArguments.Time(Name, context, arguments);
        var utc = ToUtc(Name, time, arguments);
        return DateArguments.Write(Name, FromUtc(utc, Zone(Name, arguments, 2)), arguments, 3);
    }

    private static Timestamp FromUtc(DateTime clock, TimeZoneInfo zone)
    {
        if (IsUtc(zone)) return Timestamp.Utc(clock);
        var local = TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(clock, DateTimeKind.Utc), zone);
        return new Timestamp(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), TimestampKind.Unzoned);
    }

    // The zone stands in the second argument of both functions that need it.
    private static DateTime ToUtc(string function, Timestamp time, ReadOnlySpan<FlowValue> arguments)
    {
        var zone = Zone(function, arguments, 1);
        if (time.Kind == TimestampKind.Utc && !IsUtc(zone))
        {
            throw ArgumentFailure.Because(
                function,
                $"expects its second parameter to be a time zone matching the time zone indicated by the timestamp. The provided value '{arguments[1].AsString}' does not match.");
        }

        if (time.Kind != TimestampKind.Unzoned) return time.Clock;

        // In the hour that clocks skip in spring there is no such time.
        if (zone.IsInvalidTime(time.Clock)) throw DateArguments.NotATime(function, arguments[0].AsString);
        return TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(time.Clock, DateTimeKind.Unspecified), zone);
    }

    private static TimeZoneInfo Zone(string function, ReadOnlySpan<FlowValue> arguments, int index)
    {
        var id = arguments[index].AsStringOrNull ?? throw ArgumentFailure.Parameter(function, index + 1, "to be a string", arguments[index]);
        return TimeZones.Find(id) ?? throw new ExpressionException(
            $"In the template language function '{function}', the value provided for the time zone id '{id}' was not valid.",
            TimeZones.Nearest(id) is { } nearest ? $"Did you mean '{nearest}'?" : null);
    }

    private static bool IsUtc(TimeZoneInfo zone) => zone.Id is "UTC" or "Etc/UTC" or "Etc/UCT" or "Etc/Zulu" or "Zulu" or "UCT" or "Etc/Universal" or "Universal";
}
