using System.Text;
using System.Text.RegularExpressions;

namespace FlowEngine.Connectors;

/// <summary>Members of text, of encodings and of regular expressions.</summary>
internal static class PolicyTexts
{
    public static Dictionary<string, Func<object, PolicyCall, object?>> Members { get; } = new(StringComparer.Ordinal)
    {
        ["Length"] = (text, _) => ((string)text).Length,
        ["Contains"] = (text, call) => Searched(text, call).Contains(call.Text(0), Comparison(call[1])),
        ["StartsWith"] = (text, call) => ((string)text).StartsWith(call.Text(0), Comparison(call[1])),
        ["EndsWith"] = (text, call) => ((string)text).EndsWith(call.Text(0), Comparison(call[1])),
        ["IndexOf"] = (text, call) => call[1] is int from ? Searched(text, call).IndexOf(call.Text(0), from, StringComparison.Ordinal) : Searched(text, call).IndexOf(call.Text(0), Comparison(call[1])),
        ["LastIndexOf"] = (text, call) => Searched(text, call).LastIndexOf(call.Text(0), Comparison(call[1])),
        ["Equals"] = (text, call) => string.Equals((string)text, call.TextOrNull(0), Comparison(call[1])),
        ["CompareTo"] = (text, call) => string.CompareOrdinal((string)text, call.TextOrNull(0)),
        ["Replace"] = Replace,
        ["Substring"] = (text, call) => call.Built(call.Count > 1 ? ((string)text).Substring(call.Integer(0), call.Integer(1)) : ((string)text)[call.Integer(0)..]),
        ["Remove"] = (text, call) => call.Built(call.Count > 1 ? ((string)text).Remove(call.Integer(0), call.Integer(1)) : ((string)text).Remove(call.Integer(0))),
        ["Insert"] = (text, call) => call.Built(((string)text).Insert(call.Integer(0), call.Text(1))),
        ["Trim"] = (text, call) => call.Built(((string)text).Trim(Characters(call))),
        ["TrimStart"] = (text, call) => call.Built(((string)text).TrimStart(Characters(call))),
        ["TrimEnd"] = (text, call) => call.Built(((string)text).TrimEnd(Characters(call))),
        ["ToUpper"] = (text, call) => call.Built(((string)text).ToUpperInvariant()),
        ["ToLower"] = (text, call) => call.Built(((string)text).ToLowerInvariant()),
        ["ToUpperInvariant"] = (text, call) => call.Built(((string)text).ToUpperInvariant()),
        ["ToLowerInvariant"] = (text, call) => call.Built(((string)text).ToLowerInvariant()),
        ["PadLeft"] = (text, call) => Padded(call, ((string)text).Length, width => ((string)text).PadLeft(width, call[1] is char c ? c : ' ')),
        ["PadRight"] = (text, call) => Padded(call, ((string)text).Length, width => ((string)text).PadRight(width, call[1] is char c ? c : ' ')),
        ["Split"] = Split,
        ["ToCharArray"] = (text, call) => { call.Budget.Charge(32L * ((string)text).Length, call.At); return ((string)text).Cast<object?>().ToList(); },
        ["ToString"] = (text, _) => text,

        // API Management's own additions to text.
        ["AsBasic"] = (text, _) => BasicCredentials.Read((string)text),
    };

    public static Dictionary<string, Func<object, PolicyCall, object?>> BuilderMembers { get; } = new(StringComparer.Ordinal)
    {
        ["Append"] = (builder, call) => ((StringBuilder)builder).Append(call.Built(call.TextOrNull(0) ?? string.Empty)),
        ["AppendLine"] = (builder, call) => ((StringBuilder)builder).Append(call.Built(call.TextOrNull(0) ?? string.Empty)).Append('\n'),
        ["AppendFormat"] = (builder, call) => ((StringBuilder)builder).Append(call.Built(PolicyFormats.Compose(call.Text(0), [.. call.Arguments.Skip(1)], call))),
        ["Length"] = (builder, _) => ((StringBuilder)builder).Length,
        ["ToString"] = (builder, call) => call.Built(((StringBuilder)builder).ToString()),
    };

