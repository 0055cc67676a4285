using System.Globalization;

namespace FlowEngine.Expressions;

/// <summary>Numbers from text and to text: <c>int</c>, <c>float</c>, <c>decimal</c>, <c>isInt</c>, <c>isFloat</c>, <c>formatNumber</c>.</summary>
internal static class NumberText
{
    // The service takes thousands and a trailing sign (recorded: float('  +1,000 ') is 1000, float('200-') is -200), but no currency and no parentheses.
    private const NumberStyles FloatStyles = NumberStyles.Float | NumberStyles.Number;

    // int() is as lenient as float() except for the trailing sign (recorded: int('  200- ') fails).
    private const NumberStyles IntegerStyles = NumberStyles.Float | NumberStyles.AllowThousands;

    // No text of a number needs more; 'N999999999' would cost a gigabyte.
    private const int MaxPrecision = 9_999;

    /// <summary>Reads a Float in a locale's format.</summary>
    public static bool TryParseFloat(string text, NumberFormatInfo format, out double value) => double.TryParse(text, FloatStyles, format, out value);

    /// <summary>Reads a Decimal: no exponent, scale kept.</summary>
    public static bool TryParseDecimal(string text, out decimal value) => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out value);

    /// <summary>Whether the text is an integer: a sign and white space around it are fine.</summary>
    public static bool IsInteger(string text) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _);

    /// <summary>Reads an Integer as the service does, through a double.</summary>
    /// <remarks>Recorded: '100000000000000010' is 100000000000000016, 'nan' is the smallest Integer, '9223372036854775807' fails.</remarks>
    public static bool TryParseInteger(string text, out long value)
    {
        value = 0;
        return double.TryParse(text, IntegerStyles, NumberCultures.English, out var real) && TryToInteger(real, out value);
    }

    /// <summary>Turns a Float without a fraction into an Integer.</summary>
    public static bool TryToInteger(double real, out long value)
    {
        // .NET's cast saturates and would give 0 for NaN; recorded is what the processor makes of it.
        value = long.MinValue;
        if (double.IsNaN(real)) return true;
        if (real is < -9.2233720368547758E+18 or >= 9.2233720368547758E+18 || Math.Truncate(real) != real) return false;
        value = (long)real;
        return true;
    }

    /// <summary>Turns a Decimal without a fraction into an Integer.</summary>
    public static bool TryToInteger(decimal exact, out long value)
    {
        value = 0;
        if (exact is < long.MinValue or > long.MaxValue || decimal.Truncate(exact) != exact) return false;
        value = (long)exact;
        return true;
    }

    /// <summary>The number in a .NET format, standard or custom.</summary>
    /// <exception cref="FormatException">No such format, or one for Integers only.</exception>
    public static string Format(FlowValue number, string format, NumberFormatInfo culture)
    {
        if (Precision(format) > MaxPrecision) throw new FormatException("Format specifier was invalid.");
        return number.Kind switch
        {
            FlowValueKind.Integer => number.AsInteger.ToString(format, culture),
            FlowValueKind.Float => number.AsDouble.ToString(format, culture),
            _ => number.AsDecimal.ToString(format, culture),
        };
    }

    private static long Precision(string format)
    {
        if (format.Length < 2 || !char.IsAsciiLetter(format[0]) || format.AsSpan(1).ContainsAnyExceptInRange('0', '9')) return 0;
        return long.TryParse(format.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var digits) ? digits : long.MaxValue;
    }
}
