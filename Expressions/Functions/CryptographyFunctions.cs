using System.Security.Cryptography;
using System.Text;

namespace FlowEngine.Expressions;

/// <summary>Keyed and plain digests; extensions, the service has none of them.</summary>
internal static class CryptographyFunctions
{
    private const string EncodingParameter = "encoding: String, 'hex' (lower case, the default) or 'base64'";

    public static readonly FunctionTable Table = new()
    {
        Keyed(
            "hmacSha256",
            HashAlgorithmName.SHA256,
            "hmacSha256('what do ya want for nothing?', 'Jefe') -> \"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843\"",
            "RFC 4231, test case 2"),
        Keyed(
            "hmacSha1",
            HashAlgorithmName.SHA1,
            "hmacSha1('what do ya want for nothing?', 'Jefe', 'base64') -> \"7/zfauXrL6LSdBbV8YTfnCWafHk=\"",
            "RFC 2202, test case 2"),
        Keyed(
            "hmacSha512",
            HashAlgorithmName.SHA512,
            "length(hmacSha512('what do ya want for nothing?', 'Jefe')) -> 128",
            "RFC 4231"),
        Plain("sha256", HashAlgorithmName.SHA256, "sha256('abc') -> \"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"", "FIPS 180-4"),
        Plain("md5", HashAlgorithmName.MD5, "md5('abc') -> \"900150983cd24fb0d6963f7d28e17f72\"", "RFC 1321"),
    };

    private static FunctionSpec Keyed(string name, HashAlgorithmName algorithm, string example, string source) =>
        new(name, 2, 3, arguments => Text(
            name,
            CryptographicOperations.HmacData(algorithm, Bytes(name, arguments, 1), Bytes(name, arguments, 0)),
            arguments.Length == 3 ? arguments[2] : default,
            3))
        {
            Origin = FunctionOrigin.Extension,
            Summary = $"The HMAC of a text with a key ({algorithm.Name}).",
            Parameters = ["text: String (as UTF-8) or binary content", "key: String (as UTF-8) or binary content", EncodingParameter],
            Examples = [example],
            Source = source,
        };

    private static FunctionSpec Plain(string name, HashAlgorithmName algorithm, string example, string source) =>
        new(name, 1, 2, arguments => Text(
            name,
            CryptographicOperations.HashData(algorithm, Bytes(name, arguments, 0)),
            arguments.Length == 2 ? arguments[1] : default,
            2))
        {
            Origin = FunctionOrigin.Extension,
            Summary = $"The digest of a text ({algorithm.Name}).",
            Parameters = ["text: String (as UTF-8) or binary content", EncodingParameter],
            Examples = [example],
            Source = source,
        };

    private static byte[] Bytes(string function, ReadOnlySpan<FlowValue> arguments, int index)
    {
        var value = arguments[index];
        if (value.AsStringOrNull is { } text) return Encoding.UTF8.GetBytes(text);
        var content = BinaryContent.FromValue(value) ?? throw ArgumentFailure.Parameter(function, index + 1, "to be of type string", value);
        try
        {
            return content.ToBytes();
        }
        catch (FormatException e)
        {
            throw new ExpressionException($"The provided parameters for template language function '{function}' are not valid.", e.Message, e);
        }
    }

    private static FlowValue Text(string function, byte[] digest, FlowValue encoding, int position) => encoding.IsNull ? Hex(digest) : encoding.AsStringOrNull switch
    {
        "hex" => Hex(digest),
        "base64" => FlowValue.String(Convert.ToBase64String(digest)),
        _ => throw ArgumentFailure.Parameter(function, position, "to be 'hex' or 'base64'", encoding),
    };

    private static FlowValue Hex(byte[] digest) => FlowValue.String(Convert.ToHexStringLower(digest));
}
