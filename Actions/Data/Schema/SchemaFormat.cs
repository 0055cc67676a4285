using System.Globalization;
using System.Text.RegularExpressions;

namespace FlowEngine.Actions;

/// <summary>The formats that <c>format</c> checks; any other passes.</summary>
internal static class SchemaFormat
{
    public static bool Matches(string format, string text) => format switch
    {
        "date-time" => IsTime(text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"),
        "date" => IsTime(text, "yyyy-MM-dd"),
        "time" => IsTime(text, "HH:mm:ss"),
        "ipv4" => IsIPv4(text),
        "ipv6" => Uri.CheckHostName(text) == UriHostNameType.IPv6,
        "hostname" => IsHostName(text),
        "email" => IsEmail(text),
        "uri" => Uri.IsWellFormedUriString(text, UriKind.Absolute),
        "uri-reference" => Uri.IsWellFormedUriString(text, UriKind.RelativeOrAbsolute),
        "regex" => IsRegex(text),
        _ => true,
    };

    private static bool IsTime(string text, string format) =>
        DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _);

    private static bool IsIPv4(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 4 && Array.TrueForAll(parts, part => part.Length is > 0 and <= 3 && part.All(char.IsAsciiDigit) && int.Parse(part, CultureInfo.InvariantCulture) <= 255);
    }

    private static bool IsHostName(string text)
    {
        if (text.EndsWith('.')) text = text[..^1];
        return text.Length is > 0 and <= 255 && Array.TrueForAll(text.Split('.'), IsLabel);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    // A dotted local part or a quoted one, and a host or an address in brackets; letters of any script in both.
    private static bool IsEmail(string text)
    {
        var at = text.LastIndexOf('@');
        if (at <= 0 || at == text.Length - 1 || text.Length > 254) return false;
        var local = text[..at];
        var domain = text[(at + 1)..];
        var isLocal = local is ['"', _, .., '"'] || Array.TrueForAll(local.Split('.'), part => part.Length > 0 && part.All(c => c > 127 || char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal)));
        return isLocal && (domain is ['[', _, .., ']'] || Array.TrueForAll(domain.Split('.'), part => part.Length > 0 && part.All(c => c > 127 || char.IsAsciiLetterOrDigit(c) || c == '-') && part[0] != '-' && part[^1] != '-'));
    }

    private static bool IsRegex(string text)
    {
        try
        {
            Regex.Match(string.Empty, text, RegexOptions.ECMAScript, TimeSpan.FromSeconds(1));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (RegexMatchTimeoutException)
        {
            return true; // it is a pattern, if a slow one
        }
    }
}
