namespace FlowEngine.Expressions;

/// <summary>Arithmetic: <c>add</c>, <c>sub</c>, <c>mul</c>, <c>div</c>, <c>mod</c>, <c>min</c>, <c>max</c>, <c>rand</c>.</summary>
internal static class MathFunctions
{
    public static readonly FunctionTable Table = new()
    {
        new FunctionSpec("add", Add)
        {
            IsConstantTime = true,
            Summary = "The sum of two numbers.",
            Parameters = ["a: number", "b: number"],
            Examples = ["add(1, 1.5) -> 2.5", "add(decimal('0.1'), decimal('0.2')) -> 0.3"],
            Source = "expression-functions-reference#add; recorded",
        },
        new FunctionSpec("sub", Subtract)
        {
            IsConstantTime = true,
            Summary = "A number less another.",
            Parameters = ["a: number", "b: number"],
            Examples = ["sub(10.3, 0.3) -> 10.0", "sub(5, 3) -> 2"],
            Source = "expression-functions-reference#sub; recorded",
        },
        new FunctionSpec("mul", Multiply)
        {
            IsConstantTime = true,
            Summary = "The product of two numbers.",
            Parameters = ["a: number", "b: number"],
            Examples = ["mul(1.5, 2) -> 3.0", "mul(-2, 3) -> -6"],
            Source = "expression-functions-reference#mul; recorded",
        },
        new FunctionSpec("div", Divide)
        {
            IsConstantTime = true,
            Summary = "A number divided by another; two Integers give an Integer, cut toward zero.",
            Parameters = ["a: number", "b: number, not 0"],
            Examples = ["div(11, 5) -> 2", "div(11.0, 5) -> 2.2", "div(-7, 2) -> -3"],
            Source = "expression-functions-reference#div; recorded",
        },
        new FunctionSpec("mod", Remainder)
        {
            IsConstantTime = true,
            Summary = "The remainder of a division, with the sign of the dividend.",
            Parameters = ["a: number", "b: number, not 0"],
            Examples = ["mod(-5, 2) -> -1", "mod(7.5, 2) -> 1.5"],
            Source = "expression-functions-reference#mod; recorded",
        },
        new FunctionSpec("min", 1, FunctionSpec.Any, values => Extreme("min", values, Numbers.Minimum))
        {
            Summary = "The smallest of some numbers, or of an array of numbers.",
            Parameters = ["numbers: numbers, or one Array of them"],
            Examples = ["min(1, 2, 3) -> 1", "min(createArray(4, 2, 9)) -> 2"],
            Source = "expression-functions-reference#min; recorded",
        },
        new FunctionSpec("max", 1, FunctionSpec.Any, values => Extreme("max", values, Numbers.Maximum))
        {
            Summary = "The largest of some numbers, or of an array of numbers; mixed kinds are promoted.",
            Parameters = ["numbers: numbers, or one Array of them"],
            Examples = ["max(1, 2, 3) -> 3", "max(createArray(10, 2, 8)) -> 10"],
            Source = "expression-functions-reference#max; recorded",
        },
        new FunctionSpec("rand", 2, 2, Rand)
        {
            Summary = "A random Integer.",
            Parameters = ["minimum: Integer, inclusive", "maximum: Integer, exclusive"],
            Examples = ["rand(7, 8) -> 7"],
            Source = "expression-functions-reference#rand",
        },
    };

    private const string Expected = "to be an integer, a float or a decimal number";

    private static FlowValue Add(FlowValue a, FlowValue b)
    {
        CheckNumbers("add", a, b);
        return Numbers.Add(a, b);
    }

    private static FlowValue Subtract(FlowValue a, FlowValue b)
    {
        CheckNumbers("sub", a, b);
        return Numbers.Subtract(a, b);
    }

    private static FlowValue Multiply(FlowValue a, FlowValue b)
    {
        CheckNumbers("mul", a, b);
        return Numbers.Multiply(a, b);
    }

    private static FlowValue Divide(FlowValue a, FlowValue b)
    {
        CheckDivisor("div", a, b);
        return Numbers.Divide(a, b);
    }

    private static FlowValue Remainder(FlowValue a, FlowValue b)
    {
        CheckDivisor("mod", a, b);
        return Numbers.Remainder(a, b);
    }

    private static void CheckNumbers(string function, FlowValue a, FlowValue b)
    {
        if (!a.IsNumber) throw ArgumentFailure.Parameter(function, 1, Expected, a);
        if (!b.IsNumber) throw ArgumentFailure.Parameter(function, 2, Expected, b);
    }

    private static void CheckDivisor(string function, FlowValue a, FlowValue b)
    {
        CheckNumbers(function, a, b);
        if (!Numbers.IsZero(b)) return;
        throw new ExpressionException(
            $"Attempt to divide an integral or decimal value by zero in function '{function}'.", ArgumentFailure.Describe(function, 2, b));
    }

    private static FlowValue Extreme(string function, ReadOnlySpan<FlowValue> values, Func<FlowValue, FlowValue, FlowValue> choose)
    {
        if (values.Length == 1 && values[0].AsArrayOrNull is { } array) values = array.AsSpan();
        return Fold(function, values, choose);
    }

    /// <summary>The extreme of the numbers, promoted pair by pair.</summary>
    /// <exception cref="ExpressionException">There are none, or one is no number.</exception>
    internal static FlowValue Fold(string function, ReadOnlySpan<FlowValue> values, Func<FlowValue, FlowValue, FlowValue> choose)
    {
        if (values.IsEmpty) throw Unfit(function, "The provided array is empty.");
        var result = values[0];
        for (var i = 0; i < values.Length; i++)
        {
            if (!values[i].IsNumber) throw Unfit(function, $"The provided value is of type '{ValueText.TypeName(values[i])}'.");
            if (i > 0) result = choose(result, values[i]);
        }

        return result;
    }

    private static ExpressionException Unfit(string function, string found) => ArgumentFailure.Because(
        function, $"expects either an array of numbers or a comma separated list of numbers as its parameters. {found}");

    private static FlowValue Rand(EvaluationContext context, ReadOnlySpan<FlowValue> arguments)
    {
        for (var i = 0; i < 2; i++)
        {
            if (!arguments[i].IsInteger) throw ArgumentFailure.Parameter("rand", i + 1, "to be an integer", arguments[i]);
        }

        var minimum = arguments[0].AsInteger;
        var maximum = arguments[1].AsInteger;
        if (minimum > maximum)
        {
            throw ArgumentFailure.Because(
                "rand", "parameters are out of range: the minimum must be no larger than the maximum.", $"rand: minimum {minimum}, maximum {maximum}");
        }

        // A double has 53 bits, enough for every range that flows ask for; beyond, the low bits are not random.
        var width = (double)maximum - minimum;
        return minimum == maximum ? minimum : minimum + (long)Math.Min(context.NextDouble() * width, width - 1);
    }
}
