using System.Collections.Concurrent;

namespace FlowEngine.Connectors;

/// <summary>What policies remember from call to call: how often a connection called, and answers that are kept. Any thread may ask.</summary>
internal sealed class PolicyState
{
    private readonly ConcurrentDictionary<string, PolicyPlace> _places = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What belongs to one connection of a connector.</summary>
    public PolicyPlace Of(string connector, string? connection) => _places.GetOrAdd($"{connector}\n{connection}", _ => new PolicyPlace());
}

/// <summary>What the policies of one connection remember.</summary>
internal sealed class PolicyPlace
{
    // What expressions of strangers may have kept, keys included.
    private const long MaxBytes = 64 * 1024 * 1024;

    public PolicyCounters Counters { get; } = new();

    /// <summary>Whole answers.</summary>
    public PolicyCache<ConnectorReply> Replies { get; } = new(MaxBytes);

    /// <summary>Single values; null is one.</summary>
    public PolicyCache<object?> Values { get; } = new(MaxBytes);
}
