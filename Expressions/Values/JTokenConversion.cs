using Newtonsoft.Json.Linq;

namespace FlowEngine;

/// <summary>The door to Newtonsoft's model, for hosts that use it.</summary>
public static class JTokenConversion
{
    /// <summary>Converts a token. Dates, URIs, GUIDs and time spans become the text that Newtonsoft writes for them; comments are dropped.</summary>
    public static FlowValue ToFlowValue(this JToken? token)
    {
        if (token is null) return FlowValue.Null;
        using var reader = token.CreateReader();
        while (reader.Read() && reader.TokenType == Newtonsoft.Json.JsonToken.Comment)
        {
        }

        return token switch
        {
            JValue { Value: null } => FlowValue.Null,
            JValue { Value: decimal number } => FlowValue.Decimal(number),
            JValue { Type: JTokenType.Date or JTokenType.Uri or JTokenType.Guid or JTokenType.TimeSpan or JTokenType.Bytes } value =>
                FlowValue.Parse(value.ToString(Newtonsoft.Json.Formatting.None)),
            JValue { Type: JTokenType.Comment or JTokenType.Undefined or JTokenType.None } => FlowValue.Null,
            JArray array => FlowValue.Array(FlowArray.Create(array.Where(NoComment).Select(ToFlowValue))),
            JObject o => FromObject(o),
            _ => FlowJson.Read(reader),
        };
    }

    /// <summary>Converts a value to a token of its own.</summary>
    public static JToken ToJToken(this FlowValue value) => value.Kind switch
    {
        FlowValueKind.Boolean => new JValue(value.AsBoolean),
        FlowValueKind.Integer => new JValue(value.AsInteger),
        FlowValueKind.Float => new JValue(value.AsDouble),
        FlowValueKind.Decimal => new JValue(value.AsDecimal),
        FlowValueKind.String => new JValue(value.AsString),
        FlowValueKind.Array => ToArray(value.AsArray),
        FlowValueKind.Object => ToObject(value.AsObject),
        _ => JValue.CreateNull(),
    };

    private static bool NoComment(JToken token) => token.Type != JTokenType.Comment;

    private static FlowValue FromObject(JObject o)
    {
        var builder = new FlowObjectBuilder(o.Count);
        foreach (var property in o.Properties()) builder.Add(property.Name, property.Value.ToFlowValue());
        return builder.ToValue();
    }

    private static JArray ToArray(FlowArray array)
    {
        var result = new JArray();
        foreach (var item in array) result.Add(item.ToJToken());
        return result;
    }

    private static JObject ToObject(FlowObject o)
    {
        var result = new JObject();
        for (var i = 0; i < o.Count; i++) result.Add(o.Names[i], o.Values[i].ToJToken());
        return result;
    }
}
