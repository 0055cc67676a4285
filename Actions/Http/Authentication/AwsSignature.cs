using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FlowEngine.Actions;

/// <summary>Who signs, and for which service where.</summary>
/// <param name="AccessKeyId">Names the key.</param>
/// <param name="SecretAccessKey">The key.</param>
/// <param name="SessionToken">Goes with keys that were lent for a time; null otherwise.</param>
/// <param name="Region">Such as <c>eu-central-1</c>.</param>
/// <param name="Service">Such as <c>execute-api</c> or <c>s3</c>.</param>
internal sealed record AwsCredentials(string AccessKeyId, string SecretAccessKey, string? SessionToken, string Region, string Service);

/// <summary>AWS Signature Version 4 of one message.</summary>
/// <remarks>
/// Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html. All headers of the message are signed but those
/// that a proxy may change and the workflow's own metadata. Amazon S3 differs: its paths are encoded once, and it wants the hash of the body in a header.
/// </remarks>
internal sealed class AwsSignature(AwsCredentials credentials, DateTimeOffset time)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    private static readonly HashSet<string> Unsigned = new(StringComparer.OrdinalIgnoreCase) { "Authorization", "User-Agent", "Connection", "Expect", "Transfer-Encoding", "X-Amzn-Trace-Id" };

    private readonly string _time = time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private bool IsS3 => credentials.Service.Equals("s3", StringComparison.OrdinalIgnoreCase);

    /// <summary>The headers to add, Authorization last.</summary>
    public List<(string Name, string Value)> HeadersFor(HttpRequestMessage message, byte[] body)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        var added = new List<(string Name, string Value)> { ("X-Amz-Date", _time) };
        if (IsS3) added.Add(("X-Amz-Content-Sha256", hash));
        if (credentials.SessionToken is { } token) added.Add(("X-Amz-Security-Token", token));

        var signed = SignedHeaders(message, added);
        var names = string.Join(';', signed.Keys);
        var scope = $"{_time[..8]}/{credentials.Region}/{credentials.Service}/aws4_request";
        var request = string.Join('\n',
            message.Method.Method,
            Path(message.RequestUri!), // A message that is to be sent has an address.
            Query(message.RequestUri!),
            string.Concat(signed.Select(header => $"{header.Key}:{header.Value}\n")),
            names,
            hash);
        var text = $"{Algorithm}\n{_time}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request)))}";
        var signature = Convert.ToHexStringLower(Hmac(Key(), text));
        added.Add(("Authorization", $"{Algorithm} Credential={credentials.AccessKeyId}/{scope}, SignedHeaders={names}, Signature={signature}"));
        return added;
    }

    private byte[] Key()
    {
        var key = Hmac(Encoding.UTF8.GetBytes("AWS4" + credentials.SecretAccessKey), _time[..8]);
        return Hmac(Hmac(Hmac(key, credentials.Region), credentials.Service), "aws4_request");
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static SortedDictionary<string, string> SignedHeaders(HttpRequestMessage message, List<(string Name, string Value)> added)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = message.RequestUri!.Authority };
        foreach (var header in message.Headers.NonValidated) Add(header.Key, header.Value.ToString());
        if (message.Content is { } content)
        {
            // The length is written by the connection; signing it is not asked for.
            foreach (var header in content.Headers.NonValidated)
            {
                if (!header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)) Add(header.Key, header.Value.ToString());
            }
        }

        foreach (var (name, value) in added) Add(name, value);
        return headers;

        void Add(string name, string value)
        {
            if (!Unsigned.Contains(name) && !name.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase)) headers[name.ToLowerInvariant()] = Trimmed(value);
        }
    }

    // Outer blanks go, and inner ones become one.
    private static string Trimmed(string value) => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    // The path is encoded as the address has it already; all services but S3 expect it encoded once more, and without empty segments.
    private string Path(Uri address)
    {
        var path = address.AbsolutePath;
        if (IsS3) return string.Join('/', path.Split('/').Select(segment => Encoded(Uri.UnescapeDataString(segment))));
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Encoded);
        var joined = "/" + string.Join('/', segments);
        return path.Length > 1 && path.EndsWith('/') && joined.Length > 1 ? joined + "/" : joined;
    }

    private static string Query(Uri address)
    {
        if (address.Query.Length <= 1) return string.Empty;
        var parameters = address.Query[1..].Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part =>
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? (part, string.Empty) : (part[..equals], part[(equals + 1)..]);
            return (Name: Encoded(Uri.UnescapeDataString(name)), Value: Encoded(Uri.UnescapeDataString(value)));
        });
        return string.Join('&', parameters
            .OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
            .ThenBy(parameter => parameter.Value, StringComparer.Ordinal)
            .Select(parameter => $"{parameter.Name}={parameter.Value}"));
    }

    // All but letters, digits and -._~, which is .NET's own rule as well.
    private static string Encoded(string text) => Uri.EscapeDataString(text);
}
