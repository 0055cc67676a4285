using System.Globalization;

namespace FlowEngine.Expressions;

/// <summary>Functions as documents in the tutorial's dialect have them: numbers in text are compared and added, large products don't overflow.</summary>
/// <remarks>They take the places of the usual ones, by the same names; whatever is not changed here is left to those.</remarks>
internal static class TutorialFunctions
{
    private static readonly FunctionTable Table = new()
    {
        Comparison("greater"),
        Comparison("greaterOrEquals"),
        Comparison("less"),
        Comparison("lessOrEquals"),
        Wider("add"),
        Wider("sub"),
        Wider("mul"),
        OfNumericTexts("sum"),
        OfNumericTexts("average"),
        Empty(),
    };

    /// <summary>The function that stands in for another one; that one itself where none does.</summary>
    public static FunctionSpec InPlaceOf(FunctionSpec function) => Table.TryGet(function.Name, out var lenient) ? lenient : function;

    private static FunctionSpec Usual(string name) =>
        BuiltInFunctions.Table.TryGet(name, out var function) ? function : throw new InvalidOperationException($"There is no function '{name}'.");

    // Text that is no number is neither above nor below one, and neither is null.
    private static FunctionSpec Comparison(string name)
    {
        var usual = Usual(name).Binary!; // All four have two arguments.
        return new FunctionSpec(name, (a, b) =>
        {
            var (first, second) = (AsNumber(a, beside: b), AsNumber(b, beside: a));
            if (first.IsNumber && second.IsNumber) return usual(first, second);
            if ((a.IsNull && IsComparable(b)) || (b.IsNull && IsComparable(a)) || (a.IsNumber && b.IsString) || (a.IsString && b.IsNumber)) return false;
            return usual(a, b);
        });
    }

    private static bool IsComparable(FlowValue value) => value.IsNumber || value.IsString;

    private static FlowValue AsNumber(FlowValue value, FlowValue beside) =>
        beside.IsNumber && value.AsStringOrNull is { } text && NumberText.TryParseFloat(text, NumberCultures.English, out var number) ? number : value;

    private static FunctionSpec Wider(string name)
    {
        var usual = Usual(name).Binary!; // All three have two arguments.
        return new FunctionSpec(name, (a, b) =>
        {
            if (!a.IsInteger || !b.IsInteger) return usual(a, b);
            var exact = usual(a.AsDecimal, b);
            return exact.AsDecimal is >= long.MinValue and <= long.MaxValue and var small ? (FlowValue)(long)small : exact;
        })
        {
            IsConstantTime = true,
        };
    }

    private static FunctionSpec OfNumericTexts(string name)
    {
        var usual = Usual(name).Variadic!; // Both take any number of arguments.
        return new FunctionSpec(name, 1, FunctionSpec.Any, (ReadOnlySpan<FlowValue> values) =>
        {
            var read = new FlowValue[values.Length];
            for (var i = 0; i < read.Length; i++) read[i] = values[i].AsArrayOrNull is { } array ? FlowArray.Create(array.Select(Read)) : Read(values[i]);
            return usual(read);
        })
        {
            Origin = FunctionOrigin.Extension,
        };
    }

    private static FlowValue Read(FlowValue value)
    {
        if (value.AsStringOrNull is not { } text || !NumberText.TryParseFloat(text, NumberCultures.English, out var number)) return value;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) ? (FlowValue)integer : number;
    }

    private static FunctionSpec Empty()
    {
        var usual = Usual("empty").Unary!; // It has one argument.
        return new FunctionSpec("empty", value => value.IsNumber || value.IsBoolean ? false : usual(value)) { IsConstantTime = true };
    }
}
