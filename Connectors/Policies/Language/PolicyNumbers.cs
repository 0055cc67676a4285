using System.Globalization;
using System.Numerics;

namespace FlowEngine.Connectors;

/// <summary>Which type a number has: literals of C#, integers of JSON.</summary>
internal static class PolicyNumbers
{
    /// <summary>The number; null where it is none.</summary>
    /// <param name="digits">Without <c>0x</c> and <c>_</c>.</param>
    /// <param name="isHex">Whether they are hexadecimal.</param>
    /// <param name="isFloating">Whether there is a point or an exponent.</param>
    /// <param name="suffix">In lower case; empty for none.</param>
    public static object? Literal(string digits, bool isHex, bool isFloating, string suffix) => suffix switch
    {
        "m" when !isHex && decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        "d" when !isHex && double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        "f" when !isHex && float.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => (double)number,
        "" when isFloating && double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ when !isFloating && ulong.TryParse(digits, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var number) => Integer(number, suffix),
        _ => null,
    };

    /// <summary>A value for a variable of a number type. What is no plain number stays as it is.</summary>
    /// <param name="type">The variable's type; null for any.</param>
    /// <param name="value">The value.</param>
    /// <param name="isCast">Whether C# converts it here as if told so: <c>x += 1</c>.</param>
    /// <param name="at">Where.</param>
    /// <exception cref="PolicyExpressionException">C# makes no such number of it by itself.</exception>
    public static object? For(string? type, object? value, bool isCast, int at)
    {
        if (type is null || PolicyNumberTypes.OfValue(value) is not { } own || own == type) return value;
        if (isCast || PolicyNumberTypes.Widens(own, type)) return PolicyCasts.To(type, value, at);

        // C# takes constants that fit; what is constant is not known here.
        if (PolicyNumberTypes.IsWhole(own) && PolicyNumberTypes.IsWhole(type) && PolicyCasts.To(type, value, at) is { } whole && PolicyCasts.Text(whole) == PolicyCasts.Text(value)) return whole;
        throw new PolicyExpressionException($"A {own} does not become {(type is "int" or "uint" or "ulong" ? "an" : "a")} {type} by itself; cast it: ({type}).", at);
    }

    /// <summary>A JSON integer beyond <c>long</c>: a decimal where it is one, else a double of about that size.</summary>
    public static object Fitting(BigInteger big) => big >= (BigInteger)decimal.MinValue && big <= (BigInteger)decimal.MaxValue ? (decimal)big : (double)big;

    /// <summary>C# 7.3, integer literals: the first of int, uint, long and ulong that holds it, as far as the suffix allows; null where none does.</summary>
    public static object? Integer(ulong number, string suffix)
    {
        switch (suffix)
        {
            case "" when number <= int.MaxValue: return (int)number;
            case "" or "u" when number <= uint.MaxValue: return (uint)number;
            case "" or "l" when number <= long.MaxValue: return (long)number;
            case "" or "u" or "l" or "ul" or "lu": return number;
            default: return null;
        }
    }
}
