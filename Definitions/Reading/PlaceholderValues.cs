using System.Text;

namespace FlowEngine.Definitions;

/// <summary>Puts values in the place of placeholders in the text of a file, before it is read: in strings and names as their text, elsewhere as JSON.</summary>
internal static class PlaceholderValues
{
    // "#NAME#" is too common in other texts to be told of; where a value is given for it, it is one.
    private static readonly (string Start, string End)[] Forms = [.. PlaceholderRules.Forms, ("#", "#")];

    /// <summary>The text with the values; the same text where it has none of the placeholders.</summary>
    /// <param name="text">The text of a file, whether it is JSON or becomes it by the values.</param>
    /// <param name="values">Values by the placeholders' names.</param>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values)
    {
        if (values.Count == 0) return text;
        StringBuilder? filled = null;
        var copied = 0;
        var isString = false;
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (c == '"') isString = !isString;
            else if (c == '\\' && isString) at++;
            else if (c is '#' or '$' or '{' or '_' && Find(text, at, values) is var (length, value))
            {
                filled ??= new StringBuilder(text.Length);
                filled.Append(text, copied, at - copied).Append(isString ? FlowValue.String(value).ToJson()[1..^1] : AsJson(value));
                copied = at + length;
                at = copied - 1;
            }
        }

        return filled is null ? text : filled.Append(text, copied, text.Length - copied).ToString();
    }

    private static (int Length, string Value)? Find(string text, int at, IReadOnlyDictionary<string, string> values)
    {
        foreach (var (start, end) in Forms)
        {
            if (string.CompareOrdinal(text, at, start, 0, start.Length) != 0) continue;
            var nameAt = at + start.Length;
            var length = text.AsSpan(nameAt, Math.Min(text.Length - nameAt, 64 + end.Length)).IndexOf(end);
            // A name may have underscores of its own: "__SITE__" and "__MY__SITE__".
            for (; length > 0; length = Next(text, nameAt, length, end))
            {
                if (values.TryGetValue(text.Substring(nameAt, length).Trim(), out var value)) return (start.Length + length + end.Length, value);
            }
        }

        return null;
    }

    private static int Next(string text, int nameAt, int length, string end)
    {
        if (end != "__") return -1;
        var from = nameAt + length + 1;
        var next = text.AsSpan(from, Math.Min(text.Length - from, 64)).IndexOf(end);
        return next < 0 || text.AsSpan(nameAt, from + next - nameAt).ContainsAny('"', '\n', ' ') ? -1 : from + next - nameAt;
    }

    private static string AsJson(string value)
    {
        try
        {
            FlowValue.Parse(value);
            return value;
        }
        catch (FlowJsonException)
        {
            return FlowValue.String(value).ToJson();
        }
    }
}
