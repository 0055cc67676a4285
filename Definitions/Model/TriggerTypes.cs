namespace FlowEngine.Definitions;

/// <summary>Types of triggers.</summary>
internal static class TriggerTypes
{
    /// <summary>All types, in canonical spelling and in the order of the documentation.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "Request", "Recurrence", "SlidingWindow", "Http", "HttpWebhook", "ApiConnection", "ApiConnectionWebhook", "ApiConnectionNotification",
        "OpenApiConnection", "OpenApiConnectionWebhook", "OpenApiConnectionNotification", "ServiceProvider", "Batch", "Binding", "ApiManagement", "Workflow", "Manual",
    ];

    /// <summary>The type in canonical spelling, <c>Request</c> for the old alias <c>Manual</c>; as written where it is none.</summary>
    internal static string Canonical(string type)
    {
        var known = All.FirstOrDefault(name => name.Equals(type, StringComparison.OrdinalIgnoreCase)) ?? type;
        return known == "Manual" ? "Request" : known;
    }
}
