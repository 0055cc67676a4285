using Azure.Core;
using FlowEngine.Actions;
using Token = Azure.Core.AccessToken;

namespace FlowEngine.Connectors;

/// <summary>Tokens for an official client from the <c>authentication</c> of a connection. Without one, where mocks answer, a stand-in.</summary>
internal sealed class ConnectionCredential(IHttpAuthenticator? authenticator, RunScope scope, int attempt) : TokenCredential
{
    // How long the client keeps it; the cache behind the authenticator knows the real end.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    public override Token GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Only asynchronous calls are made.");

    public override async ValueTask<Token> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        var expires = scope.Time.GetUtcNow() + Kept;
        if (authenticator is null) return new Token("mocked", expires);
        using var carrier = new HttpRequestMessage(HttpMethod.Get, "https://vault.azure.net/");
        await authenticator.ApplyAsync(carrier, scope, attempt, cancellationToken);
        return new Token(carrier.Headers.Authorization?.Parameter ?? throw new CredentialsUnavailableException("The authentication of the connection gives no bearer token.", isRetryable: false), expires);
    }
}
