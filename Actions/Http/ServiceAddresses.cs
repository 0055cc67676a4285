namespace FlowEngine.Actions;

/// <summary>Where services are called that actions name by a resource id. Null where the inputs don't tell.</summary>
internal static class ServiceAddresses
{
    /// <summary><c>…/sites/APP/functions/NAME</c> is at <c>https://APP.azurewebsites.net/api/NAME</c>, unless the connection has a <c>triggerUrl</c>.</summary>
    public static string? OfFunction(FlowValue inputs, RunScope scope)
    {
        var function = inputs["function"];
        if (OfConnection(function["connectionName"], "triggerUrl", scope) is { } url) return url;
        var id = function["id"].AsStringOrNull;
        return Segment(id, "sites") is { } site && Segment(id, "functions") is { } name && IsHostLabel(site) ? $"https://{site}.azurewebsites.net/api/{Uri.EscapeDataString(name)}" : null;
    }

    /// <summary><c>…/service/NAME/…</c> is at <c>https://NAME.azure-api.net</c>, unless the connection has a <c>baseUrl</c>; the path is the template with its parameters.</summary>
    public static string? OfApiManagement(FlowValue inputs, RunScope scope)
    {
        var template = inputs["pathTemplate"];
        if ((template.AsStringOrNull ?? template["template"].AsStringOrNull) is not { } path) return null;
        foreach (var (name, value) in template["parameters"].AsObjectOrNull ?? FlowObject.Empty)
            path = path.Replace($"{{{name}}}", Uri.EscapeDataString(HeaderGuard.TextOf(value)), StringComparison.Ordinal);
        var server = OfConnection(inputs["apiManagement"]["connection"], "baseUrl", scope)
            ?? (Segment(inputs["api"]["id"].AsStringOrNull, "service") is { } service && IsHostLabel(service) ? $"https://{service}.azure-api.net" : null);
        return server is null ? null : $"{server.TrimEnd('/')}/{path.TrimStart('/')}";
    }

    private static string? OfConnection(FlowValue connection, string member, RunScope scope) =>
        connection.AsStringOrNull is { Length: > 0 } name && scope.ConnectionReference(name)[member].AsStringOrNull is { Length: > 0 } url ? url : null;

    private static string? Segment(string? id, string after)
    {
        if (id is null) return null;
        var segments = id.Split('/');
        var at = Array.FindIndex(segments, segment => segment.Equals(after, StringComparison.OrdinalIgnoreCase));
        return at >= 0 && at + 1 < segments.Length && segments[at + 1].Length > 0 ? segments[at + 1] : null;
    }

    // Security: a name from the flow must not carry an address of another host.
    private static bool IsHostLabel(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
