using System.Collections.Concurrent;
using System.Globalization;

namespace FlowEngine.Expressions;

/// <summary>How numbers are written in a locale, the same on every machine: our own data for the common locales, the system's for others.</summary>
/// <remarks>
/// The service runs on Windows: its groups are parted by U+00A0 where ICU has U+202F, its minus is the hyphen where ICU has U+2212, and
/// Iceland's currency is <c>kr</c> where ICU has <c>kr.</c> (documented). Patterns are .NET's indices.
/// </remarks>
internal static class NumberCultures
{
    private static readonly ConcurrentDictionary<string, NumberFormatInfo?> Known = new(StringComparer.OrdinalIgnoreCase);

    // locale | decimal | group | currency | currency digits | currency pattern, positive | negative | percent pattern | grouping, where not 3.
    // _ is U+00A0. A language without a region takes its first row.
    private const string Data = """
        en-US|.|,|$|2|0|1|1
        en-GB|.|,|£|2|0|1|1
        en-AU|.|,|$|2|0|1|1
        en-CA|.|,|$|2|0|1|1
        en-NZ|.|,|$|2|0|1|1
        en-IE|.|,|€|2|0|1|1
        en-IN|.|,|₹|2|0|1|1|3,2
        en-ZA|,|_|R|2|0|1|1
        en-SG|.|,|$|2|0|1|1
        de-DE|,|.|€|2|3|8|0
        de-AT|,|_|€|2|2|9|0
        de-CH|.|’|CHF|2|2|2|1
        de-LU|,|.|€|2|3|8|0
        fr-FR|,|_|€|2|3|8|0
        fr-BE|,|_|€|2|3|8|0
        fr-CA|,|_|$|2|3|8|0
        fr-CH|,|_|CHF|2|3|8|1
        es-ES|,|.|€|2|3|8|0
        es-MX|.|,|$|2|0|1|1
        es-AR|,|.|$|2|2|9|0
        es-CL|,|.|$|0|0|2|0
        es-CO|,|.|$|2|2|9|0
        es-US|.|,|$|2|0|1|0
        it-IT|,|.|€|2|3|8|1
        it-CH|.|’|CHF|2|2|2|1
        nl-NL|,|.|€|2|2|12|1
        nl-BE|,|.|€|2|2|12|1
        pt-BR|,|.|R$|2|2|9|1
        pt-PT|,|_|€|2|3|8|1
        sv-SE|,|_|kr|2|3|8|0
        nb-NO|,|_|kr|2|2|12|0
        no-NO|,|_|kr|2|2|12|0
        nn-NO|,|_|kr|2|3|8|0
        da-DK|,|.|kr.|2|3|8|0
        fi-FI|,|_|€|2|3|8|0
        is-IS|,|.|kr|0|3|8|1
        pl-PL|,|_|zł|2|3|8|1
        cs-CZ|,|_|Kč|2|3|8|0
        sk-SK|,|_|€|2|3|8|0
        hu-HU|,|_|Ft|2|3|8|1
        ro-RO|,|.|RON|2|3|8|0
        bg-BG|,|_|лв.|2|3|8|1
        hr-HR|,|.|€|2|3|8|0
        sl-SI|,|.|€|2|3|8|0
        et-EE|,|_|€|2|3|8|1
        lv-LV|,|_|€|2|3|8|1
        lt-LT|,|_|€|2|3|8|0
        el-GR|,|.|€|2|3|8|1
        tr-TR|,|.|₺|2|0|1|2
        ru-RU|,|_|₽|2|3|8|0
        uk-UA|,|_|₴|2|3|8|1
        he-IL|.|,|₪|2|3|8|1
        ja-JP|.|,|￥|0|0|1|1
        zh-CN|.|,|¥|2|0|1|1
        zh-TW|.|,|$|2|0|1|1
        zh-HK|.|,|HK$|2|0|1|1
        ko-KR|.|,|₩|0|0|1|1
        th-TH|.|,|฿|2|0|1|1
        vi-VN|,|.|₫|0|3|8|1
        id-ID|,|.|Rp|2|0|1|1
        ms-MY|.|,|RM|2|0|1|1
        hi-IN|.|,|₹|2|0|1|1|3,2
        ca-ES|,|.|€|2|3|8|0
        """;

    /// <summary>The locale of the service where a function is given none.</summary>
    public static NumberFormatInfo English { get; } = Find("en-US")!; // A row of the table.

    /// <summary>The number format of a locale, such as <c>de-de</c>; the empty name is the invariant one. Null for an unknown locale.</summary>
    public static NumberFormatInfo? Find(string locale) => Known.TryGetValue(locale, out var known) ? known : Remember(locale);

    private static NumberFormatInfo? Remember(string locale)
    {
        var format = Make(locale);

        // Names come from definitions: only what exists is kept, so that the number of entries is bounded.
        if (format is not null) Known.TryAdd(locale, format);
        return format;
    }

    private static NumberFormatInfo? Make(string locale)
    {
        if (locale.Length == 0) return NumberFormatInfo.InvariantInfo;
        foreach (var row in Data.AsSpan().EnumerateLines())
        {
            var name = row[..row.IndexOf('|')];
            if (name.Equals(locale, StringComparison.OrdinalIgnoreCase) || name[..2].Equals(locale, StringComparison.OrdinalIgnoreCase)) return Read(row.ToString());
        }

        return FromSystem(locale);
    }

    private static NumberFormatInfo Read(string row)
    {
        var cells = row.Replace('_', '\u00a0').Split('|');
        var sizes = cells.Length > 8 ? new[] { 3, 2 } : [3];
        var percent = Index(cells[7]);
        return NumberFormatInfo.ReadOnly(new NumberFormatInfo
        {
            NumberDecimalSeparator = cells[1],
            CurrencyDecimalSeparator = cells[1],
            PercentDecimalSeparator = cells[1],
            NumberGroupSeparator = cells[2],
            CurrencyGroupSeparator = cells[2],
            PercentGroupSeparator = cells[2],
            NumberGroupSizes = sizes,
            CurrencyGroupSizes = sizes,
            PercentGroupSizes = sizes,
            CurrencySymbol = cells[3],
            CurrencyDecimalDigits = Index(cells[4]),
            CurrencyPositivePattern = Index(cells[5]),
            CurrencyNegativePattern = Index(cells[6]),
            PercentPositivePattern = percent,
            PercentNegativePattern = percent,
            PositiveInfinitySymbol = "∞",
            NegativeInfinitySymbol = "-∞",
            NaNSymbol = "NaN",
        });
    }

    private static int Index(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    private static NumberFormatInfo? FromSystem(string locale)
    {
        try
        {
            var format = (NumberFormatInfo)CultureInfo.GetCultureInfo(locale, predefinedOnly: true).NumberFormat.Clone();
            format.NumberGroupSeparator = Widen(format.NumberGroupSeparator);
            format.CurrencyGroupSeparator = Widen(format.CurrencyGroupSeparator);
            format.PercentGroupSeparator = Widen(format.PercentGroupSeparator);
            format.NegativeSign = format.NegativeSign.Replace('\u2212', '-');
            return NumberFormatInfo.ReadOnly(format);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }

    private static string Widen(string separator) => separator.Replace('\u202f', '\u00a0');
}
