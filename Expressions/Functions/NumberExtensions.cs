namespace FlowEngine.Expressions;

/// <summary>Extensions for numbers: <c>sum</c>, <c>average</c>, rounding, and <c>min</c> and <c>max</c> over numbers and arrays mixed.</summary>
internal static class NumberExtensions
{
    public static readonly FunctionTable Table = new()
    {
        new FunctionSpec("sum", 1, FunctionSpec.Any, values => Sum("sum", values))
        {
            Origin = FunctionOrigin.Extension,
            Summary = "The sum of some numbers, or of an array of numbers; of none 0.",
            Parameters = ["numbers: numbers, or one Array of them"],
            Examples = ["sum(createArray(1, 2.5, 3)) -> 6.5", "sum(1, 2) -> 3", "sum(json('[]')) -> 0"],
            Source = "extension",
        },
        new FunctionSpec("average", 1, FunctionSpec.Any, Average)
        {
            Origin = FunctionOrigin.Extension,
            Summary = "The mean of some numbers, or of an array of numbers: a Float, or a Decimal where there is one among them.",
            Parameters = ["numbers: numbers, or one Array of them; at least one"],
            Examples = ["average(createArray(1, 2)) -> 1.5"],
            Source = "extension",
        },
        new FunctionSpec("min", 1, FunctionSpec.Any, values => Extreme("min", values, Numbers.Minimum))
        {
            Origin = FunctionOrigin.Extension,
            Summary = "The smallest of some numbers and of the elements of some arrays.",
            Parameters = ["values: numbers and Arrays of them"],
            Examples = ["min(createArray(4, 2), 3) -> 2"],
            Source = "extension",
        },
        new FunctionSpec("max", 1, FunctionSpec.Any, values => Extreme("max", values, Numbers.Maximum))
        {
            Origin = FunctionOrigin.Extension,
            Summary = "The largest of some numbers and of the elements of some arrays.",
            Parameters = ["values: numbers and Arrays of them"],
            Examples = ["max(1, createArray(5, 2), 3) -> 5"],
            Source = "extension",
        },
        new FunctionSpec("abs", Abs)
        {
            Origin = FunctionOrigin.Extension,
            Summary = "A number without its sign.",
            Parameters = ["number: number"],
            Examples = ["abs(-3) -> 3", "abs(-1.5) -> 1.5"],
            Source = "extension",
        },
        new FunctionSpec("round", 1, 2, Round)
        {
            Origin = FunctionOrigin.Extension,
            Summary = "A number rounded, halves away from zero: an Integer where it fits, with digits a number of its kind.",
            Parameters = ["number: number", "digits: Integer from 0 to 15, optional"],
            Examples = ["round(2.5) -> 3", "round(-2.5) -> -3", "round(1.256, 2) -> 1.26"],
            Source = "extension",
        },
        new FunctionSpec("floor", value => Whole("floor", value, Math.Floor, Math.Floor))
        {
            Origin = FunctionOrigin.Extension,
            Summary = "The largest whole number that is not above a number: an Integer where it fits.",
            Parameters = ["number: number"],
            Examples = ["floor(2.7) -> 2", "floor(-2.1) -> -3"],
            Source = "extension",
        },
        new FunctionSpec("ceiling", value => Whole("ceiling", value, Math.Ceiling, Math.Ceiling))
        {
            Origin = FunctionOrigin.Extension,
            Summary = "The smallest whole number that is not below a number: an Integer where it fits.",
            Parameters = ["number: number"],
            Examples = ["ceiling(2.1) -> 3"],
            Source = "extension",
        },
    };

    private const string Expected = "to be an integer, a float or a decimal number";

    private static FlowValue Sum(string function, ReadOnlySpan<FlowValue> values)
    {
        FlowValue sum = 0;
        values = Elements(function, values);
        for (var i = 0; i < values.Length; i++)
        {
            if (!values[i].IsNumber) throw ArgumentFailure.Because(
                function, $"expects all of its values {Expected}. Found a value of type '{ValueText.TypeName(values[i])}'.", $"{function}: value {i} is {values[i].Kind}");
            sum = Numbers.Add(sum, values[i]);
        }

        return sum;
    }

