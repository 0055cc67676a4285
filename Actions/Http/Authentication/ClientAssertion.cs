using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace FlowEngine.Actions;

/// <summary>A signed statement in place of a client secret (RFC 7523): who holds the certificate's key is the application.</summary>
internal static class ClientAssertion
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>A JSON Web Token, RS256, that names the certificate by its thumbprints as Microsoft Entra asks for.</summary>
    /// <exception cref="CredentialsUnavailableException">The certificate has no RSA key.</exception>
    public static string Of(X509Certificate2 certificate, string clientId, Uri audience, RunScope scope)
    {
        using var key = certificate.GetRSAPrivateKey()
            ?? throw new CredentialsUnavailableException(HttpFailures.Of("the certificate of the authentication has no RSA key").Message, isRetryable: false);
        var now = scope.Time.GetUtcNow();
        var head = FlowValue.Object(
            ("alg", FlowValue.String("RS256")),
            ("typ", FlowValue.String("JWT")),
#pragma warning disable CA5350 // SHA-1 names the certificate here, as the protocol has it; it proves nothing.
            ("x5t", FlowValue.String(Base64Url.EncodeToString(certificate.GetCertHash(HashAlgorithmName.SHA1)))),
#pragma warning restore CA5350
            ("x5t#S256", FlowValue.String(Base64Url.EncodeToString(certificate.GetCertHash(HashAlgorithmName.SHA256)))));
        var claims = FlowValue.Object(
            ("aud", FlowValue.String(audience.AbsoluteUri)),
            ("iss", FlowValue.String(clientId)),
            ("sub", FlowValue.String(clientId)),
            ("jti", FlowValue.String(scope.Evaluation.NewGuid().ToString())),
            ("nbf", FlowValue.Integer(now.ToUnixTimeSeconds())),
            ("exp", FlowValue.Integer((now + Lifetime).ToUnixTimeSeconds())));
        var text = $"{Part(head)}.{Part(claims)}";
        return $"{text}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Part(FlowValue json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(FlowJson.Write(json)));
}
