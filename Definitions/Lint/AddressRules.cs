namespace FlowEngine.Definitions;

/// <summary>Addresses written into Http actions.</summary>
internal static class AddressRules
{
    private static readonly string[] SecretParameters = ["sig", "code", "key", "token", "apikey", "api_key", "api-key", "access_token", "subscription-key"];

    public static void Check(LintContext context)
    {
        var hosts = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var action in context.Definition.AllActions().Where(action => action.Type is "Http" or "HttpWebhook"))
        {
            if (action.Inputs["uri"].AsStringOrNull is not { } address) continue;
            var pointer = JsonPointer.Append(JsonPointer.Append(action.Path, "inputs"), "uri");
            if (SecretIn(address) is { } name) context.Report(LintRules.SecretInUrl, $"The address of '{action.Name}' has a literal value for '{name}'.", pointer, action);
            var host = HostOf(address);
            if (host is null) continue;
            if (address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && host is not ("localhost" or "127.0.0.1"))
                context.Report(LintRules.PlainHttp, $"'{action.Name}' calls '{host}' without encryption.", pointer, action);
            if (hosts.Add(host)) context.Report(LintRules.LiteralUrl, $"The host '{host}' is written into '{action.Name}'.", pointer, action);
        }
    }

    // The host, where all of it is literal.
    private static string? HostOf(string address)
    {
        var at = address.IndexOf("://", StringComparison.Ordinal);
        if (at < 0 || address[0] == '@') return null;
        var rest = address[(at + 3)..];
        var end = rest.IndexOfAny(['/', '?', '#']);
        var host = end < 0 ? rest : rest[..end];
        return host.Length == 0 || host.AsSpan().ContainsAny("@{}[") ? null : host.Split(':')[0];
    }

    private static string? SecretIn(string address)
    {
        var query = address.IndexOf('?', StringComparison.Ordinal);
        if (query < 0 || address[0] == '@') return null;
        foreach (var pair in address[(query + 1)..].Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && SecretParameters.Contains(pair[..equals], StringComparer.OrdinalIgnoreCase) && SecretRules.IsLiteral(pair[(equals + 1)..])) return pair[..equals];
        }

        return null;
    }
}
