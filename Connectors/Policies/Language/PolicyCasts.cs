using System.Collections;
using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace FlowEngine.Connectors;

/// <summary>From one type to another, and to text.</summary>
internal static class PolicyCasts
{
    private static readonly Dictionary<string, Func<object, bool>> Tests = new(StringComparer.Ordinal)
    {
        ["string"] = value => value is string,
        ["int"] = value => value is int,
        ["long"] = value => value is long or int,
        ["double"] = value => value is double,
        ["float"] = value => value is double,
        ["decimal"] = value => value is decimal,
        ["bool"] = value => value is bool,
        ["char"] = value => value is char,
        ["byte"] = value => value is int,
        ["byte[]"] = value => value is byte[],
        ["object"] = _ => true,
        ["dynamic"] = _ => true,
        ["JObject"] = value => value is JObject,
        ["JArray"] = value => value is JArray,
        ["JToken"] = value => value is JToken,
        ["JValue"] = value => value is JValue,
        ["DateTime"] = value => value is DateTime,
        ["DateTimeOffset"] = value => value is DateTimeOffset,
        ["TimeSpan"] = value => value is TimeSpan,
        ["Guid"] = value => value is Guid,
        ["string[]"] = value => value is IList,
    };

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["String"] = "string",
        ["Int32"] = "int",
        ["Int64"] = "long",
        ["Double"] = "double",
        ["Decimal"] = "decimal",
        ["Boolean"] = "bool",
        ["Object"] = "object",
        ["Byte[]"] = "byte[]",
    };

    public static IEnumerable<string> Names => Tests.Keys;

    public static bool Knows(string type) => Tests.ContainsKey(Canonical(type));

    public static bool Is(string type, object? value) => value is not null && Tests[Canonical(type)](value); // The check knows the type.

    /// <summary>C#'s explicit conversion; from JSON values too.</summary>
    public static object? To(string type, object? value, int at)
    {
        var name = Canonical(type);
        if (PolicyOperators.IsNull(value)) return name is "string" or "object" or "dynamic" or "JToken" or "JObject" or "JArray" or "byte[]" or "string[]" ? null : throw new PolicyExpressionException($"Null can't be converted to {name}.", at);
        if (Tests.TryGetValue(name, out var test) && test(value!)) return value is int number && name == "long" ? (long)number : value;
        var plain = PolicyOperators.Plain(value);
        try
        {
            return (name, plain) switch
            {
                ("string", _) when value is JValue => Text(plain),
                ("int", int or long or double or decimal or char) => plain is double or decimal ? (int)Math.Truncate(System.Convert.ToDouble(plain, CultureInfo.InvariantCulture)) : plain is char c ? c : unchecked((int)System.Convert.ToInt64(plain, CultureInfo.InvariantCulture)),
                ("int", string or bool) when value is JValue => System.Convert.ToInt32(plain, CultureInfo.InvariantCulture),
                ("long", int or long or double or decimal) => plain is double or decimal ? (long)Math.Truncate(System.Convert.ToDouble(plain, CultureInfo.InvariantCulture)) : System.Convert.ToInt64(plain, CultureInfo.InvariantCulture),
                ("long", string) when value is JValue => System.Convert.ToInt64(plain, CultureInfo.InvariantCulture),
                ("double" or "float", int or long or decimal) => System.Convert.ToDouble(plain, CultureInfo.InvariantCulture),
                ("double" or "float", string) when value is JValue => System.Convert.ToDouble(plain, CultureInfo.InvariantCulture),
                ("decimal", int or long or double) => System.Convert.ToDecimal(plain, CultureInfo.InvariantCulture),
                ("decimal", string) when value is JValue => System.Convert.ToDecimal(plain, CultureInfo.InvariantCulture),
                ("bool", bool) => plain,
                ("bool", string text) when value is JValue => bool.Parse(text),
                ("char", int code) => (char)code,
                ("byte", int code) => code & 0xFF,
                ("Guid", string text) when value is JValue => Guid.Parse(text),
                ("DateTime", string text) when value is JValue => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal),
                _ => throw new PolicyExpressionException($"{NameOf(value)} can't be converted to {name}.", at),
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidCastException)
        {
            throw new PolicyExpressionException($"{NameOf(value)} can't be converted to {name}: {e.Message}", at, 1, e);
        }
    }

    /// <summary>As <c>ToString()</c> gives it, in the invariant culture.</summary>
    public static string Text(object? value) => value switch
    {
        null => string.Empty,
        string text => text,
        bool truth => truth ? "True" : "False",
        JValue json when json.Value is IFormattable inner => inner.ToString(null, CultureInfo.InvariantCulture),
        JToken token => token.ToString(token is JValue ? Formatting.None : Formatting.Indented).Trim('"'),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };

    public static int Integer(object? value, int at) => PolicyOperators.Plain(value) switch
    {
        int number => number,
        long number and >= int.MinValue and <= int.MaxValue => (int)number,
        char c => c,
        _ => throw new PolicyExpressionException($"A whole number was expected, but is {NameOf(value)}.", at),
    };

    public static double Number(object? value, int at) =>
        PolicyOperators.Plain(value) is { } plain && PolicyOperators.IsNumber(plain) ? System.Convert.ToDouble(plain, CultureInfo.InvariantCulture) : throw new PolicyExpressionException($"A number was expected, but is {NameOf(value)}.", at);

    /// <summary>What a value is, for messages; never what it holds.</summary>
    public static string NameOf(object? value) => value switch
    {
        null => "null",
        string => "text",
        int or long => "an integer",
        double or decimal => "a number",
        bool => "a boolean",
        char => "a character",
        byte[] => "bytes",
        JToken token => "JSON (" + token.Type + ")",
        PolicyLambda => "a lambda",
        IList => "a list",
        IPolicyView view => view.Name,
        _ => value.GetType().Name,
    };

    private static string Canonical(string type)
    {
        var name = type[(type.LastIndexOf('.') + 1)..];
        return Aliases.GetValueOrDefault(name, name);
    }
}

/// <summary>What <c>context</c> and its parts are to expressions.</summary>
internal interface IPolicyView
{
    string Name { get; }
}
