using System.Globalization;

namespace FlowEngine.Expressions;

/// <summary>The date formats of the locales, free of the machine's culture and of the peculiarities of its ICU data.</summary>
internal static class DateCultures
{
    /// <summary>The service's default: en-US as Windows knows it, with ordinary spaces (ICU writes U+202F before AM and PM).</summary>
    public static DateTimeFormatInfo Default { get; } = CreateEnglish();

    /// <summary>The formats of a locale, or null where there is no such locale.</summary>
    public static DateTimeFormatInfo? Find(string locale)
    {
        if (locale.Equals("en-us", StringComparison.OrdinalIgnoreCase)) return Default;
        CultureInfo culture;
        try
        {
            culture = CultureInfo.GetCultureInfo(locale, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }

        var formats = (DateTimeFormatInfo)culture.DateTimeFormat.Clone();
        formats.AMDesignator = Plain(formats.AMDesignator);
        formats.PMDesignator = Plain(formats.PMDesignator);
        formats.ShortDatePattern = Plain(formats.ShortDatePattern);
        formats.LongDatePattern = Plain(formats.LongDatePattern);
        formats.ShortTimePattern = Plain(formats.ShortTimePattern);
        formats.LongTimePattern = Plain(formats.LongTimePattern);
        formats.FullDateTimePattern = Plain(formats.FullDateTimePattern);
        formats.MonthDayPattern = Plain(formats.MonthDayPattern);
        formats.YearMonthPattern = Plain(formats.YearMonthPattern);
        return formats;
    }

    private static DateTimeFormatInfo CreateEnglish()
    {
        var formats = (DateTimeFormatInfo)DateTimeFormatInfo.InvariantInfo.Clone();
        formats.ShortDatePattern = "M/d/yyyy";
        formats.LongDatePattern = "dddd, MMMM d, yyyy";
        formats.ShortTimePattern = "h:mm tt";
        formats.LongTimePattern = "h:mm:ss tt";
        formats.FullDateTimePattern = "dddd, MMMM d, yyyy h:mm:ss tt";
        formats.MonthDayPattern = "MMMM d";
        formats.YearMonthPattern = "MMMM yyyy";
        return DateTimeFormatInfo.ReadOnly(formats);
    }

    private static string Plain(string pattern) => pattern.Replace('\u202F', ' ').Replace('\u00A0', ' ');
}
