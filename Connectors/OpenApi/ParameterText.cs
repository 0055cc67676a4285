using Microsoft.OpenApi;

namespace FlowEngine.Connectors;

/// <summary>Parameter values as text in paths, queries, headers and forms, by the styles of OpenAPI (2.0: <c>collectionFormat</c>).</summary>
internal static class ParameterText
{
    /// <summary>A scalar as an API expects it: numbers and booleans as in JSON, all else that is no text as JSON.</summary>
    public static string Of(FlowValue value) => value.IsNull ? string.Empty : value.AsStringOrNull ?? value.ToJson();

    /// <summary>What stands in the path for the parameter, percent-encoded.</summary>
    public static string InPath(ConnectorParameter parameter, FlowValue value)
    {
        string Encoded(string text) => Uri.EscapeDataString(parameter.DoubleEncoded ? Uri.EscapeDataString(text) : text);
        return parameter.Style switch
        {
            ParameterStyle.Label => "." + Joined(value, parameter.Explode ? "." : ",", parameter.Explode, Encoded),
            ParameterStyle.Matrix when value.AsArrayOrNull is { } array && parameter.Explode => string.Concat(array.Select(item => $";{Uri.EscapeDataString(parameter.Name)}={Encoded(Of(item))}")),
            ParameterStyle.Matrix when value.IsObject && parameter.Explode => ";" + Joined(value, ";", true, Encoded),
            ParameterStyle.Matrix => $";{Uri.EscapeDataString(parameter.Name)}={Joined(value, ",", false, Encoded)}",
            _ => Joined(value, Separator(parameter), parameter.Explode, Encoded),
        };
    }

    /// <summary>A header's value.</summary>
    public static string InHeader(ConnectorParameter parameter, FlowValue value) => Joined(value, parameter.TabSeparated ? "\t" : ",", parameter.Explode, static text => text);

    /// <summary>Adds <c>name=value</c> of a query or a form, percent-encoded.</summary>
    public static void AddFields(ConnectorParameter parameter, FlowValue value, List<string> fields)
    {
        var name = Uri.EscapeDataString(parameter.Name);
        if (parameter.Style == ParameterStyle.DeepObject)
        {
            AddDeep(name, value, fields);
        }
        else if (value.AsObjectOrNull is { } o)
        {
            if (parameter.Explode) fields.AddRange(o.Select(member => $"{Uri.EscapeDataString(member.Key)}={Uri.EscapeDataString(Of(member.Value))}"));
            else fields.Add($"{name}={Joined(value, ",", false, Uri.EscapeDataString)}");
        }
        else if (value.AsArrayOrNull is { } array && parameter is { Explode: true, TabSeparated: false, Style: ParameterStyle.Form })
        {
            foreach (var item in array) fields.Add($"{name}={Uri.EscapeDataString(Of(item))}");
        }
        else
        {
            fields.Add($"{name}={Joined(value, Separator(parameter), false, Uri.EscapeDataString)}");
        }
    }

    private static string Separator(ConnectorParameter parameter) => parameter switch
    {
        { TabSeparated: true } => "%09",
        { Style: ParameterStyle.SpaceDelimited } => "%20",
        { Style: ParameterStyle.PipeDelimited } => "%7C",
        _ => ",",
    };

    // The standard leaves open what becomes of lists and of objects within; written so, servers that know brackets tell the items apart.
    private static void AddDeep(string name, FlowValue value, List<string> fields)
    {
        if (value.AsObjectOrNull is { } o)
        {
            foreach (var (member, inner) in o) AddDeep($"{name}%5B{Uri.EscapeDataString(member)}%5D", inner, fields);
        }
        else if (value.AsArrayOrNull is { } array)
        {
            for (var i = 0; i < array.Count; i++) AddDeep(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}%5B{i}%5D"), array[i], fields);
        }
        else
        {
            fields.Add($"{name}={Uri.EscapeDataString(Of(value))}");
        }
    }

    private static string Joined(FlowValue value, string separator, bool pairs, Func<string, string> encode)
    {
        if (value.AsArrayOrNull is { } array) return string.Join(separator, array.Select(item => encode(Of(item))));
        if (value.AsObjectOrNull is { } o) return string.Join(separator, o.Select(member => pairs ? $"{encode(member.Key)}={encode(Of(member.Value))}" : $"{encode(member.Key)},{encode(Of(member.Value))}"));
        return encode(Of(value));
    }
}
