using System.Globalization;
using System.Text;

namespace FlowEngine.Expressions;

/// <summary>Times from text and to text. Neither depends on the zone or culture of the machine.</summary>
internal static class DateText
{
    /// <summary>Seven fraction digits and the zone as it was given; what every date function returns without a format.</summary>
    public const string DefaultFormat = "o";

    /// <summary>Reads ISO 8601 or what the locale writes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="formats">The locale.</param>
    /// <param name="today">The date of a text that is only a time of day, and the year of one that names none.</param>
    /// <param name="timestamp">The time.</param>
    public static bool TryParse(string text, DateTimeFormatInfo formats, DateTime today, out Timestamp timestamp)
    {
        timestamp = default;
        if (!DateTime.TryParse(text, formats, DateTimeStyles.RoundtripKind | DateTimeStyles.NoCurrentDateDefault, out var clock)) return false;
        if (clock.Date != default && !HasYear(text))
        {
            // Without a year .NET would take that of the machine's clock.
            var dated = string.Create(CultureInfo.InvariantCulture, $"{text} {today:yyyy}");
            if (DateTime.TryParse(dated, formats, DateTimeStyles.RoundtripKind | DateTimeStyles.NoCurrentDateDefault, out var thisYear)) (text, clock) = (dated, thisYear);
        }

        if (clock.Date == default && clock.Kind != DateTimeKind.Local && IsTimeOfDay(text)) clock = DateTime.SpecifyKind(today.Date + clock.TimeOfDay, clock.Kind);
        return TryKeepKind(clock, text, null, formats, out timestamp);
    }

    /// <summary>Reads text of exactly the given format.</summary>
    public static bool TryParseExact(string text, string format, DateTimeFormatInfo formats, out Timestamp timestamp)
    {
        timestamp = default;
        if (!DateTime.TryParseExact(text, format, formats, DateTimeStyles.RoundtripKind | DateTimeStyles.NoCurrentDateDefault, out var clock)) return false;
        return TryKeepKind(clock, text, format, formats, out timestamp);
    }

    /// <summary>Writes a time by a .NET standard or custom format.</summary>
    /// <exception cref="FormatException">No such format.</exception>
    public static string Write(Timestamp timestamp, string? format, DateTimeFormatInfo formats)
    {
        format ??= DefaultFormat;
        // "U" means UTC whatever the kind; an empty format is "G", also where DateTimeOffset would add the offset.
        if (format.Length == 0) format = "G";
        return timestamp.Kind switch
        {
            _ when format == "U" => DateTime.SpecifyKind(timestamp.Clock, DateTimeKind.Utc).ToString(format, formats),
            TimestampKind.Utc => DateTime.SpecifyKind(timestamp.Clock, DateTimeKind.Utc).ToString(format, formats),
            TimestampKind.Offset => new DateTimeOffset(timestamp.Clock.Ticks, TimeSpan.Zero).ToString(format, formats),
            _ => DateTime.SpecifyKind(timestamp.Clock, DateTimeKind.Unspecified).ToString(WithoutMachineZone(format), formats),
        };
    }

    private static bool TryKeepKind(DateTime clock, string text, string? format, DateTimeFormatInfo formats, out Timestamp timestamp)
    {
        timestamp = new Timestamp(DateTime.SpecifyKind(clock, DateTimeKind.Unspecified), clock.Kind == DateTimeKind.Utc ? TimestampKind.Utc : TimestampKind.Unzoned);
        if (clock.Kind != DateTimeKind.Local) return true;

        // Text with an offset was moved to the machine's zone: read it again as what it is.
        var isRead = format is null
            ? DateTimeOffset.TryParse(text, formats, DateTimeStyles.None, out var moment)
            : DateTimeOffset.TryParseExact(text, format, formats, DateTimeStyles.None, out moment);
        if (!isRead) return false;
        timestamp = new Timestamp(DateTime.SpecifyKind(moment.UtcDateTime, DateTimeKind.Unspecified), TimestampKind.Offset);
        return true;
    }

    private static bool HasYear(string text)
    {
        var digits = 0;
        foreach (var c in text)
        {
            digits = char.IsAsciiDigit(c) ? digits + 1 : 0;
            if (digits == 4) return true;
        }

        return false;
    }

    // Text that names the year 1 is a date; "10:30" and "4 PM" are the other texts that end up on that day.
    private static bool IsTimeOfDay(string text) => !text.Contains("0001", StringComparison.Ordinal);

    // The z of an unzoned time is the machine's offset in .NET; the service's machines run in UTC.
    private static string WithoutMachineZone(string format)
    {
        if (format.Length < 2 || !format.Contains('z', StringComparison.Ordinal)) return format;
        var result = new StringBuilder(format.Length + 8);
        for (var i = 0; i < format.Length; i++)
        {
            var c = format[i];
            if (c == '\\' && i + 1 < format.Length)
            {
                result.Append(c).Append(format[++i]);
            }
            else if (c is '\'' or '"')
            {
                var end = format.IndexOf(c, i + 1);
                if (end < 0) end = format.Length - 1;
                result.Append(format, i, end - i + 1);
                i = end;
            }
            else if (c == 'z')
            {
                var count = 1;
                while (i + 1 < format.Length && format[i + 1] == 'z')
                {
                    count++;
                    i++;
                }

                result.Append(count switch { 1 => "'+0'", 2 => "'+00'", _ => "'+00:00'" });
            }
            else
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }
}
