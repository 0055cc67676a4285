using System.Globalization;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>The one text conversion of the language: <c>string()</c>, <c>concat()</c>, <c>join()</c> and <c>@{…}</c>. Rule: expressions reference, section 1.</summary>
internal static class ValueText
{
    /// <summary>The text of a value: null is empty, booleans are <c>True</c> and <c>False</c>, containers are compact JSON, content is decoded.</summary>
    /// <exception cref="ExpressionException">Content whose base64 or charset is not valid.</exception>
    public static string Of(FlowValue value) => value.Kind switch
    {
        FlowValueKind.Null => string.Empty,
        FlowValueKind.String => value.AsString,
        FlowValueKind.Boolean => value.AsBoolean ? "True" : "False",
        FlowValueKind.Integer => value.AsInteger.ToString(CultureInfo.InvariantCulture),
        FlowValueKind.Float => value.AsDouble.ToString(CultureInfo.InvariantCulture),
        FlowValueKind.Decimal => value.AsDecimal.ToString(CultureInfo.InvariantCulture),
        FlowValueKind.Object when BinaryContent.FromValue(value) is { } content => Decode(content),
        _ => FlowJson.Write(value),
    };

    /// <summary>The type as messages name it. A Decimal is a Float there: the service knows both as one JSON type.</summary>
    public static string TypeName(FlowValue value) => value.Kind switch
    {
        FlowValueKind.Null => "Null",
        FlowValueKind.Boolean => "Boolean",
        FlowValueKind.Integer => "Integer",
        FlowValueKind.Float or FlowValueKind.Decimal => "Float",
        FlowValueKind.String => "String",
        FlowValueKind.Array => "Array",
        _ => "Object",
    };

    private static string Decode(BinaryContent content)
    {
        try
        {
            return content.ToText();
        }
        catch (FormatException e)
        {
            throw new ExpressionException($"The content of type '{content.ContentType}' cannot be converted to text: {e.Message}", inner: e);
        }
    }
}
