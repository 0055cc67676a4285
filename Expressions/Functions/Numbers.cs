namespace FlowEngine.Expressions;

/// <summary>Arithmetic and order of numbers with the language's promotion: a Decimal wins, then a Float, else checked Integers.</summary>
/// <remarks>Recorded: Integer overflow fails, Float overflow gives Infinity, a Float beside a Decimal is turned into one or fails.</remarks>
internal static class Numbers
{
    private const string Overflow = "Arithmetic operation resulted in an overflow.";
    private const string DecimalOverflow = "Value was either too large or too small for a Decimal.";

    public static FlowValue Add(FlowValue left, FlowValue right)
    {
        if (left.IsInteger && right.IsInteger)
        {
            var (a, b) = (left.AsInteger, right.AsInteger);
            var sum = unchecked(a + b);
            return ((a ^ sum) & (b ^ sum)) < 0 ? throw new ExpressionException(Overflow) : sum;
        }

        return Promoted(left, right) ? ToDecimal(left, right, static (a, b) => a + b) : left.AsDouble + right.AsDouble;
    }

    public static FlowValue Subtract(FlowValue left, FlowValue right)
    {
        if (left.IsInteger && right.IsInteger)
        {
            var (a, b) = (left.AsInteger, right.AsInteger);
            var difference = unchecked(a - b);
            return ((a ^ b) & (a ^ difference)) < 0 ? throw new ExpressionException(Overflow) : difference;
        }

        return Promoted(left, right) ? ToDecimal(left, right, static (a, b) => a - b) : left.AsDouble - right.AsDouble;
    }

    public static FlowValue Multiply(FlowValue left, FlowValue right)
    {
        if (left.IsInteger && right.IsInteger)
        {
            var high = Math.BigMul(left.AsInteger, right.AsInteger, out var product);
            return high == product >> 63 ? product : throw new ExpressionException(Overflow);
        }

        return Promoted(left, right) ? ToDecimal(left, right, static (a, b) => a * b) : left.AsDouble * right.AsDouble;
    }

    /// <summary>Two Integers truncate toward zero. The divisor must not be zero.</summary>
    public static FlowValue Divide(FlowValue left, FlowValue right)
    {
        if (left.IsInteger && right.IsInteger)
            return right.AsInteger == -1 ? Subtract(0, left) : left.AsInteger / right.AsInteger;
        return Promoted(left, right) ? ToDecimal(left, right, static (a, b) => a / b) : left.AsDouble / right.AsDouble;
    }

    /// <summary>The remainder with the dividend's sign. The divisor must not be zero.</summary>
    public static FlowValue Remainder(FlowValue left, FlowValue right)
    {
        if (left.IsInteger && right.IsInteger)
            return right.AsInteger == -1 ? 0 : left.AsInteger % right.AsInteger;
        return Promoted(left, right) ? ToDecimal(left, right, static (a, b) => a % b) : left.AsDouble % right.AsDouble;
    }

    public static FlowValue Minimum(FlowValue left, FlowValue right)
    {
        if (left.IsInteger && right.IsInteger) return Math.Min(left.AsInteger, right.AsInteger);
        return Promoted(left, right) ? ToDecimal(left, right, Math.Min) : Math.Min(left.AsDouble, right.AsDouble);
    }

    public static FlowValue Maximum(FlowValue left, FlowValue right)
    {
        if (left.IsInteger && right.IsInteger) return Math.Max(left.AsInteger, right.AsInteger);
        return Promoted(left, right) ? ToDecimal(left, right, Math.Max) : Math.Max(left.AsDouble, right.AsDouble);
    }

    /// <summary>The order of two numbers; NaN is below all others.</summary>
    public static int Compare(FlowValue left, FlowValue right)
    {
        if (left.IsInteger && right.IsInteger) return left.AsInteger.CompareTo(right.AsInteger);
        if (left.IsFloat || right.IsFloat) return left.AsDouble.CompareTo(right.AsDouble);
        return left.AsDecimal.CompareTo(right.AsDecimal);
    }

    public static bool IsZero(FlowValue number) => number.Kind switch
    {
        FlowValueKind.Integer => number.AsInteger == 0,
        FlowValueKind.Float => number.AsDouble == 0,
        _ => number.AsDecimal == 0,
    };

    private static bool Promoted(FlowValue left, FlowValue right) => left.Kind == FlowValueKind.Decimal || right.Kind == FlowValueKind.Decimal;

    private static FlowValue ToDecimal(FlowValue left, FlowValue right, Func<decimal, decimal, decimal> operation)
    {
        try
        {
            return operation(left.AsDecimal, right.AsDecimal);
        }
        catch (OverflowException)
        {
            throw new ExpressionException(DecimalOverflow);
        }
    }
}