    public static Dictionary<string, Func<object, PolicyCall, object?>> EncodingMembers { get; } = new(StringComparer.Ordinal)
    {
        ["GetBytes"] = (encoding, call) => call.Built(((PolicyEncoding)encoding).Encoding.GetBytes(call.Text(0))),
        ["GetString"] = (encoding, call) => call.Built(((PolicyEncoding)encoding).Encoding.GetString(call.Bytes(0))),
    };

    public static Dictionary<string, Func<object, PolicyCall, object?>> RegexMembers { get; } = new(StringComparer.Ordinal)
    {
        ["IsMatch"] = (regex, call) => PolicyRegex.Match((Regex)regex, call.Text(0), call).Success,
        ["Match"] = (regex, call) => PolicyRegex.Match((Regex)regex, call.Text(0), call),
        ["Matches"] = (regex, call) => PolicyRegex.Matches((Regex)regex, call.Text(0), call),
        ["Replace"] = (regex, call) => PolicyRegex.Replace((Regex)regex, call.Text(0), call.Text(1), call),
        ["Split"] = (regex, call) => PolicyRegex.Split((Regex)regex, call.Text(0), call),
    };

    public static Dictionary<string, Func<object, PolicyCall, object?>> MatchMembers { get; } = new(StringComparer.Ordinal)
    {
        ["Success"] = (match, _) => ((Group)match).Success,
        ["Value"] = (match, call) => call.Built(((Group)match).Value),
        ["Index"] = (match, _) => ((Group)match).Index,
        ["Length"] = (match, _) => ((Group)match).Length,
        ["Groups"] = (match, _) => match is Match whole ? whole.Groups.Keys.ToDictionary(key => key, key => (object?)whole.Groups[key], StringComparer.Ordinal) : null,
    };

    private static string Searched(object text, PolicyCall call)
    {
        call.Budget.Search(((string)text).Length, call.Text(0).Length, call.At);
        return (string)text;
    }

    public static StringComparison Comparison(object? value) =>
        value is PolicyConstant constant && constant.Value.EndsWith("IgnoreCase", StringComparison.Ordinal) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private static string Replace(object target, PolicyCall call)
    {
        var (text, old, replacement) = ((string)target, call.Text(0), call.TextOrNull(1) ?? string.Empty);
        if (old.Length == 0) throw call.Fail("The text to replace is empty.");
        call.Budget.Search(2L * text.Length, old.Length, call.At); // Counted, then replaced.
        long count = 0;
        for (var at = text.IndexOf(old, StringComparison.Ordinal); at >= 0; at = text.IndexOf(old, at + old.Length, StringComparison.Ordinal)) count++;
        call.Budget.Charge(2 * (text.Length + (count * (replacement.Length - old.Length))), call.At);
        return text.Replace(old, replacement, StringComparison.Ordinal);
    }

    private static string Padded(PolicyCall call, int length, Func<int, string> pad)
    {
        call.Budget.Charge(2L * Math.Max(length, call.Integer(0)), call.At);
        return pad(call.Integer(0));
    }

    private static char[] Characters(PolicyCall call) => [.. call.Arguments.SelectMany(argument => argument is char c ? [c] : PolicyCasts.Text(argument).ToCharArray())];

    private static List<object?> Split(object target, PolicyCall call)
    {
        var options = call.Arguments.OfType<PolicyConstant>().Any(option => option.Value == "RemoveEmptyEntries") ? StringSplitOptions.RemoveEmptyEntries : StringSplitOptions.None;
        var separators = call.Arguments.SelectMany(argument => argument switch
        {
            char c => [c.ToString()],
            string text => [text],
            IEnumerable<object?> items => items.Select(PolicyCasts.Text),
            _ => (IEnumerable<string>)[],
        }).ToArray();
        var text = (string)target;
        foreach (var separator in separators) call.Budget.Search(text.Length, separator.Length, call.At);
        call.Budget.Charge(32L * text.Length, call.At);
        return [.. text.Split(separators, options).Cast<object?>()];
    }
}

/// <summary>User and password of an Authorization header.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Password">The password.</param>
internal sealed record BasicCredentials(string UserId, string Password) : IPolicyView
{
    public string Name => "basic credentials";

    /// <summary>Null where the header is no Basic one.</summary>
    public static BasicCredentials? Read(string header)
    {
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return null;
        try
        {
            var text = Encoding.UTF8.GetString(Convert.FromBase64String(header[6..].Trim()));
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            return colon < 0 ? null : new BasicCredentials(text[..colon], text[(colon + 1)..]);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
