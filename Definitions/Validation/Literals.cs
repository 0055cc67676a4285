using System.Globalization;

namespace FlowEngine.Definitions;

/// <summary>Literal values of settings, which real files also write as text.</summary>
internal static class Literals
{
    /// <summary>An Integer, or text that is one.</summary>
    public static bool TryReadInteger(FlowValue value, out long number)
    {
        number = value.IsInteger ? value.AsInteger : 0;
        return value.IsInteger || long.TryParse(value.AsStringOrNull, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Whether the value is known only when it runs: text with an expression.</summary>
    public static bool IsExpression(FlowValue value) => value.AsStringOrNull?.Contains('@', StringComparison.Ordinal) ?? false;

    /// <summary>The value as messages quote it.</summary>
    public static string Show(FlowValue value) => value.AsStringOrNull ?? value.ToJson();
}
