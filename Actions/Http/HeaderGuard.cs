using System.Buffers;
using System.Net.Http.Headers;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>The one door through which header names and values of a flow reach a message.</summary>
/// <remarks>
/// .NET's TryAddWithoutValidation takes a value with line breaks and writes it to the wire as further headers; so everything is checked here
/// first. Names are tokens, values have no control characters but tabs.
/// </remarks>
internal static class HeaderGuard
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // Runtime reference, 3.14: dropped without a word. The last line are those that concern the connection, not the message.
    private static readonly HashSet<string> Dropped = new(StringComparer.OrdinalIgnoreCase)
    {
        "Allow", "Cookie", "Expires", "Host", "Last-Modified", "Origin", "Set-Cookie", "Transfer-Encoding",
        "Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Upgrade",
    };

    /// <summary>Whether the text is a token, as header names and methods must be.</summary>
    public static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(TokenCharacters);

    /// <summary>Whether the service leaves a header of that name out of a request.</summary>
    public static bool IsDropped(string name) =>
        Dropped.Contains(name)
        || name.StartsWith("Accept-", StringComparison.OrdinalIgnoreCase)
        || (name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) && !IsKeptContentHeader(name));

    /// <summary>A header value as text: <c>True</c>, numbers, objects as JSON, null empty.</summary>
    /// <exception cref="MessageFormatException">Content that is no text.</exception>
    public static string TextOf(FlowValue value)
    {
        try
        {
            return ValueText.Of(value);
        }
        catch (ExpressionException e)
        {
            throw new MessageFormatException(e.Message, e);
        }
    }

    /// <summary>Refuses a name that is no token and a value with control characters.</summary>
    /// <exception cref="MessageFormatException">The words of .NET, which the service shows.</exception>
    public static void Check(string name, string value, bool allowNonAscii = false)
    {
        if (!IsToken(name)) throw new MessageFormatException($"The header name '{Printable(name)}' has an invalid format.");
        foreach (var c in value)
        {
            if ((char.IsControl(c) && c != '\t') || c is '\u2028' or '\u2029')
                throw new MessageFormatException($"New-line, NUL or other control characters are not allowed in the value of header '{name}'.");
            if (c > 127 && !allowNonAscii) throw new MessageFormatException($"Request headers must contain only ASCII characters. Header '{name}' has others.");
        }
    }

    /// <summary>Checks and adds a header; what belongs to the content is added there, and left out where there is none.</summary>
    /// <exception cref="MessageFormatException">See <see cref="Check"/>.</exception>
    public static void Add(HttpHeaders headers, HttpContent? content, string name, string value)
    {
        Check(name, value);
        if (IsKeptContentHeader(name))
        {
            if (content is null) return;
            headers = content.Headers;
        }

        headers.Remove(name);
#pragma warning disable RS0030 // The name and the value have just been checked. Add() would refuse what servers are sent every day, such as an unquoted ETag.
        headers.TryAddWithoutValidation(name, value);
#pragma warning restore RS0030
    }

    private static bool IsKeptContentHeader(string name) =>
        name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Content-Disposition", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase);

    private static string Printable(string name) =>
        string.Concat(name.Take(64).Select(c => c is >= ' ' and < (char)127 ? c : '?'));
}
