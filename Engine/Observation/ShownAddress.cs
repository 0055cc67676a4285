using System.Text;

namespace FlowEngine;

/// <summary>Addresses as logs and traces show them: without user names, passwords and signatures, whoever wrote them there.</summary>
/// <remarks>The rule and the names of the first four parameters are those of OpenTelemetry's semantic conventions for <c>url.full</c>; the rest are the signatures of callback addresses and of AWS.</remarks>
internal static class ShownAddress
{
    private const string Mark = "REDACTED";

    private static readonly HashSet<string> Signatures = new(StringComparer.OrdinalIgnoreCase)
    {
        "AWSAccessKeyId", "Signature", "sig", "X-Goog-Signature", "X-Amz-Signature", "X-Amz-Credential", "X-Amz-Security-Token",
    };

    /// <summary>The address of a request, its secrets masked.</summary>
    public static string Of(RequestRecord request) => Redact(request.MaskedUri);

    /// <summary>An absolute address without credentials and signatures.</summary>
    public static string Redact(string uri)
    {
        var start = uri.IndexOf("://", StringComparison.Ordinal);
        if (start < 0) return uri;
        start += 3;
        var end = uri.AsSpan(start).IndexOfAny('/', '?', '#') is var length and >= 0 ? start + length : uri.Length;
        var at = uri.AsSpan(start, end - start).LastIndexOf('@');
        if (at >= 0) uri = string.Concat(uri.AsSpan(0, start), $"{Mark}:{Mark}", uri.AsSpan(start + at));

        var query = uri.IndexOf('?', StringComparison.Ordinal) + 1;
        if (query == 0) return uri;
        var fragment = uri.IndexOf('#', query);
        var last = fragment < 0 ? uri.Length : fragment;
        var shown = new StringBuilder(uri.Length).Append(uri, 0, query);
        foreach (var part in uri.AsSpan(query, last - query).Split('&'))
        {
            var pair = uri.AsSpan(query, last - query)[part];
            var value = pair.IndexOf('=');
            if (shown.Length > query) shown.Append('&');
            if (value >= 0 && Signatures.Contains(pair[..value].ToString())) shown.Append(pair[..(value + 1)]).Append(Mark);
            else shown.Append(pair);
        }

        return shown.Append(uri, last, uri.Length - last).ToString();
    }
}
