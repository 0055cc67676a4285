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
        ["uint"] = value => value is uint,
        ["long"] = value => value is long,
        ["ulong"] = value => value is ulong,
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

    public static IEnumerable<string> Names => Tests.Keys;

    public static bool Knows(string type) => PolicyTypeNames.Canonical(type) is { } name && Tests.ContainsKey(name);

    public static bool Is(string type, object? value) => value is not null && Tests[Canonical(type)](value);

    /// <summary>C#'s explicit conversion; from JSON values too.</summary>
    public static object? To(string type, object? value, int at)
    {
        var name = Canonical(type);
        if (PolicyOperators.IsNull(value)) return name is "string" or "object" or "dynamic" or "JToken" or "JObject" or "JArray" or "byte[]" or "string[]" ? null : throw new PolicyExpressionException($"Null can't be converted to {name}.", at);
        if (Tests[name](value!)) return value; // IsNull looked.
        var plain = PolicyOperators.Plain(value);
        try
        {
            var result = PolicyOperators.IsNumber(plain) || plain is char ? OfNumber(name, plain) : value is JValue ? OfJson(name, plain) : null;
            if (name == "string" && value is JValue) result = Text(plain);
            return result ?? throw new PolicyExpressionException($"{NameOf(value)} can't be converted to {name}.", at);
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidCastException)
        {
            throw new PolicyExpressionException($"{NameOf(value)} can't be converted to {name}: {e.Message}", at, 1, e);
        }
    }

    private static object? OfNumber(string name, object? number)
    {
        if (number is char c) number = (int)c;
        var isWhole = number is int or uint or long or ulong;
        var bits = isWhole ? number is ulong large ? unchecked((long)large) : Convert.ToInt64(number, CultureInfo.InvariantCulture) : 0;
        return name switch
        {
            "double" or "float" => Convert.ToDouble(number, CultureInfo.InvariantCulture),
            "decimal" => Convert.ToDecimal(number, CultureInfo.InvariantCulture),
            "int" => isWhole ? unchecked((int)bits) : (int)Cut(number),
            "uint" => isWhole ? unchecked((uint)bits) : (uint)Cut(number),
            "long" => isWhole ? bits : (long)Cut(number),
            "ulong" => isWhole ? unchecked((ulong)bits) : (ulong)Cut(number),
            "char" when isWhole => unchecked((char)bits),
            "byte" when isWhole => (int)(bits & 0xFF),
            _ => null,
        };
    }

    private static double Cut(object? number) => Math.Truncate(Convert.ToDouble(number, CultureInfo.InvariantCulture));

    private static object? OfJson(string name, object? plain) => (name, plain) switch
    {
        ("int", string or bool) => Convert.ToInt32(plain, CultureInfo.InvariantCulture),
        ("uint", string) => Convert.ToUInt32(plain, CultureInfo.InvariantCulture),
        ("long", string) => Convert.ToInt64(plain, CultureInfo.InvariantCulture),
        ("ulong", string) => Convert.ToUInt64(plain, CultureInfo.InvariantCulture),
        ("double" or "float", string) => Convert.ToDouble(plain, CultureInfo.InvariantCulture),
        ("decimal", string) => Convert.ToDecimal(plain, CultureInfo.InvariantCulture),
        ("bool", bool) => plain,
        ("bool", string text) => bool.Parse(text),
        ("Guid", string text) => Guid.Parse(text),
        ("DateTime", string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal),
        _ => null,
    };

    /// <summary>As <c>ToString()</c> gives it, in the invariant culture.</summary>
    public static string Text(object? value) => value switch
    {
        null => string.Empty,
        string text => text,
        bool truth => truth ? "True" : "False",
        JValue json => Text(json.Value),
        JToken token => PolicyJson.Text(token, Formatting.Indented),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };

    public static int Integer(object? value, int at) => PolicyOperators.Plain(value) switch
    {
        int number => number,
        uint number and <= int.MaxValue => (int)number,
        long number and >= int.MinValue and <= int.MaxValue => (int)number,
        ulong number and <= int.MaxValue => (int)number,
        char c => c,
        _ => throw new PolicyExpressionException($"A whole number was expected, but is {NameOf(value)}.", at),
    };

    public static double Number(object? value, int at) =>
        PolicyOperators.Plain(value) is { } plain && PolicyOperators.IsNumber(plain) ? Convert.ToDouble(plain, CultureInfo.InvariantCulture) : throw new PolicyExpressionException($"A number was expected, but is {NameOf(value)}.", at);

    /// <summary>What a value is, for messages; never what it holds.</summary>
    public static string NameOf(object? value) => value switch
    {
        null => "null",
        string => "text",
        int or uint or long or ulong => "an integer",
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

    // The check lets no other type through.
    private static string Canonical(string type) => PolicyTypeNames.Canonical(type)!;
}

/// <summary>What <c>context</c> and its parts are to expressions.</summary>
internal interface IPolicyView
{
    string Name { get; }
}
