using System.Globalization;

namespace FlowEngine.Definitions;

/// <summary>ISO 8601 durations: <c>PT1H30M</c>, <c>P1DT12H</c>, <c>P2W</c>. Of timeouts, retry intervals, delays and pages of mocks.</summary>
/// <remarks>A year counts 365 days and a month 30, as .NET takes them; only the smallest unit given may have a fraction, and there is no sign.</remarks>
internal static class IsoDuration
{
    private const string DateUnits = "YMWD";
    private const string TimeUnits = "HMS";

    /// <summary>Reads a duration; false where the text is none or is longer than a <see cref="TimeSpan"/>.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        if (text is not ['P', _, ..] || text[^1] == 'T') return false;
        var units = DateUnits;
        var next = 0;
        var at = 1;
        var ticks = 0m;
        while (at < text.Length)
        {
            if (text[at] == 'T' && ReferenceEquals(units, DateUnits))
            {
                (units, next) = (TimeUnits, 0);
                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] is '.' or ',')) at++;
            if (at == text.Length || at == start) return false;
            var unit = units.IndexOf(text[at], next);
            var written = text[start..at].Replace(',', '.');
            if (unit < 0 || !decimal.TryParse(written, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;
            if (written.Contains('.', StringComparison.Ordinal) && (at + 1 < text.Length || written[0] == '.' || written[^1] == '.')) return false;
            var perUnit = TicksOf(units, unit);
            if (number > long.MaxValue / (decimal)perUnit) return false;
            ticks += number * perUnit;
            next = unit + 1;
            at++;
        }

        if (ticks > long.MaxValue) return false;
        duration = new TimeSpan((long)ticks);
        return true;
    }

    private static long TicksOf(string units, int unit) => units[unit] switch
    {
        'Y' => 365 * TimeSpan.TicksPerDay,
        'M' when ReferenceEquals(units, DateUnits) => 30 * TimeSpan.TicksPerDay,
        'W' => 7 * TimeSpan.TicksPerDay,
        'D' => TimeSpan.TicksPerDay,
        'H' => TimeSpan.TicksPerHour,
        'M' => TimeSpan.TicksPerMinute,
        _ => TimeSpan.TicksPerSecond,
    };
}
