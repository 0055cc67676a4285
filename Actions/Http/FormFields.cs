namespace FlowEngine.Actions;

/// <summary>The fields of <c>application/x-www-form-urlencoded</c> text.</summary>
internal static class FormFields
{
    private const int MaxFields = 10_000;

    /// <summary>
    /// An array of <c>{key, value}</c>, one a part between <c>&amp;</c>, empty parts too; a part without <c>=</c> has the value <c>""</c>.
    /// Recorded: <c>test&amp;x=y=z&amp;&amp;===</c> gives test, x = "y=z", an empty one, and "" = "==".
    /// </summary>
    /// <remarks>Null where there are too many: each is an object, some hundred times its text, and a message may be nothing but separators.</remarks>
    public static FlowValue? Read(string text)
    {
        if (text.AsSpan().Count('&') >= MaxFields) return null;
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
