using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace FlowEngine.Actions;

/// <summary>How an engine sends requests.</summary>
public sealed record HttpOptions
{
    // What the platform's timers can do.
    internal static readonly TimeSpan LongestRequestTimeout = TimeSpan.FromDays(49);

    /// <summary>What an engine has unless told otherwise.</summary>
    public static HttpOptions Default { get; } = new();

    /// <summary>How long one request may take, its answer included; null takes the host's: 120 s, in Standard 225 s. At most 49 days.</summary>
    public TimeSpan? RequestTimeout { get; init; }

    /// <summary>The longest body that is read, after decompression, in bytes; past it the call fails. Runtime reference, 6.5.</summary>
    public long MaxResponseBytes { get; init; } = 104_857_600;

    /// <summary>The longest body that an answer in chunks, or of several pages, may come to, in bytes: 1 GB, as documented for chunks.</summary>
    public long MaxContentBytes { get; init; } = 1L << 30;

    /// <summary>Whether redirects are followed, up to ten a request. The service doesn't.</summary>
    public bool FollowRedirects { get; init; }

    /// <summary>How much servers may be asked; the first that fits a host holds. The service has none.</summary>
    public IReadOnlyList<HostLimit> HostLimits { get; init; } = [];

    /// <summary>The proxy that requests go through; null sends them straight, whatever the environment says.</summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>Certificates of authorities that are trusted besides the system's. The check of servers' certificates itself is always on.</summary>
    public IReadOnlyList<X509Certificate2> TrustedCertificates { get; init; } = [];

    /// <summary>Reads the environment (the endpoint of a managed identity); the process's own unless replaced.</summary>
    public Func<string, string?> EnvironmentVariable { get; init; } = Environment.GetEnvironmentVariable;
}
