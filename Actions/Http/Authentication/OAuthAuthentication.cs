using System.Text;

namespace FlowEngine.Actions;

/// <summary><c>OAuth2</c>, an extension: a token of any OAuth 2.0 server, by client credentials or a refresh token (RFC 6749, 4.4 and 6).</summary>
internal static class OAuthAuthentication
{
    private const string ClientCredentials = "client_credentials";
    private const string RefreshToken = "refresh_token";

    private static readonly TokenEndpoint Endpoint = new("Http request failed as there is an error getting the OAuth token");

    public static AuthenticationKind Kind { get; } = new("OAuth2", Create)
    {
        Required = ["tokenUrl", "clientId"],
        Optional = ["grantType", "clientSecret", "clientAuthentication", "scope", "audience", "resource", "refreshToken"],
        Secrets = ["clientSecret", "refreshToken"],
        IsExtension = true,
    };

    private static BearerAuthentication Create(FlowObject members)
    {
        string? Text(string name) => HttpAuthentication.TextOf(members, name);
        var address = HttpAuthentication.AddressOf(Text("tokenUrl")!, "tokenUrl"); // It is required.
        var refreshToken = Text("refreshToken");
        var grant = Text("grantType") ?? (refreshToken is null ? ClientCredentials : RefreshToken);
        if (grant is not (ClientCredentials or RefreshToken)) throw new MessageFormatException($"the grantType '{grant}' of the authentication is not one of {ClientCredentials}, {RefreshToken}");
        if (grant == RefreshToken && refreshToken is null) throw new MessageFormatException($"authentication of type 'OAuth2' with grantType '{RefreshToken}' needs a 'refreshToken'");
        var inHeader = InHeader(Text("clientAuthentication"));
        return new BearerAuthentication(FlowJson.Write(members), (last, scope, attempt, cancellation) =>
        {
            var form = new List<KeyValuePair<string, string>> { new("grant_type", grant) };

            // A server may give another refresh token with each answer; the one before it then ends.
            if (grant == RefreshToken) form.Add(new("refresh_token", last?.RefreshToken ?? refreshToken!));
            foreach (var name in (ReadOnlySpan<string>)["scope", "audience", "resource"])
            {
                if (Text(name) is { } value) form.Add(new(name, value));
            }

            var (id, secret) = (Text("clientId")!, Text("clientSecret")); // It is required.
            string? authorization = null;
            if (inHeader)
            {
                var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(id)}:{Uri.EscapeDataString(secret ?? string.Empty)}"));
                scope.RecordSecret(FlowValue.String(credentials));
                authorization = "Basic " + credentials;
            }
            else
            {
                form.Add(new("client_id", id));
                if (secret is not null) form.Add(new("client_secret", secret));
            }

            return Endpoint.PostAsync(address, form, authorization, scope, attempt, cancellation);
        });
    }

    private static bool InHeader(string? place) => (place ?? "body").ToUpperInvariant() switch
    {
        "BODY" => false,
        "BASIC" => true,
        _ => throw new MessageFormatException($"the clientAuthentication '{place}' of the authentication is not one of body, basic"),
    };
}
