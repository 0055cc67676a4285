namespace FlowEngine.Connectors;

/// <summary>The names by which an action finds a connector: the last segment of a resource id, with or without the prefix <c>shared_</c>.</summary>
/// <remarks>Source: reference, rule R11: <c>/providers/Microsoft.PowerApps/apis/shared_sql</c>, <c>shared_sql</c> and <c>sql</c> are one connector.</remarks>
internal static class ConnectorNames
{
    private const string Prefix = "shared_";

    /// <summary>The name that a connector's files bear: the last segment, without the prefix.</summary>
    public static string Plain(string nameOrId)
    {
        var name = nameOrId[(nameOrId.TrimEnd('/').LastIndexOf('/') + 1)..].TrimEnd('/');
        return name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? name[Prefix.Length..] : name;
    }
}
