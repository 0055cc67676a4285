using System.Globalization;

namespace FlowEngine.Definitions;

/// <summary>What a package gives to the parameters of one of its flows.</summary>
internal static class PackageValues
{
    /// <summary>Values by the parameters' names: those of <c>parameters.json</c>, and of environment variables by <c>metadata.schemaName</c>.</summary>
    public static IEnumerable<KeyValuePair<string, FlowValue>> For(WorkflowDefinition definition, PackageFlow flow)
    {
        foreach (var parameter in definition.Parameters)
        {
            if (flow.Values.TryGetValue(parameter.Name, out var given)) yield return new(parameter.Name, given);
            var schemaName = definition.Raw["parameters"][parameter.Name]["metadata"]["schemaName"].AsStringOrNull;
            if (schemaName is not null && flow.EnvironmentValues.TryGetValue(schemaName, out var text) && Convert(text, parameter.Type) is { } value) yield return new(parameter.Name, value);
        }
    }

    // The values of environment variables are text. One that is none of the parameter's type leaves the exported default.
    private static FlowValue? Convert(string text, string type)
    {
        switch (type)
        {
            case "Bool":
                return text.Trim().ToUpperInvariant() switch
                {
                    "1" or "YES" or "TRUE" => (FlowValue?)FlowValue.True,
                    "0" or "NO" or "FALSE" => FlowValue.False,
                    _ => null,
                };
            case "Int":
                return long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var integer) ? integer : null;
            case "Float":
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
            case "Array" or "Object" or "SecureObject":
                try
                {
                    var value = FlowJson.Parse(text);
                    return (type == "Array" ? value.IsArray : value.IsObject) ? value : (FlowValue?)null;
                }
                catch (FlowJsonException)
                {
                    return null;
                }

            default:
                return FlowValue.String(text);
        }
    }
}
