using FlowEngine.Actions;

namespace FlowEngine.Connectors;

/// <summary>Which names a <c>host</c> may stand for, in the order in which they are tried.</summary>
internal static class ConnectorNames
{
    private const string Prefix = "shared_";

    /// <summary>Where the file has an entry for the connection, what that names; then the connection's own name, then the API's; each with and without the prefix.</summary>
    public static IEnumerable<string> Of(ConnectorHost host, FlowValue settings)
    {
        foreach (var name in Written(host, settings))
        {
            var last = name[(name.TrimEnd('/').LastIndexOf('/') + 1)..].TrimEnd('/');
            if (last.Length == 0) continue;
            yield return last;
            if (last.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) yield return last[Prefix.Length..];
        }
    }

    /// <summary>The name of the connection, else of the connector, that a limit of its own is for; null where none is. A limit with <c>*</c> is for hosts.</summary>
    public static string? Limited(ConnectorHost host, string connector, IReadOnlyList<HostLimit> limits)
    {
        if (limits.Count == 0) return null;
        foreach (var name in Of(host with { ApiId = null, Reference = default }, default).Append(connector))
        {
            if (limits.FirstOrDefault(limit => limit.Host.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } limit) return limit.Host;
        }

        return null;
    }

    private static IEnumerable<string> Written(ConnectorHost host, FlowValue settings)
    {
        foreach (var entry in new[] { settings, host.Reference })
        {
            foreach (var value in new[] { entry["connector"], entry["api"]["name"], entry["apiName"], entry["api"]["id"], entry["id"], entry["serviceProvider"]["id"] })
            {
                if (value.AsStringOrNull is { Length: > 0 } text) yield return text;
            }
        }

        if (host.ConnectionName is { } connection) yield return connection;
        if (host.ApiId is { } api) yield return api;
    }
}
