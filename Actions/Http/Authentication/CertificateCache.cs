using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace FlowEngine.Actions;

/// <summary>Certificates by their PFX text: opening one takes thousands of hash rounds, so it is done once.</summary>
internal sealed class CertificateCache
{
    private const int Capacity = 64;

    private readonly ConcurrentDictionary<string, X509Certificate2> _certificates = new(StringComparer.Ordinal);

    /// <summary>The certificate with its private key.</summary>
    /// <param name="pfx">The PFX file in base64.</param>
    /// <param name="password">What opens it; null where nothing is needed.</param>
    /// <exception cref="CredentialsUnavailableException">No PFX, another password, or no private key in it.</exception>
    public X509Certificate2 Load(string pfx, string? password)
    {
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(pfx + "\n" + password)));
        if (_certificates.TryGetValue(key, out var known)) return known;
        if (_certificates.Count >= Capacity) _certificates.Clear();
        return _certificates.GetOrAdd(key, Open(pfx, password));
    }

    private static X509Certificate2 Open(string pfx, string? password)
    {
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(pfx), password);
            return certificate.HasPrivateKey ? certificate : throw Unusable("it has no private key");
        }
        catch (FormatException)
        {
            throw Unusable("it is not in base64");
        }
        catch (CryptographicException)
        {
            throw Unusable("it is no PFX file, or the password is wrong");
        }
    }

    private static CredentialsUnavailableException Unusable(string why) => new(HttpFailures.Of($"the 'pfx' of the authentication can't be used: {why}").Message, isRetryable: false);
}
