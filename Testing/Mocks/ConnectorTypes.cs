namespace FlowEngine.Testing;

/// <summary>The action types that call a connector's operation.</summary>
internal static class ConnectorTypes
{
    private static readonly HashSet<string> All =
        new(StringComparer.OrdinalIgnoreCase) { "OpenApiConnection", "ApiConnection", "ServiceProvider", "OpenApiConnectionWebhook", "ApiConnectionWebhook" };

    public static bool Contains(string type) => All.Contains(type);
}
