using System.Globalization;
using System.Text;

namespace FlowEngine.Definitions;

/// <summary>Functions of template expressions that make or search text.</summary>
internal static class ArmTextFunctions
{
    public static Dictionary<string, Func<ArmArguments, FlowValue>> Table { get; } = new()
    {
        ["base64"] = a => Convert.ToBase64String(Encoding.UTF8.GetBytes(a.Text(0))).AsValue(),
        ["base64ToString"] = FromBase64,
        ["endsWith"] = a => a.Text(0).EndsWith(a.Text(1), StringComparison.OrdinalIgnoreCase),
        ["format"] = Format,
        ["indexOf"] = a => a[0].IsArray ? IndexIn(a.Array(0), a[1]) : a.Text(0).IndexOf(a.Text(1), StringComparison.OrdinalIgnoreCase),
        ["join"] = Join,
        ["lastIndexOf"] = a => a.Text(0).LastIndexOf(a.Text(1), StringComparison.OrdinalIgnoreCase),
        ["padLeft"] = PadLeft,
        ["replace"] = Replace,
        ["split"] = Split,
        ["startsWith"] = a => a.Text(0).StartsWith(a.Text(1), StringComparison.OrdinalIgnoreCase),
        ["string"] = a => a.AnyText(0).AsValue(),
        ["substring"] = Substring,
        ["toLower"] = a => a.Text(0).ToLowerInvariant().AsValue(),
        ["toUpper"] = a => a.Text(0).ToUpperInvariant().AsValue(),
        ["trim"] = a => a.Text(0).Trim().AsValue(),
        ["uri"] = Uri,
        ["uriComponent"] = a => System.Uri.EscapeDataString(a.Text(0)).AsValue(),
        ["uriComponentToString"] = a => System.Uri.UnescapeDataString(a.Text(0)).AsValue(),
    };

    private static FlowValue AsValue(this string text) => FlowValue.String(text);

    private static FlowValue FromBase64(ArmArguments a)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(a.Text(0))).AsValue();
        }
        catch (FormatException)
        {
            throw a.Wrong(0, "base64");
        }
    }

    // Alignment isn't taken: templates don't use it, and a width is a cheap way to ask for a gigabyte.
    private static FlowValue Format(ArmArguments a)
    {
        var pattern = a.Text(0);
        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c is '{' or '}' && i + 1 < pattern.Length && pattern[i + 1] == c)
            {
                text.Append(pattern[i++]);
            }
            else if (c == '{')
            {
                var end = pattern.IndexOf('}', i);
                if (end < 0 || !int.TryParse(pattern.AsSpan(i + 1, end - i - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                    throw new ArmException("the pattern of 'format' has a hole that is no '{0}'");
                var value = ArmArguments.TextOf(a[Math.Min(index, a.Count) + 1]);
                a.Budget.PayText(value.Length);
                text.Append(value);
                i = end;
            }
            else
            {
                text.Append(c);
            }
        }

        return text.ToString().AsValue();
    }

    private static FlowValue IndexIn(FlowArray array, FlowValue wanted)
    {
        for (var i = 0; i < array.Count; i++)
        {
            if (array[i] == wanted) return i;
        }

        return -1;
    }

    private static FlowValue Join(ArmArguments a)
    {
        var separator = a.Text(1);
        var items = a.Array(0).Select(ArmArguments.TextOf).ToList();
        a.Budget.PayText(items.Sum(item => (long)item.Length + separator.Length));
        return string.Join(separator, items).AsValue();
    }

    private static FlowValue PadLeft(ArmArguments a)
    {
        var length = a.Integer(1);
        if (length is < 0 or > 10_000) throw a.Wrong(1, "a length of up to 10,000");
        var padding = a.Count > 2 ? a.Text(2) : " ";
        return padding.Length == 1 ? a.AnyText(0).PadLeft((int)length, padding[0]).AsValue() : throw a.Wrong(2, "one character");
    }

    private static FlowValue Replace(ArmArguments a)
    {
        var (text, old, fresh) = (a.Text(0), a.Text(1), a.Text(2));
        if (old.Length == 0) throw a.Wrong(1, "text of any length");
        a.Budget.PayText(text.Length + ((long)text.Length / old.Length * fresh.Length));
        return text.Replace(old, fresh, StringComparison.Ordinal).AsValue();
    }

    private static FlowValue Split(ArmArguments a)
    {
        var separators = a[1].AsStringOrNull is { } one ? [one] : a.Array(1).Select(ArmArguments.TextOf).ToArray();
        return FlowValue.Array(FlowArray.Create(a.Text(0).Split(separators, StringSplitOptions.None).Select(AsValue)));
    }

    private static FlowValue Substring(ArmArguments a)
    {
        var text = a.Text(0);
        var start = a.Integer(1);
        if (start < 0 || start > text.Length) throw a.Wrong(1, "within the text");
        var length = a.Count > 2 ? a.Integer(2) : text.Length - start;
        if (length < 0 || length > text.Length - start) throw a.Wrong(2, "within the text");
        return text.Substring((int)start, (int)length).AsValue();
    }

    private static FlowValue Uri(ArmArguments a) =>
        System.Uri.TryCreate(a.Text(0), UriKind.Absolute, out var root) && System.Uri.TryCreate(root, a.Text(1), out var whole)
            ? whole.AbsoluteUri.AsValue()
            : throw a.Wrong(0, "an absolute address");
}