    private static FlowValue Average(ReadOnlySpan<FlowValue> values)
    {
        var count = Elements("average", values).Length;
        if (count == 0) throw new ExpressionException("Attempt to divide an integral or decimal value by zero in function 'average'.", "average: there are no numbers");
        var sum = Sum("average", values);
        return Numbers.Divide(sum, sum.IsInteger ? (FlowValue)(double)count : count);
    }

    private static ReadOnlySpan<FlowValue> Elements(string function, ReadOnlySpan<FlowValue> values)
    {
        if (values.Length != 1 || values[0].IsNumber) return values;
        return (values[0].AsArrayOrNull ?? throw ArgumentFailure.Parameter(function, 1, "to be an array", values[0])).AsSpan();
    }

    private static FlowValue Extreme(string function, ReadOnlySpan<FlowValue> values, Func<FlowValue, FlowValue, FlowValue> choose)
    {
        var count = 0;
        var arrays = 0;
        foreach (var value in values)
        {
            if (value.AsArrayOrNull is not { } array) continue;
            arrays++;
            count += array.Count;
        }

        if (arrays == 0) return MathFunctions.Fold(function, values, choose);
        var all = new FlowValue[count + values.Length - arrays];
        var next = 0;
        foreach (var value in values)
        {
            if (value.AsArrayOrNull is { } array)
            {
                array.AsSpan().CopyTo(all.AsSpan(next));
                next += array.Count;
            }
            else
            {
                all[next++] = value;
            }
        }

        return MathFunctions.Fold(function, all, choose);
    }

    private static FlowValue Abs(FlowValue value) => value.Kind switch
    {
        FlowValueKind.Integer => value.AsInteger < 0 ? Numbers.Subtract(0, value) : value,
        FlowValueKind.Float => Math.Abs(value.AsDouble),
        FlowValueKind.Decimal => Math.Abs(value.AsDecimal),
        _ => throw ArgumentFailure.Parameter("abs", Expected, value),
    };

    private static FlowValue Round(ReadOnlySpan<FlowValue> arguments)
    {
        if (arguments.Length == 1)
            return Whole("round", arguments[0], static real => Math.Round(real, MidpointRounding.AwayFromZero), static exact => Math.Round(exact, MidpointRounding.AwayFromZero));
        if (!arguments[1].IsInteger || arguments[1].AsInteger is < 0 or > 15) throw ArgumentFailure.Parameter("round", 2, "to be an integer from 0 to 15", arguments[1]);
        var digits = (int)arguments[1].AsInteger;
        return arguments[0].Kind switch
        {
            FlowValueKind.Integer => arguments[0],
            FlowValueKind.Float => Math.Round(arguments[0].AsDouble, digits, MidpointRounding.AwayFromZero),
            FlowValueKind.Decimal => Math.Round(arguments[0].AsDecimal, digits, MidpointRounding.AwayFromZero),
            _ => throw ArgumentFailure.Parameter("round", 1, Expected, arguments[0]),
        };
    }

    // An Integer where it fits: positions and counts want Integers.
    private static FlowValue Whole(string function, FlowValue value, Func<double, double> real, Func<decimal, decimal> exact)
    {
        switch (value.Kind)
        {
            case FlowValueKind.Integer:
                return value;
            case FlowValueKind.Float:
                var rounded = real(value.AsDouble);
                return !double.IsNaN(rounded) && NumberText.TryToInteger(rounded, out var integer) ? (FlowValue)integer : rounded;
            case FlowValueKind.Decimal:
                var whole = exact(value.AsDecimal);
                return NumberText.TryToInteger(whole, out var small) ? (FlowValue)small : whole;
            default:
                throw ArgumentFailure.Parameter(function, Expected, value);
        }
    }
}
