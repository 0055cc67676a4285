namespace FlowEngine.Actions;

/// <summary>The limits at work: one gate for each limit and each host or connection that it holds for, none for all others.</summary>
/// <remarks>
/// A gate is kept while someone uses it and while what it remembers still matters: so there are as many as hosts with a limit were asked within the
/// longest stretch that a limit counts over.
/// </remarks>
internal sealed class HostGates
{
    private const int FirstPruning = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<(HostLimit Limit, string Name), HostGate> _gates = [];
    private int _pruneAt = FirstPruning;

    /// <summary>How many gates are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _gates.Count;
        }
    }

    /// <summary>The limit for a host; null where none fits.</summary>
    public static HostLimit? Find(IReadOnlyList<HostLimit> limits, Uri address)
    {
        for (var i = 0; i < limits.Count; i++)
        {
            if (Fits(limits[i].Host, address.Authority)) return limits[i];
        }

        return null;
    }

    /// <summary>The limit with a connection's name; null where there is none.</summary>
    public static HostLimit? Find(IReadOnlyList<HostLimit> limits, string? connection)
    {
        for (var i = 0; i < limits.Count && connection is not null; i++)
        {
            if (limits[i].Host.Equals(connection, StringComparison.OrdinalIgnoreCase)) return limits[i];
        }

        return null;
    }

    /// <summary>The gate of a limit for that host or connection. Whoever took it must <see cref="Return"/> it.</summary>
    public HostGate Take(HostLimit limit, string name, TimeProvider time)
    {
        lock (_lock)
        {
            if (!_gates.TryGetValue((limit, name), out var gate))
            {
                Prune(time.GetUtcNow());
                _gates[(limit, name)] = gate = new HostGate(limit, name, time);
            }

            gate.Users++;
            return gate;
        }
    }

    /// <summary>The gate isn't used any more.</summary>
    public void Return(HostGate gate, TimeProvider time)
    {
        lock (_lock)
        {
            gate.Users--;
            gate.MattersUntil = time.GetUtcNow() + gate.Memory;
        }
    }

    // Whenever there are twice as many as were left the last time: a gate pays for two at most.
    private void Prune(DateTimeOffset now)
    {
        if (_gates.Count < _pruneAt) return;
        foreach (var (key, gate) in _gates)
        {
            if (gate.Users == 0 && gate.MattersUntil <= now) _gates.Remove(key);
        }

        _pruneAt = Math.Max(FirstPruning, 2 * _gates.Count);
    }

    // '*' stands for any run of characters: what stands before the first one begins the host, what stands behind the last one ends it.
    private static bool Fits(string pattern, string host)
    {
        if (!pattern.Contains('*', StringComparison.Ordinal)) return host.Equals(pattern, StringComparison.OrdinalIgnoreCase);
        var parts = pattern.Split('*');
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
