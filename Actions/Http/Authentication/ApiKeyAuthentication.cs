namespace FlowEngine.Actions;

/// <summary><c>ApiKey</c>, an extension: a key in a header or in the query.</summary>
internal sealed class ApiKeyAuthentication(string name, string value, bool inQuery) : IHttpAuthenticator
{
    public static AuthenticationKind Kind { get; } = new("ApiKey", Create)
    {
        Required = ["name", "value"],
        Optional = ["in"],
        Secrets = ["value"],
        IsExtension = true,
    };

    public ValueTask ApplyAsync(HttpRequestMessage message, RunScope scope, int attempt, CancellationToken cancellation)
    {
        if (!inQuery)
        {
            HttpAuthentication.SetHeader(message, name, value);
            return default;
        }

        var address = new UriBuilder(message.RequestUri!); // A message that is to be sent has an address.
        var parameter = Uri.EscapeDataString(name) + "=" + Uri.EscapeDataString(value);
        address.Query = address.Query.Length > 1 ? address.Query[1..] + "&" + parameter : parameter;
        message.RequestUri = address.Uri;
        return default;
    }

    private static ApiKeyAuthentication Create(FlowObject members)
    {
        var place = HttpAuthentication.TextOf(members, "in") ?? "header";
        var inQuery = place.Equals("query", StringComparison.OrdinalIgnoreCase);
        if (!inQuery && !place.Equals("header", StringComparison.OrdinalIgnoreCase))
            throw new MessageFormatException($"authentication of type 'ApiKey' takes 'in' to be header or query, not '{place}'");
        return new ApiKeyAuthentication(HttpAuthentication.TextOf(members, "name")!, HttpAuthentication.TextOf(members, "value")!, inQuery); // Both are required.
    }
}
