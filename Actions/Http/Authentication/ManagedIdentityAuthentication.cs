namespace FlowEngine.Actions;

/// <summary><c>ManagedServiceIdentity</c>: a token of the identity that the machine has in Azure.</summary>
/// <remarks>
/// App Service, Functions and Container Apps name their endpoint in <c>IDENTITY_ENDPOINT</c> and <c>IDENTITY_HEADER</c>; virtual machines have the
/// instance metadata service. Elsewhere there is no such identity, and the action fails and says so. Documented.
/// </remarks>
internal static class ManagedIdentityAuthentication
{
    private const string DefaultAudience = "https://management.azure.com/";
    private const string MetadataService = "http://169.254.169.254/metadata/identity/oauth2/token";

    // Outside Azure the address leads nowhere; nobody should wait for the timeout of a request to learn that.
    private static readonly TimeSpan MetadataTimeout = TimeSpan.FromSeconds(5);

    private static readonly TokenEndpoint Endpoint = new("Http request failed as there is an error getting the token of the managed identity");

    public static AuthenticationKind Kind { get; } = new("ManagedServiceIdentity", Create) { Optional = ["audience", "identity"] };

    private static BearerAuthentication Create(FlowObject members)
    {
        var audience = HttpAuthentication.TextOf(members, "audience") ?? DefaultAudience;
        var identity = HttpAuthentication.TextOf(members, "identity") ?? "SystemAssigned";
        return new BearerAuthentication($"{Kind.Type}\n{audience}\n{identity}", (_, scope, attempt, cancellation) =>
        {
            var variable = scope.Outbound.Options.EnvironmentVariable;
            return variable("IDENTITY_ENDPOINT") is { Length: > 0 } endpoint
                ? Endpoint.SendAsync(AppServiceRequest(endpoint, variable("IDENTITY_HEADER"), audience, identity, scope), scope, attempt, cancellation)
                : AskMetadataServiceAsync(audience, identity, scope, attempt, cancellation);
        });
    }

    private static HttpRequestMessage AppServiceRequest(string endpoint, string? header, string audience, string identity, RunScope scope)
    {
        scope.RecordSecret(FlowValue.String(header));
        if (!Uri.TryCreate($"{endpoint}?resource={Uri.EscapeDataString(audience)}&api-version=2019-08-01{IdentityParameter(identity, "mi_res_id")}", UriKind.Absolute, out var address))
            throw Endpoint.Failed("the environment variable IDENTITY_ENDPOINT is no address", isRetryable: false);
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        HttpAuthentication.SetHeader(request, "X-IDENTITY-HEADER", header ?? string.Empty);
        return request;
    }

    private static async Task<AccessToken> AskMetadataServiceAsync(string audience, string identity, RunScope scope, int attempt, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"{MetadataService}?api-version=2018-02-01&resource={Uri.EscapeDataString(audience)}{IdentityParameter(identity, "msi_res_id")}");
        HttpAuthentication.SetHeader(request, "Metadata", "true");
        try
        {
            return await Endpoint.SendAsync(request, scope, attempt, cancellation, MetadataTimeout);
        }
        catch (CredentialsUnavailableException e) when (e.Unreached is not null)
        {
            throw Nowhere($"the instance metadata service gives no answer ({e.Unreached})");
        }
    }

    private static CredentialsUnavailableException Nowhere(string what) =>
        Endpoint.Failed($"there is no managed identity here. IDENTITY_ENDPOINT is not set, and {what}. Outside Azure use ActiveDirectoryOAuth", isRetryable: false);

    // A user-assigned identity goes by its resource id, or by its client id.
    private static string IdentityParameter(string identity, string resourceParameter)
    {
        if (identity.Length == 0 || identity.Equals("SystemAssigned", StringComparison.OrdinalIgnoreCase)) return string.Empty;
        var name = Guid.TryParse(identity, out _) ? "client_id" : resourceParameter;
        return $"&{name}={Uri.EscapeDataString(identity)}";
    }
}
