using System.Text;

namespace FlowEngine.Connectors;

/// <summary>Text: <c>string</c>, encodings, addresses, regular expressions.</summary>
internal static class PolicyTextTypes
{
    public static IEnumerable<PolicyType> Table { get; } =
    [
        new PolicyType("string")
        {
            Statics =
            {
                ["Empty"] = _ => string.Empty,
                ["IsNullOrEmpty"] = call => string.IsNullOrEmpty(call.TextOrNull(0)),
                ["IsNullOrWhiteSpace"] = call => string.IsNullOrWhiteSpace(call.TextOrNull(0)),
                ["Join"] = Join,
                ["Concat"] = call => Joined(string.Empty, call.Count == 1 && call[0] is not string ? PolicyMembers.Items(call[0], call.At) : call.Arguments, call),
                ["Format"] = call => call.Built(PolicyFormats.Compose(call.Text(0), [.. call.Arguments.Skip(1)], call)),
                ["Equals"] = call => call.Count > 2 ? string.Equals(call.TextOrNull(0), call.TextOrNull(1), PolicyTexts.Comparison(call[2])) : call.TextOrNull(0) == call.TextOrNull(1),
                ["Compare"] = call => string.Compare(call.TextOrNull(0), call.TextOrNull(1), call.Count > 2 ? PolicyTexts.Comparison(call[2]) : StringComparison.Ordinal),
            },
            Create = call =>
            {
                if (call[0] is IEnumerable<object?> characters) return call.Built(string.Concat(characters.Select(PolicyCasts.Text)));
                call.Budget.Charge(2L * call.Integer(1), call.At);
                return new string(call[0] is char c ? c : throw call.Fail("A character and a count were expected."), call.Integer(1));
            },
        },
        new PolicyType("StringBuilder") { Create = call => new StringBuilder(call.Built(call.TextOrNull(0) ?? string.Empty)) },
        new PolicyType("Encoding")
        {
            Statics = { ["UTF8"] = _ => new PolicyEncoding(new UTF8Encoding(false)), ["ASCII"] = _ => new PolicyEncoding(Encoding.ASCII), ["Unicode"] = _ => new PolicyEncoding(Encoding.Unicode), ["Latin1"] = _ => new PolicyEncoding(Encoding.Latin1) },
        },
        new PolicyType("Uri")
        {
            Statics = { ["EscapeDataString"] = call => call.Built(Uri.EscapeDataString(call.ToEscape(0))), ["UnescapeDataString"] = call => call.Built(Uri.UnescapeDataString(call.Text(0))) },
            Create = call => new UrlView(new Uri(call.Text(0), UriKind.Absolute)),
        },
        Web("WebUtility"),
        Web("HttpUtility"),
        new PolicyType("Regex")
        {
            Statics =
            {
                ["IsMatch"] = call => PolicyRegex.Match(PolicyRegex.Of(call, 1, 2), call.Text(0), call).Success,
                ["Match"] = call => PolicyRegex.Match(PolicyRegex.Of(call, 1, 2), call.Text(0), call),
                ["Matches"] = call => PolicyRegex.Matches(PolicyRegex.Of(call, 1, 2), call.Text(0), call),
                ["Replace"] = call => PolicyRegex.Replace(PolicyRegex.Of(call, 1, 3), call.Text(0), call.Text(2), call),
                ["Split"] = call => PolicyRegex.Split(PolicyRegex.Of(call, 1, 2), call.Text(0), call),
                ["Escape"] = call => call.Built(System.Text.RegularExpressions.Regex.Escape(call.ToEscape(0))),
            },
            Create = call => PolicyRegex.Of(call, 0, 1),
        },
    ];

    private static PolicyType Web(string name) => new(name)
    {
        Statics =
        {
            ["UrlEncode"] = call => call.Built(System.Net.WebUtility.UrlEncode(call.ToEscape(0))),
            ["UrlDecode"] = call => call.Built(System.Net.WebUtility.UrlDecode(call.Text(0))),
            ["HtmlEncode"] = call => call.Built(System.Net.WebUtility.HtmlEncode(call.ToEscape(0))),
            ["HtmlDecode"] = call => call.Built(System.Net.WebUtility.HtmlDecode(call.Text(0))),
        },
    };

    private static string Join(PolicyCall call)
    {
        var items = call.Count == 2 && call[1] is not string ? PolicyMembers.Items(call[1], call.At) : call.Arguments.Skip(1);
        return Joined(call.TextOrNull(0) ?? string.Empty, items, call);
    }

    private static string Joined(string separator, IEnumerable<object?> items, PolicyCall call)
    {
        var result = new StringBuilder();
        var first = true;
        foreach (var item in items)
        {
            var text = PolicyCasts.Text(item);
            call.Budget.Charge(2L * (text.Length + separator.Length), call.At);
            if (!first) result.Append(separator);
            result.Append(text);
            first = false;
        }

        return result.ToString();
    }
}

/// <summary>An encoding.</summary>
internal sealed record PolicyEncoding(Encoding Encoding);
