using System.Globalization;
using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary>Durations on the command line: ISO 8601, or a number with <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c>.</summary>
internal static class Durations
{
    private static readonly (string Suffix, TimeSpan Unit)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
        ("d", TimeSpan.FromDays(1)),
    ];

    /// <exception cref="UsageException">It is no duration, or not above zero.</exception>
    public static TimeSpan Read(string text, string option) => TryRead(text, out var duration) && duration > TimeSpan.Zero
        ? duration
        : throw new UsageException($"{option} takes a duration such as 90s, 5m, 2h or PT1H30M, not '{text}'.");

    /// <summary>As people read it: <c>0.4s</c>, <c>2m 05s</c>, <c>3d 04h</c>.</summary>
    public static string Show(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0}s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{duration.Minutes}m {duration.Seconds:00}s"),
        { TotalHours: < 24 } => string.Create(CultureInfo.InvariantCulture, $"{duration.Hours}h {duration.Minutes:00}m"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{duration.Days}d {duration.Hours:00}h"),
    };

    private static bool TryRead(string text, out TimeSpan duration)
    {
        if (IsoDuration.TryParse(text, out duration)) return true;
        foreach (var (suffix, unit) in Units)
        {
            if (!text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)) continue;
            var number = text.AsSpan(0, text.Length - suffix.Length);
            if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)) continue;
            if (count > long.MaxValue / (decimal)unit.Ticks) return false;
            duration = new TimeSpan((long)(count * unit.Ticks));
            return true;
        }

        return false;
    }
}
