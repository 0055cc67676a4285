using System.Security.Cryptography.X509Certificates;

namespace FlowEngine.Actions;

/// <summary>How an engine sends requests.</summary>
public sealed record HttpOptions
{
    /// <summary>What an engine has unless told otherwise.</summary>
    public static HttpOptions Default { get; } = new();

    /// <summary>Certificates of authorities that are trusted besides the system's. The check of servers' certificates itself is always on.</summary>
    public IReadOnlyList<X509Certificate2> TrustedCertificates { get; init; } = [];

    /// <summary>Reads the environment (the endpoint of a managed identity); the process's own unless replaced.</summary>
    public Func<string, string?> EnvironmentVariable { get; init; } = Environment.GetEnvironmentVariable;
}
