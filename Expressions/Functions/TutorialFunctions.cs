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
        return new FunctionSpec(name, 2, 2, (context, arguments) =>
        {
            var (a, b) = (arguments[0], arguments[1]);
            var isMixed = (a.IsNull && IsComparable(b)) || (b.IsNull && IsComparable(a)) || (a.IsNumber && b.IsString) || (a.IsString && b.IsNumber);
            if (!isMixed) return usual(a, b);
            context.NoteLeniency($"V1: '{name}' compared a number or text with text or null");
            var (first, second) = (AsNumber(a, beside: b), AsNumber(b, beside: a));
            return first.IsNumber && second.IsNumber ? usual(first, second) : false;
        });
    }

    private static bool IsComparable(FlowValue value) => value.IsNumber || value.IsString;

    private static FlowValue AsNumber(FlowValue value, FlowValue beside) =>
        beside.IsNumber && value.AsStringOrNull is { } text && NumberText.TryParseFloat(text, NumberCultures.English, out var number) ? number : value;

    private static FunctionSpec Wider(string name)
    {
        var usual = Usual(name).Binary!; // All three have two arguments.
        return new FunctionSpec(name, 2, 2, (context, arguments) =>
        {
            var (a, b) = (arguments[0], arguments[1]);
            if (!a.IsInteger || !b.IsInteger) return usual(a, b);
            var exact = usual(a.AsDecimal, b);
            if (exact.AsDecimal is >= long.MinValue and <= long.MaxValue and var small) return (FlowValue)(long)small;
            context.NoteLeniency($"V2: the result of '{name}' has more than 64 bits and is a Decimal");
            return exact;
        })
        {
            IsConstantTime = true,
        };
    }

    private static FunctionSpec OfNumericTexts(string name)
    {
        var usual = Usual(name).Variadic!; // Both take any number of arguments.
        return new FunctionSpec(name, 1, FunctionSpec.Any, (context, values) =>
        {
            var read = new FlowValue[values.Length];
            var isRead = false;
            for (var i = 0; i < read.Length; i++) read[i] = values[i].AsArrayOrNull is { } array ? FlowArray.Create(array.Select(NumberOf)) : NumberOf(values[i]);
            if (isRead) context.NoteLeniency($"V1: '{name}' read numbers in text");
            return usual(read);

            FlowValue NumberOf(FlowValue value)
            {
                var number = Read(value);
                isRead |= value.IsString && !number.IsString;
                return number;
            }
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
        return new FunctionSpec("empty", 1, 1, (context, arguments) =>
        {
            var value = arguments[0];
            if (!value.IsNumber && !value.IsBoolean) return usual(value);
            context.NoteLeniency("V6: a number or a Boolean is not empty");
            return false;
        })
        {
            IsConstantTime = true,
        };
    }
}
