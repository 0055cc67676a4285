using FlowEngine.Actions;
using Microsoft.OpenApi;

namespace FlowEngine.Connectors;

/// <summary>Binds what a connection has to what an operation's document asks for.</summary>
internal static class ConnectionCredentials
{
    /// <summary>What authenticates the call; null where nothing does.</summary>
    /// <exception cref="ConnectorException">The operation asks for credentials and the connection has none, or has them wrong.</exception>
    public static IHttpAuthenticator? Of(ConnectorOperation operation, ConnectorCall call, string connector, ConnectorSet? set, RunScope scope)
    {
        var authentication = call.Connection["authentication"].AsObjectOrNull;
        if (authentication is not null)
        {
            try
            {
                return HttpAuthentication.Read(Completed(authentication, operation), scope);
            }
            catch (MessageFormatException e)
            {
                throw new ConnectorException(ActionCodes.BadRequest, $"The connection '{NameOf(call, connector)}' can't be used: {e.Message}.");
            }
        }

        if (operation.Security.Count == 0 || operation.Security.Any(need => need.Schemes.Count == 0)) return null;
        var missing = $"The connection '{NameOf(call, connector)}' has no credentials, and the operation '{operation.Name}' asks for {Words(operation.Security)}.";
        if (set?.AllowsMissingCredentials != true)
            throw new ConnectorException(ActionCodes.BadRequest, $"{missing} Give it an 'authentication' in connections.local.json or environments/NAME.local.json (docs/connections.md).");
        set.Warn(missing + " The request goes out without.");
        return null;
    }

    // What the document knows need not be said again: the name of a key, the address of tokens, the scopes.
    private static FlowObject Completed(FlowObject authentication, ConnectorOperation operation)
    {
        var type = authentication["type"].AsStringOrNull;
        foreach (var scheme in operation.Security.SelectMany(need => need.Schemes))
        {
            if (scheme.Type == SecuritySchemeType.ApiKey && "ApiKey".Equals(type, StringComparison.OrdinalIgnoreCase))
            {
                authentication = With(authentication, "name", scheme.KeyName);
                return With(authentication, "in", scheme.In == ParameterLocation.Query ? "query" : "header");
            }

            if (scheme.Type == SecuritySchemeType.OAuth2 && "OAuth2".Equals(type, StringComparison.OrdinalIgnoreCase))
            {
                authentication = With(authentication, "tokenUrl", scheme.TokenUrl?.AbsoluteUri);
                return scheme.Scopes.Count == 0 ? authentication : With(authentication, "scope", string.Join(' ', scheme.Scopes));
            }
        }

        return authentication;
    }

    private static FlowObject With(FlowObject authentication, string name, string? value) =>
        value is null || authentication.Contains(name) ? authentication : authentication.ToBuilder().Add(name, FlowValue.String(value)).ToObject();

    private static string NameOf(ConnectorCall call, string connector) => call.Host.ConnectionName is { } name ? name[(name.LastIndexOf('/') + 1)..] : connector;

    private static string Words(IReadOnlyList<SecurityNeed> needs) =>
        string.Join(" or ", needs.Select(need => string.Join(" and ", need.Schemes.Select(scheme => $"'{scheme.Name}' ({KindOf(scheme)})"))));

    private static string KindOf(SecurityScheme scheme) => scheme.Type switch
    {
        SecuritySchemeType.ApiKey => "authentication of type ApiKey",
        SecuritySchemeType.OAuth2 => "authentication of type OAuth2",
        SecuritySchemeType.MutualTLS => "authentication of type ClientCertificate",
        SecuritySchemeType.Http when "basic".Equals(scheme.HttpScheme, StringComparison.OrdinalIgnoreCase) => "authentication of type Basic",
        _ => "authentication of type Raw or OAuth2",
    };
}
