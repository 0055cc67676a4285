using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace FlowEngine.Actions;

/// <summary>Decides on a server's certificate where a host trusts more than its system does.</summary>
internal static class ServerTrust
{
    /// <summary>What the system accepts, and what leads up to one of <paramref name="trusted"/>; names are always checked.</summary>
    public static bool Accepts(X509Certificate? server, X509Chain? chain, SslPolicyErrors errors, X509Certificate2Collection trusted)
    {
        if (errors == SslPolicyErrors.None) return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || server is not X509Certificate2 certificate) return false;
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(trusted);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // As the system's own check is done by default.
        if (chain is not null) own.ChainPolicy.ExtraStore.AddRange(chain.ChainElements.Select(element => element.Certificate).ToArray());
        return own.Build(certificate);
    }
}
