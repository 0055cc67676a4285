using System.Globalization;

namespace FlowEngine.Connectors;

/// <summary>Format strings. Long widths and precisions are refused: a few characters would build gigabytes.</summary>
internal static class PolicyFormats
{
    public static string Format(object? value, string format, int at)
    {
        Check(format, at);
        try
        {
            return PolicyOperators.Plain(value) is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : PolicyCasts.Text(value);
        }
        catch (FormatException e)
        {
            throw new PolicyExpressionException($"The format '{format}' can't be used: {e.Message}", at, 1, e);
        }
    }

    /// <summary><c>string.Format</c>.</summary>
    public static string Compose(string format, object?[] values, int at)
    {
        for (var open = format.IndexOf('{', StringComparison.Ordinal); open >= 0; open = format.IndexOf('{', open + 1))
        {
            var close = format.IndexOf('}', open);
            Check(close < 0 ? format[open..] : format[open..close], at);
        }

        try
        {
            return string.Format(CultureInfo.InvariantCulture, format, [.. values.Select(value => PolicyOperators.Plain(value) is IFormattable formattable ? formattable : (object)PolicyCasts.Text(value))]);
        }
        catch (FormatException e)
        {
            throw new PolicyExpressionException($"The format can't be used: {e.Message}", at, 1, e);
        }
    }

    private static void Check(string format, int at)
    {
        var digits = 0;
        foreach (var c in format)
        {
            digits = char.IsAsciiDigit(c) ? digits + 1 : 0;
            if (digits > 2) throw new PolicyExpressionException("A format may have widths and precisions of two digits at most.", at);
        }
    }
}
