namespace FlowEngine.Actions;

/// <summary>The fields of <c>application/x-www-form-urlencoded</c> text.</summary>
internal static class FormFields
{
    /// <summary>
    /// An array of <c>{key, value}</c>, one a part between <c>&amp;</c>, empty parts too; a part without <c>=</c> has the value <c>""</c>.
    /// Recorded: <c>test&amp;x=y=z&amp;&amp;===</c> gives test, x = "y=z", an empty one, and "" = "==".
    /// </summary>
    public static FlowValue Read(string text)
    {
        var fields = FlowArray.Empty;
        foreach (var part in text.Split('&'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? part : part[..equals];
            var value = equals < 0 ? string.Empty : part[(equals + 1)..];
            fields = fields.Append(FlowValue.Object(("key", Decode(key)), ("value", Decode(value))));
        }

        return fields;
    }

    private static FlowValue Decode(string text) => FlowValue.String(Uri.UnescapeDataString(text.Replace('+', ' ')));
}
