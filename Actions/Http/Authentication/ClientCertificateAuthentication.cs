namespace FlowEngine.Actions;

/// <summary><c>ClientCertificate</c>: the certificate that is shown when the server asks for one, as a PFX file in base64.</summary>
internal sealed class ClientCertificateAuthentication(string pfx, string? password) : IHttpAuthenticator
{
    public static AuthenticationKind Kind { get; } = new(
        "ClientCertificate",
        members => new ClientCertificateAuthentication(HttpAuthentication.TextOf(members, "pfx")!, HttpAuthentication.TextOf(members, "password"))) // It is required.
    {
        Required = ["pfx"],
        Optional = ["password"],
        Secrets = ["pfx", "password"],
    };

    public ValueTask ApplyAsync(HttpRequestMessage message, RunScope scope, int attempt, CancellationToken cancellation)
    {
        message.Options.Set(OutboundHandler.ClientCertificate, scope.Outbound.Certificates.Load(pfx, password));
        return default;
    }
}
