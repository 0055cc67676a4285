using System.Globalization;

namespace FlowEngine.Connectors;

/// <summary>Format strings. Long widths and precisions are refused: a few characters would build gigabytes.</summary>
internal static class PolicyFormats
{
    private const int MaxDigits = 2;
    private const int MaxWidth = 100;

    public static string Format(object? value, string format, int at)
    {
        Check(format, at);
        try
        {
            return PolicyOperators.Plain(value) is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : PolicyCasts.Text(value);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new PolicyExpressionException($"The format '{format}' can't be used: {e.Message}", at, 1, e);
        }
    }

    /// <summary><c>string.Format</c>. What it may build at most is charged before: a hole takes three characters, and there may be thousands of them.</summary>
    public static string Compose(string format, object?[] values, PolicyCall call)
    {
        long holes = 0;
        for (var open = format.IndexOf('{', StringComparison.Ordinal); open >= 0; open = format.IndexOf('{', open + 1))
        {
            var close = format.IndexOf('}', open);
            Check(close < 0 ? format[open..] : format[open..close], call.At);
            holes++;
        }

        var arguments = values.Select(value => PolicyOperators.Plain(value) is IFormattable formattable ? formattable : (object)PolicyCasts.Text(value)).ToArray();
        var longest = arguments.Length == 0 ? 0 : arguments.Max(argument => argument is string text ? text.Length : 0);
        call.Budget.Charge(2 * (format.Length + (holes * (longest + MaxWidth))), call.At);
        return string.Format(CultureInfo.InvariantCulture, format, arguments);
    }

    private static void Check(string format, int at)
    {
        var digits = 0;
        foreach (var c in format)
        {
            digits = char.IsAsciiDigit(c) ? digits + 1 : 0;
            if (digits > MaxDigits) throw new PolicyExpressionException("A format may have widths and precisions of two digits at most.", at);
        }
    }
}
