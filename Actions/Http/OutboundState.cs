namespace FlowEngine.Actions;

/// <summary>What the requests of all runs of an engine share: options, tokens, the limits of hosts.</summary>
/// <param name="options">How requests are sent.</param>
/// <exception cref="ArgumentException">A limit or a time that makes no sense.</exception>
/// <remarks>One for each clock and handler: a token that mocks gave must not reach a real server, and virtual time is no measure for others.</remarks>
internal sealed class OutboundState(HttpOptions options)
{
    /// <summary>How requests are sent.</summary>
    public HttpOptions Options { get; } = Checked(options);

    internal HostGates Gates { get; } = new();

    internal TokenCache Tokens { get; } = new();

    internal CertificateCache Certificates { get; } = new();

    private static HttpOptions Checked(HttpOptions options)
    {
        foreach (var limit in options.HostLimits) limit.Check();
        return options.RequestTimeout is { } timeout && (timeout <= TimeSpan.Zero || timeout > HttpOptions.LongestRequestTimeout)
            ? throw new ArgumentException($"HttpOptions.RequestTimeout must be longer than nothing and at most {HttpOptions.LongestRequestTimeout.Days} days, but is {timeout:c}.")
            : options;
    }
}
