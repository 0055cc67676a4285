using System.Globalization;

namespace FlowEngine.Connectors;

/// <summary>Members of times and spans, of hashes and of chance.</summary>
internal static class PolicyTimes
{
    public static Dictionary<string, Func<object, PolicyCall, object?>> DateTimeMembers { get; } = new(StringComparer.Ordinal)
    {
        ["Year"] = (time, _) => ((DateTime)time).Year,
        ["Month"] = (time, _) => ((DateTime)time).Month,
        ["Day"] = (time, _) => ((DateTime)time).Day,
        ["Hour"] = (time, _) => ((DateTime)time).Hour,
        ["Minute"] = (time, _) => ((DateTime)time).Minute,
        ["Second"] = (time, _) => ((DateTime)time).Second,
        ["Millisecond"] = (time, _) => ((DateTime)time).Millisecond,
        ["Ticks"] = (time, _) => ((DateTime)time).Ticks,
        ["Date"] = (time, _) => ((DateTime)time).Date,
        ["DayOfYear"] = (time, _) => ((DateTime)time).DayOfYear,
        ["DayOfWeek"] = (time, _) => ((DateTime)time).DayOfWeek.ToString(),
        ["TimeOfDay"] = (time, _) => ((DateTime)time).TimeOfDay,
        ["Kind"] = (time, _) => new PolicyConstant(((DateTime)time).Kind.ToString()),
        ["AddYears"] = (time, call) => ((DateTime)time).AddYears(call.Integer(0)),
        ["AddMonths"] = (time, call) => ((DateTime)time).AddMonths(call.Integer(0)),
        ["AddDays"] = (time, call) => ((DateTime)time).AddDays(call.Number(0)),
        ["AddHours"] = (time, call) => ((DateTime)time).AddHours(call.Number(0)),
        ["AddMinutes"] = (time, call) => ((DateTime)time).AddMinutes(call.Number(0)),
        ["AddSeconds"] = (time, call) => ((DateTime)time).AddSeconds(call.Number(0)),
        ["AddMilliseconds"] = (time, call) => ((DateTime)time).AddMilliseconds(call.Number(0)),
        ["Add"] = (time, call) => (DateTime)time + (call[0] is TimeSpan span ? span : throw call.Fail("A TimeSpan was expected.")),
        ["Subtract"] = (time, call) => PolicyOperators.Binary("-", time, call[0], call.At, call.Budget),
        ["ToUniversalTime"] = (time, _) => ((DateTime)time).ToUniversalTime(),
        ["ToLocalTime"] = (time, _) => time,
        ["ToShortDateString"] = (time, _) => ((DateTime)time).ToString("d", CultureInfo.InvariantCulture),
        ["CompareTo"] = (time, call) => PolicyComparisons.Compare(time, call[0], call.At, call.Budget),
        ["ToString"] = Text,
    };

    public static Dictionary<string, Func<object, PolicyCall, object?>> OffsetMembers { get; } = new(StringComparer.Ordinal)
    {
        ["ToUnixTimeSeconds"] = (time, _) => ((DateTimeOffset)time).ToUnixTimeSeconds(),
        ["ToUnixTimeMilliseconds"] = (time, _) => ((DateTimeOffset)time).ToUnixTimeMilliseconds(),
        ["UtcDateTime"] = (time, _) => ((DateTimeOffset)time).UtcDateTime,
        ["DateTime"] = (time, _) => ((DateTimeOffset)time).DateTime,
        ["AddDays"] = (time, call) => ((DateTimeOffset)time).AddDays(call.Number(0)),
        ["AddHours"] = (time, call) => ((DateTimeOffset)time).AddHours(call.Number(0)),
        ["AddMinutes"] = (time, call) => ((DateTimeOffset)time).AddMinutes(call.Number(0)),
        ["AddSeconds"] = (time, call) => ((DateTimeOffset)time).AddSeconds(call.Number(0)),
        ["ToString"] = Text,
    };

    public static Dictionary<string, Func<object, PolicyCall, object?>> SpanMembers { get; } = new(StringComparer.Ordinal)
    {
        ["TotalDays"] = (span, _) => ((TimeSpan)span).TotalDays,
        ["TotalHours"] = (span, _) => ((TimeSpan)span).TotalHours,
        ["TotalMinutes"] = (span, _) => ((TimeSpan)span).TotalMinutes,
        ["TotalSeconds"] = (span, _) => ((TimeSpan)span).TotalSeconds,
        ["TotalMilliseconds"] = (span, _) => ((TimeSpan)span).TotalMilliseconds,
        ["Days"] = (span, _) => ((TimeSpan)span).Days,
        ["Hours"] = (span, _) => ((TimeSpan)span).Hours,
        ["Minutes"] = (span, _) => ((TimeSpan)span).Minutes,
        ["Seconds"] = (span, _) => ((TimeSpan)span).Seconds,
        ["Milliseconds"] = (span, _) => ((TimeSpan)span).Milliseconds,
        ["Ticks"] = (span, _) => ((TimeSpan)span).Ticks,
        ["ToString"] = Text,
    };

    public static Dictionary<string, Func<object, PolicyCall, object?>> HashMembers { get; } = new(StringComparer.Ordinal)
    {
        ["ComputeHash"] = (hash, call) => ((PolicyHash)hash).Compute(call.Bytes(0)),
        ["Key"] = (hash, _) => ((PolicyHash)hash).Key,
    };

    public static Dictionary<string, Func<object, PolicyCall, object?>> RandomMembers { get; } = new(StringComparer.Ordinal)
    {
        ["Next"] = (random, call) =>
        {
            var (least, most) = call.Count switch { 0 => (0, int.MaxValue), 1 => (0, call.Integer(0)), _ => (call.Integer(0), call.Integer(1)) };
            return least >= most ? least : (int)(least + (((PolicyRandom)random).Next() * ((long)most - least)));
        },
        ["NextDouble"] = (random, _) => ((PolicyRandom)random).Next(),
    };

    private static string Text(object value, PolicyCall call) =>
        call.Built(call.TextOrNull(0) is { } format && call[0] is string ? PolicyFormats.Format(value, format, call.At) : PolicyCasts.Text(value));
}
