namespace FlowEngine.Expressions;

/// <summary>Comparisons and negation. The lazy ones (<c>and</c>, <c>or</c>, <c>if</c>, <c>coalesce</c>) make nodes of their own.</summary>
internal static class LogicalFunctions
{
    public static readonly FunctionTable Table = new()
    {
        new FunctionSpec("equals", 2, FunctionSpec.Any, Equals)
        {
            Binary = static (a, b) => a == b,
            Summary = "Whether all arguments equal the first: deep, numbers by value, texts and names of members with their case.",
            Parameters = ["a: any", "b: any"],
            Examples = ["equals(1, 1.0) -> true", "equals('1', 1) -> false", "equals(json('{\"a\":1,\"b\":2}'), json('{\"b\":2,\"a\":1}')) -> true"],
            Source = "expression-functions-reference#equals; measured",
        },
        new FunctionSpec("not", Not)
        {
            IsConstantTime = true,
            Summary = "The opposite of a boolean.",
            Parameters = ["value: Boolean"],
            Examples = ["not(true) -> false"],
            Source = "expression-functions-reference#not; measured",
        },
        new FunctionSpec("greater", (a, b) => TryCompare("greater", a, b, out var order) && order > 0)
        {
            Summary = "Whether a number or a text is above another; texts ignore case.",
            Parameters = ["a: number or String", "b: number or String, as a"],
            Examples = ["greater(10, 5) -> true", "greater('b', 'A') -> true"],
            Source = "expression-functions-reference#greater; measured",
        },
        new FunctionSpec("greaterOrEquals", (a, b) => TryCompare("greaterOrEquals", a, b, out var order) && order >= 0)
        {
            Summary = "Whether a number or a text is above another or equals it; texts ignore case.",
            Parameters = ["a: number or String", "b: number or String, as a"],
            Examples = ["greaterOrEquals(5, 5) -> true", "greaterOrEquals('apple', 'banana') -> false"],
            Source = "expression-functions-reference#greaterOrEquals; measured",
        },
        new FunctionSpec("less", (a, b) => TryCompare("less", a, b, out var order) && order < 0)
        {
            Summary = "Whether a number or a text is below another; texts ignore case.",
            Parameters = ["a: number or String", "b: number or String, as a"],
            Examples = ["less(5, 10) -> true", "less('a', 'B') -> true"],
            Source = "expression-functions-reference#less; measured",
        },
        new FunctionSpec("lessOrEquals", (a, b) => TryCompare("lessOrEquals", a, b, out var order) && order <= 0)
        {
            Summary = "Whether a number or a text is below another or equals it; texts ignore case.",
            Parameters = ["a: number or String", "b: number or String, as a"],
            Examples = ["lessOrEquals(10, 10) -> true", "lessOrEquals('apply', 'apple') -> false"],
            Source = "expression-functions-reference#lessOrEquals; measured",
        },
    };

    private static FlowValue Equals(ReadOnlySpan<FlowValue> arguments)
    {
        for (var i = 1; i < arguments.Length; i++)
        {
            if (arguments[0] != arguments[i]) return false;
        }

        return true;
    }

    private static FlowValue Not(FlowValue value) =>
        value.IsBoolean ? !value.AsBoolean : throw ArgumentFailure.Parameter("not", "to be a boolean", value);

    /// <summary>The order of two numbers or of two texts.</summary>
    /// <returns>False beside NaN, which has no order: every comparison with it is false.</returns>
    /// <exception cref="ExpressionException">They are of other types, or don't match.</exception>
    private static bool TryCompare(string function, FlowValue left, FlowValue right, out int order)
    {
        if (left.IsNumber && right.IsNumber)
        {
            order = Numbers.Compare(left, right);
            return !IsNaN(left) && !IsNaN(right);
        }

        if (left.AsStringOrNull is { } text && right.AsStringOrNull is { } other)
        {
            order = string.Compare(text, other, StringComparison.OrdinalIgnoreCase);
            return true;
        }

        throw Mismatch(function, left, right);
    }

    private static bool IsNaN(FlowValue number) => number.IsFloat && double.IsNaN(number.AsDouble);

    private static ExpressionException Mismatch(string function, FlowValue left, FlowValue right)
    {
        var (first, second) = (ValueText.TypeName(left), ValueText.TypeName(right));
        var detail = $"{ArgumentFailure.Describe(function, 1, left)}, {ArgumentFailure.Describe(function, 2, right)}";
        var (fits, other) = (left.IsNumber || left.IsString, right.IsNumber || right.IsString);
        if (fits && other)
        {
            return new ExpressionException(
                $"The template language function '{function}' expects two parameter of matching types. The function was invoked with values of type '{first}' and '{second}' that do not match.",
                detail);
        }

        var invalid = fits ? $"'{second}'" : other ? $"'{first}'" : $"'{first}', '{second}'";
        return new ExpressionException(
            $"The template language function '{function}' expects all of its parameters to be either integer or decimal numbers. Found invalid parameter types: {invalid}.",
            detail);
    }
}
