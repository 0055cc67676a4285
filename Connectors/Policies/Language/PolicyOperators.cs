using System.Globalization;
using Newtonsoft.Json.Linq;

namespace FlowEngine.Connectors;

/// <summary>The operators of C# over the values that policy expressions have.</summary>
internal static class PolicyOperators
{
    public static bool IsNull(object? value) => value is null or JValue { Type: JTokenType.Null or JTokenType.Undefined };

    /// <summary>A scalar of JSON as the scalar itself.</summary>
    public static object? Plain(object? value) => value is JValue json ? json.Value switch { System.Numerics.BigInteger big => (decimal)big, var plain => plain } : value;

    public static bool Truth(object? value, int at) => Plain(value) is bool truth ? truth : throw new PolicyExpressionException($"A condition must be a boolean, but is {PolicyCasts.NameOf(value)}.", at);

    public static object? Unary(string sign, object? operand, int at)
    {
        operand = Plain(operand);
        return (sign, operand) switch
        {
            ("!", bool truth) => !truth,
            ("-", int number) => unchecked(-number),
            ("-", long number) => unchecked(-number),
            ("-", double number) => -number,
            ("-", decimal number) => -number,
            ("-", TimeSpan span) => -span,
            ("+", int or long or double or decimal) => operand,
            ("~", int number) => ~number,
            ("~", long number) => ~number,
            _ => throw new PolicyExpressionException($"'{sign}' can't be used on {PolicyCasts.NameOf(operand)}.", at),
        };
    }

    public static object? Binary(string sign, object? left, object? right, int at, PolicyBudget budget)
    {
        if (sign is "==" or "!=") return AreEqual(left, right) == (sign == "==");
        (left, right) = (Plain(left), Plain(right));
        if (sign == "+" && (left is string || right is string))
        {
            var (a, b) = (PolicyCasts.Text(left), PolicyCasts.Text(right));
            budget.Charge(2L * (a.Length + b.Length), at);
            return a + b;
        }

        if (left is char c) left = (int)c;
        if (right is char d) right = (int)d;
        var result = (left, right) switch
        {
            (bool a, bool b) => Booleans(sign, a, b),
            (decimal, _) or (_, decimal) when IsNumber(left) && IsNumber(right) => Guarded(() => Decimals(sign, System.Convert.ToDecimal(left, CultureInfo.InvariantCulture), System.Convert.ToDecimal(right, CultureInfo.InvariantCulture)), at),
            (double, _) or (_, double) when IsNumber(left) && IsNumber(right) => Doubles(sign, System.Convert.ToDouble(left, CultureInfo.InvariantCulture), System.Convert.ToDouble(right, CultureInfo.InvariantCulture)),
            (int a, int b) => Guarded(() => Integers(sign, a, b), at),
            (int or long, int or long) => Guarded(() => Longs(sign, System.Convert.ToInt64(left, CultureInfo.InvariantCulture), System.Convert.ToInt64(right, CultureInfo.InvariantCulture)), at),
            _ => Guarded(() => Times(sign, left, right), at),
        };
        return result ?? throw new PolicyExpressionException($"'{sign}' can't be used on {PolicyCasts.NameOf(left)} and {PolicyCasts.NameOf(right)}.", at);
    }

    public static bool AreEqual(object? left, object? right)
    {
        if (IsNull(left) || IsNull(right)) return IsNull(left) && IsNull(right);
        (left, right) = (Plain(left), Plain(right));
        if (left is JToken a && right is JToken b) return JToken.DeepEquals(a, b);
        if (left is char c && right is string) left = c.ToString();
        if (IsNumber(left) && IsNumber(right)) return left is double || right is double ? System.Convert.ToDouble(left, CultureInfo.InvariantCulture).Equals(System.Convert.ToDouble(right, CultureInfo.InvariantCulture)) : System.Convert.ToDecimal(left, CultureInfo.InvariantCulture) == System.Convert.ToDecimal(right, CultureInfo.InvariantCulture);
        return Equals(left, right);
    }

    /// <summary>Below, equal, above; for sorting too.</summary>
    public static int Compare(object? left, object? right, int at)
    {
        (left, right) = (Plain(left), Plain(right));
        if (left is null || right is null) return left is null ? right is null ? 0 : -1 : 1;
        if (IsNumber(left) && IsNumber(right)) return System.Convert.ToDouble(left, CultureInfo.InvariantCulture).CompareTo(System.Convert.ToDouble(right, CultureInfo.InvariantCulture));
        if (left is string a && right is string b) return string.CompareOrdinal(a, b);
        return left.GetType() == right.GetType() && left is IComparable comparable ? comparable.CompareTo(right) : throw new PolicyExpressionException($"{PolicyCasts.NameOf(left)} and {PolicyCasts.NameOf(right)} can't be compared.", at);
    }

    public static bool IsNumber(object? value) => value is int or long or double or decimal;

    private static object? Guarded(Func<object?> compute, int at)
    {
        try
        {
            return compute();
        }
        catch (Exception e) when (e is DivideByZeroException or OverflowException or ArgumentOutOfRangeException)
        {
            throw new PolicyExpressionException(e.Message, at, 1, e);
        }
    }

    private static object? Booleans(string sign, bool a, bool b) => sign switch { "&" => a & b, "|" => a | b, "^" => a ^ b, _ => null };

    private static object? Integers(string sign, int a, int b) => sign switch
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
        "&" => a & b,
        "|" => a | b,
        "^" => a ^ b,
        "<<" => a << b,
        _ => null,
    };

    private static object? Longs(string sign, long a, long b) => sign switch
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
        "&" => a & b,
        "|" => a | b,
        "^" => a ^ b,
        "<<" => a << (int)b,
        _ => null,
    };

    private static object? Doubles(string sign, double a, double b) => sign switch
    {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "/" => a / b,
        "%" => a % b,
        "<" => a < b,
        ">" => a > b,
        "<=" => a <= b,
        ">=" => a >= b,
        _ => null,
    };

    private static object? Decimals(string sign, decimal a, decimal b) => sign switch
    {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
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
