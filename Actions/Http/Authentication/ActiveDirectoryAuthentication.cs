namespace FlowEngine.Actions;

/// <summary><c>ActiveDirectoryOAuth</c>: a token of Microsoft Entra for an application, by its secret or its certificate.</summary>
/// <remarks>
/// Client credentials at the <c>oauth2/token</c> endpoint of the tenant, with the audience as <c>resource</c>. The authority is
/// <c>https://login.windows.net</c> unless given (documented).
/// </remarks>
internal static class ActiveDirectoryAuthentication
{
    private static readonly TokenEndpoint Endpoint = new("Http request failed as there is an error getting AD OAuth token");

    public static AuthenticationKind Kind { get; } = new("ActiveDirectoryOAuth", Create)
    {
        Required = ["tenant", "audience", "clientId"],
        Optional = ["authority", "credentialType", "secret", "pfx", "password"],
        Secrets = ["secret", "pfx", "password"],
    };

    private static BearerAuthentication Create(FlowObject members)
    {
        string Text(string name) => HttpAuthentication.TextOf(members, name) ?? string.Empty;
        var authority = Text("authority") is { Length: > 0 } given ? given : "https://login.windows.net";
        HttpAuthentication.AddressOf(authority, "authority");
        var address = new Uri($"{authority.TrimEnd('/')}/{Uri.EscapeDataString(Text("tenant"))}/oauth2/token");
        var (secret, pfx) = (HttpAuthentication.TextOf(members, "secret"), HttpAuthentication.TextOf(members, "pfx"));
        if (secret is null && pfx is null) throw new MessageFormatException($"authentication of type '{Kind.Type}' needs a 'secret', or a 'pfx' and its 'password'");
        var password = HttpAuthentication.TextOf(members, "password");
        var (clientId, audience) = (Text("clientId"), Text("audience"));
        return new BearerAuthentication(FlowJson.Write(members), (_, scope, attempt, cancellation) =>
        {
            var form = new List<KeyValuePair<string, string>> { new("grant_type", "client_credentials"), new("client_id", clientId), new("resource", audience) };
            if (secret is not null)
            {
                form.Add(new("client_secret", secret));
            }
            else
            {
                var assertion = ClientAssertion.Of(scope.Outbound.Certificates.Load(pfx!, password), clientId, address, scope); // Checked above.
                scope.RecordSecret(FlowValue.String(assertion));
                form.Add(new("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));
                form.Add(new("client_assertion", assertion));
            }

            return Endpoint.PostAsync(address, form, null, scope, attempt, cancellation);
        });
    }
}
