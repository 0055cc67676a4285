using System.Globalization;

namespace FlowEngine.Expressions;

/// <summary>Conversion to numbers and booleans, and numbers as text: <c>int</c>, <c>float</c>, <c>decimal</c>, <c>bool</c>, <c>isInt</c>, <c>isFloat</c>, <c>formatNumber</c>.</summary>
internal static class NumberFunctions
{
    public static readonly FunctionTable Table = new()
    {
        new FunctionSpec("int", Int)
        {
            Summary = "The Integer of a text, a boolean or a number without a fraction; text goes through a double, as in the service.",
            Parameters = ["value: String, number or Boolean"],
            Examples = ["int('10') -> 10", "int('1.0') -> 1", "int('+1,000') -> 1000"],
            Source = "expression-functions-reference#int; recorded",
        },
        new FunctionSpec("float", 1, 2, Float)
        {
            Summary = "The Float of a text or a number.",
            Parameters = ["value: String or number", "locale: String, optional; en-us by default"],
            Examples = ["float('10.333') -> 10.333", "float('400.000', 'de-de') -> 400000.0", "float('200-') -> -200.0"],
            Source = "expression-functions-reference#float; recorded",
        },
        new FunctionSpec("decimal", Decimal)
        {
            Summary = "The Decimal of a text or a number; its scale is kept, an exponent is refused.",
            Parameters = ["value: String or number"],
            Examples = ["string(decimal('5.0000')) -> \"5.0000\"", "decimal('1.2') -> 1.2"],
            Source = "expression-functions-reference#decimal; recorded",
        },
        new FunctionSpec("bool", Bool)
        {
            Summary = "The boolean of a text (true or false in any case) or a number (false for 0).",
            Parameters = ["value: String, number or Boolean"],
            Examples = ["bool(1) -> true", "bool('False') -> false"],
            Source = "expression-functions-reference#bool; recorded",
        },
        new FunctionSpec("isInt", IsInt)
        {
            Summary = "Whether a text is an integer.",
            Parameters = ["text: String"],
            Examples = ["isInt('10') -> true", "isInt('1.5') -> false"],
            Source = "expression-functions-reference#isInt; recorded",
        },
        new FunctionSpec("isFloat", 1, 2, IsFloat)
        {
            Summary = "Whether a text is a number that float() reads.",
            Parameters = ["text: String", "locale: String, optional; the invariant culture by default"],
            Examples = ["isFloat('10.000,00', 'de-DE') -> true", "isFloat('foo') -> false"],
            Source = "expression-functions-reference#isFloat; recorded",
        },
        new FunctionSpec("formatNumber", 2, 3, FormatNumber)
        {
            Summary = "A number as text in a .NET format.",
            Parameters = ["number: number", "format: String, standard or custom", "locale: String, optional; en-us by default"],
            Examples =
            [
                "formatNumber(1234567890, '0,0.00', 'en-us') -> \"1,234,567,890.00\"",
                "formatNumber(1234567890, '#,##0.00', 'is-IS') -> \"1.234.567.890,00\"",
                "formatNumber(17.35, 'C2') -> \"$17.35\"",
            ],
            Source = "expression-functions-reference#formatNumber; measured",
        },
    };

    private static FlowValue Int(FlowValue value)
    {
        long integer;
        var fits = value.Kind switch
        {
            FlowValueKind.Integer => Out(value.AsInteger, out integer),
            FlowValueKind.Boolean => Out(value.AsBoolean ? 1 : 0, out integer),
            FlowValueKind.Float => NumberText.TryToInteger(value.AsDouble, out integer),
            FlowValueKind.Decimal => NumberText.TryToInteger(value.AsDecimal, out integer),
            FlowValueKind.String => NumberText.TryParseInteger(value.AsString, out integer),
            _ => !Out(0, out integer),
        };
        return fits ? integer : throw ArgumentFailure.NotConvertible("int", value);
    }

    private static bool Out(long value, out long integer)
    {
        integer = value;
        return true;
    }

    private static FlowValue Float(ReadOnlySpan<FlowValue> arguments)
    {
        var value = arguments[0];
        if (value.IsNumber) return value.IsFloat ? value : value.AsDouble;
        var format = arguments.Length == 2 ? Locale("float", arguments, 1) : NumberCultures.English;
        if (value.AsStringOrNull is { } text && NumberText.TryParseFloat(text, format, out var real)) return real;
        throw ArgumentFailure.NotConvertible("float", value);
    }

    private static FlowValue Decimal(FlowValue value)
    {
        try
        {
            if (value.IsNumber) return value.AsDecimal;
        }
        catch (OverflowException)
        {
            throw ArgumentFailure.NotConvertible("decimal", value);
        }

        return value.AsStringOrNull is { } text && NumberText.TryParseDecimal(text, out var exact) ? exact : throw ArgumentFailure.NotConvertible("decimal", value);
    }

    private static FlowValue Bool(FlowValue value)
    {
        if (value.IsBoolean) return value;
        if (value.IsNumber) return !Numbers.IsZero(value);
        return value.AsStringOrNull is { } text && bool.TryParse(text, out var result) ? result : throw ArgumentFailure.NotConvertible("bool", value);
    }

    private static FlowValue IsInt(FlowValue value) =>
        NumberText.IsInteger(value.AsStringOrNull ?? throw ArgumentFailure.Parameter("isInt", "to be a string", value));

    private static FlowValue IsFloat(ReadOnlySpan<FlowValue> arguments)
    {
        var text = arguments[0].AsStringOrNull ?? throw ArgumentFailure.Parameter("isFloat", 1, "to be of type string", arguments[0]);
        var format = arguments.Length == 2 ? Locale("isFloat", arguments, 1) : NumberFormatInfo.InvariantInfo;
        return NumberText.TryParseFloat(text, format, out _);
    }

    private static FlowValue FormatNumber(ReadOnlySpan<FlowValue> arguments)
    {
        var number = arguments[0];
        if (!number.IsNumber) throw ArgumentFailure.Parameter("formatNumber", 1, "to be an integer, a float or a decimal number", number);
        var format = arguments[1].AsStringOrNull ?? throw ArgumentFailure.Parameter("formatNumber", 2, "to be of type string", arguments[1]);
        var locale = arguments.Length == 3 ? Locale("formatNumber", arguments, 2) : NumberCultures.English;
        try
        {
            return FlowValue.String(NumberText.Format(number, format, locale));
        }
        catch (FormatException e)
        {
            throw new ExpressionException($"In function 'formatNumber', the value provided for the format '{format}' was not valid.", e.Message, e);
        }
    }

    private static NumberFormatInfo Locale(string function, ReadOnlySpan<FlowValue> arguments, int index)
    {
        var name = arguments[index].AsStringOrNull ?? throw ArgumentFailure.Parameter(function, index + 1, "to be of type string", arguments[index]);
        return NumberCultures.Find(name) ?? throw new ExpressionException($"In function '{function}', the value provided for the locale '{name}' was not valid.");
    }
}
