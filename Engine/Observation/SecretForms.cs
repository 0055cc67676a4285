using System.Security;
using System.Text;

namespace FlowEngine;

/// <summary>The forms in which a secret text turns up inside other text: as it is, in JSON, in an address or a form, in XML, in base64.</summary>
internal static class SecretForms
{
    /// <summary>Adds every form of a secret that differs from the others.</summary>
    public static void Add(string secret, HashSet<string> forms)
    {
        if (!forms.Add(secret)) return;
        forms.Add(Newtonsoft.Json.JsonConvert.ToString(secret)[1..^1]);
        var escaped = Uri.EscapeDataString(secret);
        forms.Add(escaped);
        forms.Add(escaped.Replace("%20", "+", StringComparison.Ordinal));
        if (escaped.Length != secret.Length) AddSpecial(secret, forms);
        AddBase64(secret, forms);
    }

    // Only what an address must escape can be written in several ways.
    private static void AddSpecial(string secret, HashSet<string> forms)
    {
        // What stands in an address without having been encoded is escaped by the address itself, and less of it.
        if (Uri.TryCreate("http://h/?" + secret, UriKind.Absolute, out var address)) forms.Add(address.Query[1..] + address.Fragment);
        forms.Add(SecurityElement.Escape(secret));
        forms.Add(System.Net.WebUtility.HtmlEncode(secret));
        forms.Add(System.Net.WebUtility.UrlEncode(secret));
    }

    // Base64 cuts bytes in threes: what stands before the secret, such as a user's name, shifts it. In each of the three shifts some letters depend on the secret alone.
    private static void AddBase64(string secret, HashSet<string> forms)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        var shifted = new byte[bytes.Length + 2];
        bytes.CopyTo(shifted, 2);
        for (var shift = 0; shift <= 2; shift++)
        {
            var text = Convert.ToBase64String(shifted.AsSpan(2 - shift));
            if (shift == 0) forms.Add(text);
            var own = text[(((shift * 8) + 5) / 6)..((shift + bytes.Length) * 8 / 6)];
            forms.Add(own);
            if (own.AsSpan().IndexOfAny('+', '/') >= 0) forms.Add(own.Replace('+', '-').Replace('/', '_'));
        }
    }
}
