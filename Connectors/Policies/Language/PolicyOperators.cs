using System.Globalization;
using System.Numerics;
using Newtonsoft.Json.Linq;

namespace FlowEngine.Connectors;

/// <summary>The operators of C# over the values that policy expressions have.</summary>
internal static class PolicyOperators
{
    public static bool IsNull(object? value) => value is null or JValue { Type: JTokenType.Null or JTokenType.Undefined };

    /// <summary>A scalar of JSON as the scalar itself.</summary>
    public static object? Plain(object? value) => value is JValue json ? json.Value is BigInteger big ? PolicyNumbers.Fitting(big) : json.Value : value;

    public static bool Truth(object? value, int at) => Plain(value) is bool truth ? truth : throw new PolicyExpressionException($"A condition must be a boolean, but is {PolicyCasts.NameOf(value)}.", at);

    public static object? Unary(string sign, object? operand, int at)
    {
        operand = Promoted(Plain(operand));
        object? result = (sign, operand) switch
        {
            ("!", bool truth) => !truth,
            ("-", int number) => unchecked(-number),
            ("-", uint number) => -(long)number,
            ("-", long number) => unchecked(-number),
            ("-", double number) => -number,
            ("-", decimal number) => -number,
            ("-", TimeSpan span) => PolicyGuard.Run(() => -span, sign, at),
            ("+", _) when IsNumber(operand) => operand,
            ("~", int number) => ~number,
            ("~", uint number) => ~number,
            ("~", long number) => ~number,
            ("~", ulong number) => ~number,
            _ => null,
        };
        return result ?? throw new PolicyExpressionException($"'{sign}' can't be used on {PolicyCasts.NameOf(operand)}.", at);
    }

    public static object? Binary(string sign, object? left, object? right, int at, PolicyBudget budget)
    {
        if (sign is "==" or "!=") return PolicyComparisons.AreEqual(left, right, at, budget) == (sign == "==");
        (left, right) = (Plain(left), Plain(right));
        if (sign == "+" && (left is string || right is string))
        {
            var (a, b) = (PolicyCasts.Text(left), PolicyCasts.Text(right));
            budget.Charge(2L * (a.Length + b.Length), at);
            return a + b;
        }

        (left, right) = (Promoted(left), Promoted(right));
        var result = PolicyGuard.Run(() => Calculated(sign, left, right), sign, at);
        return result ?? throw new PolicyExpressionException($"'{sign}' can't be used on {PolicyCasts.NameOf(left)} and {PolicyCasts.NameOf(right)}.", at);
    }

    public static bool IsNumber(object? value) => value is int or long or double or decimal or uint or ulong;

    /// <summary>Characters count as their codes, as C# promotes them.</summary>
    public static object? Promoted(object? value) => value is char c ? (int)c : value;

    // C# 7.3, binary numeric promotions: the wider of both types, int and uint meet in long, ulong meets no signed one.
    private static object? Calculated(string sign, object? left, object? right) => (left, right) switch
    {
        (bool a, bool b) => Booleans(sign, a, b),
        (int or uint or long or ulong, int count) when sign is "<<" or ">>" => Shifted(left, count, sign == "<<"),
        (decimal, _) or (_, decimal) when AreNumbers(left, right) => Numbers(sign, Convert.ToDecimal(left, CultureInfo.InvariantCulture), Convert.ToDecimal(right, CultureInfo.InvariantCulture)),
        (double, _) or (_, double) when AreNumbers(left, right) => Numbers(sign, Convert.ToDouble(left, CultureInfo.InvariantCulture), Convert.ToDouble(right, CultureInfo.InvariantCulture)),
        (int a, int b) => Integers(sign, a, b),
        (uint a, uint b) => Integers(sign, a, b),
        (ulong a, ulong or uint) => Integers(sign, a, Convert.ToUInt64(right, CultureInfo.InvariantCulture)),
        (uint a, ulong b) => Integers(sign, (ulong)a, b),
        (int or uint or long, int or uint or long) => Integers(sign, Convert.ToInt64(left, CultureInfo.InvariantCulture), Convert.ToInt64(right, CultureInfo.InvariantCulture)),
        (ulong a, int or long) when Convert.ToInt64(right, CultureInfo.InvariantCulture) is var b and >= 0 => Integers(sign, a, (ulong)b), // C# takes constants; what is constant is not known here.
        (int or long, ulong b) when Convert.ToInt64(left, CultureInfo.InvariantCulture) is var a and >= 0 => Integers(sign, (ulong)a, b),
        _ => Times(sign, left, right),
    };

    private static bool AreNumbers(object? left, object? right) => IsNumber(left) && IsNumber(right);

    private static object? Booleans(string sign, bool a, bool b) => sign switch { "&" => a & b, "|" => a | b, "^" => a ^ b, _ => null };

    private static object? Shifted(object? value, int count, bool isLeft) => value switch
    {
        int number => isLeft ? number << count : number >> count,
        uint number => isLeft ? number << count : number >> count,
        long number => isLeft ? number << count : number >> count,
        ulong number => isLeft ? number << count : number >> count,
        _ => null,
    };

    private static object? Integers<T>(string sign, T a, T b)
        where T : struct, IBinaryInteger<T> => sign switch
        {
            "&" => a & b,
            "|" => a | b,
            "^" => a ^ b,
            _ => Numbers(sign, a, b),
        };

    private static object? Numbers<T>(string sign, T a, T b)
        where T : struct, INumber<T> => sign switch
        {
            "+" => unchecked(a + b),
            "-" => unchecked(a - b),
            "*" => unchecked(a * b),
            "/" => a / b,
            "%" => a % b,
            "<" => a < b,
            ">" => a > b,
            "<=" => a <= b,
            ">=" => a >= b,
            _ => null,
        };

    private static object? Times(string sign, object? left, object? right) => (sign, left, right) switch
    {
        ("-", DateTime a, DateTime b) => a - b,
        ("-", DateTime a, TimeSpan b) => a - b,
        ("+", DateTime a, TimeSpan b) => a + b,
        ("-", DateTimeOffset a, DateTimeOffset b) => a - b,
        ("-", DateTimeOffset a, TimeSpan b) => a - b,
        ("+", DateTimeOffset a, TimeSpan b) => a + b,
        ("-", TimeSpan a, TimeSpan b) => a - b,
        ("+", TimeSpan a, TimeSpan b) => a + b,
        ("<", DateTime or DateTimeOffset or TimeSpan, _) when left.GetType() == right?.GetType() => ((IComparable)left).CompareTo(right) < 0,
        (">", DateTime or DateTimeOffset or TimeSpan, _) when left.GetType() == right?.GetType() => ((IComparable)left).CompareTo(right) > 0,
        ("<=", DateTime or DateTimeOffset or TimeSpan, _) when left.GetType() == right?.GetType() => ((IComparable)left).CompareTo(right) <= 0,
        (">=", DateTime or DateTimeOffset or TimeSpan, _) when left.GetType() == right?.GetType() => ((IComparable)left).CompareTo(right) >= 0,
        _ => null,
    };
}
