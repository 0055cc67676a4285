namespace FlowEngine.Actions;

/// <summary>What the requests of all runs of an engine share: options, tokens, the limits of hosts.</summary>
/// <param name="options">How requests are sent.</param>
/// <exception cref="ArgumentException">A limit that makes no sense.</exception>
/// <remarks>One for each clock and handler: a token that mocks gave must not reach a real server, and virtual time is no measure for others.</remarks>
public sealed class OutboundState(HttpOptions options)
{
    /// <summary>How requests are sent.</summary>
    public HttpOptions Options { get; } = options;

    internal HostGates Gates { get; } = new(Checked(options.HostLimits));

    internal TokenCache Tokens { get; } = new();

    internal CertificateCache Certificates { get; } = new();

    private static IReadOnlyList<HostLimit> Checked(IReadOnlyList<HostLimit> limits)
    {
        foreach (var limit in limits) limit.Check();
        return limits;
    }
}
