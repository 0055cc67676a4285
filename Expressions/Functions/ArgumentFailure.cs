using System.Globalization;

namespace FlowEngine.Expressions;

/// <summary>The service's usual sentences for arguments that a function can't take (expressions reference, section 3).</summary>
internal static class ArgumentFailure
{
    /// <summary>The only parameter is of the wrong type. <paramref name="expected"/> as in <c>to be a string</c>.</summary>
    public static ExpressionException Parameter(string function, string expected, FlowValue given) =>
        Typed(function, "parameter", expected, given, 1);

    /// <summary>A parameter is of the wrong type. <paramref name="expected"/> as in <c>to be of type string</c>.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="position">Which parameter, from 1.</param>
    /// <param name="expected">What it should have been.</param>
    /// <param name="given">What it is.</param>
    public static ExpressionException Parameter(string function, int position, string expected, FlowValue given) =>
        Typed(function, $"{Ordinal(position)} parameter", expected, given, position);

    /// <summary>A value whose content does not fit, such as <c>int('x')</c>.</summary>
    public static ExpressionException NotConvertible(string function, FlowValue given) => new(
        $"The template language function '{function}' was invoked with a parameter that is not valid. The value cannot be converted to the target type.",
        Describe(function, 1, given));

    /// <summary>The general refusal.</summary>
    public static ExpressionException NotValid(string function, FlowValue given) =>
        new($"The provided parameters for template language function '{function}' are not valid.", Describe(function, 1, given));

    /// <summary>Any other sentence after <c>The template language function 'f'</c>, followed by the pointer to the documentation.</summary>
    public static ExpressionException Because(string function, string sentence, string? detail = null) =>
        new($"The template language function '{function}' {sentence}{Usage(function)}", detail);

    /// <summary>Our second line: which argument, of what type, and its value where that is a number or a boolean.</summary>
    public static string Describe(string function, int position, FlowValue given)
    {
        var value = given.IsNumber || given.IsBoolean ? $" {ValueText.Of(given)}" : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{function}: argument {position} is {given.Kind}{value}");
    }

    private static ExpressionException Typed(string function, string parameter, string expected, FlowValue given, int position) => Because(
        function,
        $"expects its {parameter} {expected}. The provided value is of type '{ValueText.TypeName(given)}'.",
        Describe(function, position, given));

    private static string Usage(string function) => $" Please see https://aka.ms/logicexpressions#{function} for usage details.";

    private static string Ordinal(int position) => position switch
    {
        1 => "first",
        2 => "second",
        3 => "third",
        _ => "fourth",
    };
}
