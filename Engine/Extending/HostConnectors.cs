using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>Connectors written in code, before those of another source.</summary>
internal sealed class HostConnectors(IReadOnlyDictionary<string, IConnector> own, IConnectorSource? others) : IConnectorSource
{
    private const string Prefix = "shared_";

    public IReadOnlyList<string> Names => [.. own.Keys.Concat(others?.Names ?? []).Order(StringComparer.OrdinalIgnoreCase)];

    public IReadOnlyList<HostLimit> HostLimits => others?.HostLimits ?? [];

    public IConnector? Find(ConnectorHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var reference = host.Reference;
        foreach (var name in new[] { reference["connector"].AsStringOrNull, reference["api"]["name"].AsStringOrNull, reference["api"]["id"].AsStringOrNull, reference["id"].AsStringOrNull, host.ConnectionName, host.ApiId })
        {
            if (name is null) continue;
            var last = name.TrimEnd('/');
            last = last[(last.LastIndexOf('/') + 1)..];
            if (own.TryGetValue(last, out var connector)) return connector;
            if (last.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && own.TryGetValue(last[Prefix.Length..], out connector)) return connector;
        }

        return others?.Find(host);
    }
}
