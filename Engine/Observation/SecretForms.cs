using System.Buffers;
using System.Net;
using System.Security;
using System.Text;

namespace FlowEngine;

/// <summary>The forms that a secret takes on its way through addresses, JSON, XML, HTML, forms and base64: servers send it back in any of them.</summary>
internal static class SecretForms
{
    // A credential is short. Of what is longer, or among very many, the plain forms are enough: nobody writes a document into an address.
    private const int LongestTwice = 256;
    private const int LongestOnce = 4_096;
    private const int MostForms = 20_000;

    // What no encoding but base64 changes.
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    private static readonly Func<string, string>[] Encodings =
    [
        static text => Newtonsoft.Json.JsonConvert.ToString(text)[1..^1],
        static text => System.Text.Json.JsonEncodedText.Encode(text).Value,
        Uri.EscapeDataString,
        static text => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal),
        static text => LowerEscapes(Uri.EscapeDataString(text)),
        static text => WebUtility.UrlEncode(text),
        static text => WebUtility.HtmlEncode(text),
        static text => SecurityElement.Escape(text) ?? text,
        static text => InAddress("http://x/", text),
        static text => InAddress("http://x/?", text),
    ];

    /// <summary>Adds the text itself and what encodings make of it, one inside another too: JSON in a form, an address in HTML.</summary>
    public static void Add(string secret, HashSet<string> forms)
    {
        if (!forms.Add(secret)) return;
        if (!IsWhole(secret)) return; // What is no UTF-16 can't be sent.
        AddBase64(forms, secret);
        if (!secret.AsSpan().ContainsAnyExcept(Plain)) return;
        if (secret.Length > LongestOnce || forms.Count > MostForms)
        {
            forms.Add(Newtonsoft.Json.JsonConvert.ToString(secret)[1..^1]);
            forms.Add(Uri.EscapeDataString(secret));
            return;
        }

        var own = new HashSet<string>(StringComparer.Ordinal) { secret };
        foreach (var encode in Encodings) own.Add(encode(secret));
        if (secret.Length <= LongestTwice)
        {
            foreach (var once in own.ToList())
            {
                foreach (var encode in Encodings) own.Add(encode(once));
            }
        }

        foreach (var form in own)
        {
            forms.Add(form);
            AddBase64(forms, form);
        }
    }

    private static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }

    // Written into an address as it is: what Uri keeps of it there.
    private static string InAddress(string start, string text) =>
        Uri.TryCreate(start + text, UriKind.Absolute, out var address) && address.AbsoluteUri.StartsWith(start, StringComparison.Ordinal) && address.AbsoluteUri.Length - start.Length is >= 6 and var length
            ? address.AbsoluteUri[^length..]
            : text;

    // Hexadecimal digits of escapes may be small.
    private static string LowerEscapes(string escaped)
    {
        var text = new StringBuilder(escaped);
        for (var i = 0; i + 2 < text.Length; i++)
        {
            if (text[i] == '%') (text[i + 1], text[i + 2]) = (char.ToLowerInvariant(text[i + 1]), char.ToLowerInvariant(text[i + 2]));
        }

        return text.ToString();
    }

    // In base64 of a longer text the secret begins at one of three places in a group; only the characters that hold nothing of what stands around it tell.
    private static void AddBase64(HashSet<string> forms, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        forms.Add(Convert.ToBase64String(bytes));
        for (var before = 0; before < 3; before++)
        {
            var padded = new byte[before + bytes.Length];
            bytes.CopyTo(padded, before);
            var part = Convert.ToBase64String(padded)[(((8 * before) + 5) / 6)..(8 * padded.Length / 6)];
            forms.Add(part);
            forms.Add(part.Replace('+', '-').Replace('/', '_'));
        }
    }
}
