using System.Collections.Concurrent;

namespace FlowEngine.Actions;

/// <summary>The limits of hosts at work: one gate for each host that a limit fits, none for all others.</summary>
internal sealed class HostGates(IReadOnlyList<HostLimit> limits)
{
    private readonly ConcurrentDictionary<string, HostGate?> _gates = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The gate of a connection, or else of an address; null where nothing limits it.</summary>
    public HostGate? Of(string? connection, Uri address, TimeProvider time)
    {
        if (limits.Count == 0) return null;
        return (connection is null ? null : Of(connection, time)) ?? Of(address.Authority, time);
    }

    private HostGate? Of(string host, TimeProvider time) =>
        _gates.TryGetValue(host, out var gate) ? gate : _gates.GetOrAdd(host, _ => limits.FirstOrDefault(limit => Fits(limit.Host, host)) is { } limit ? new HostGate(limit, host, time) : null);

    // '*' stands for any run of characters: what stands before the first one begins the host, what stands behind the last one ends it.
    private static bool Fits(string pattern, string host)
    {
        var parts = pattern.Split('*');
        if (parts.Length == 1) return host.Equals(pattern, StringComparison.OrdinalIgnoreCase);
        if (!host.StartsWith(parts[0], StringComparison.OrdinalIgnoreCase)) return false;
        var at = parts[0].Length;
        foreach (var part in parts.AsSpan(1, parts.Length - 2))
        {
            var found = host.IndexOf(part, at, StringComparison.OrdinalIgnoreCase);
            if (found < 0) return false;
            at = found + part.Length;
        }

        return host.Length - at >= parts[^1].Length && host.EndsWith(parts[^1], StringComparison.OrdinalIgnoreCase);
    }
}
