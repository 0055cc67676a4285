namespace FlowEngine.Actions;

/// <summary>Where requests of flows may go.</summary>
/// <param name="RefusesPrivateAddresses">
/// Whether hosts that resolve to an address outside the public internet (loopback, private, link-local and the like) are refused, and addresses
/// with user information too.
/// </param>
public sealed record EgressPolicy(bool RefusesPrivateAddresses)
{
    /// <summary>Everywhere: for flows that are one's own.</summary>
    public static EgressPolicy Open { get; } = new(false);

    /// <summary>Public addresses only: for flows of others.</summary>
    public static EgressPolicy PublicOnly { get; } = new(true);

    /// <summary>Host names that are let through all the same, compared ignoring case.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    internal bool Allows(string host) => !RefusesPrivateAddresses || AllowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase);
}
