using System.Security.Cryptography;
using System.Text;

namespace FlowEngine.Actions;

/// <summary>Authentication by a token that is asked for with other credentials: cached for the engine, renewed before its end and once it is refused.</summary>
/// <param name="credentials">Tells these credentials from all others: it is hashed to be the token's name in the cache.</param>
/// <param name="fetch">Asks for a token; is given the last one, or null.</param>
internal sealed class BearerAuthentication(string credentials, Func<AccessToken?, RunScope, int, CancellationToken, Task<AccessToken>> fetch) : IHttpAuthenticator
{
    private readonly string _key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(credentials)));
    private AccessToken? _used;
    private bool _wasCached;

    public async ValueTask ApplyAsync(HttpRequestMessage message, RunScope scope, int attempt, CancellationToken cancellation)
    {
        (_used, _wasCached) = await scope.Outbound.Tokens.GetAsync(_key, scope, last => fetch(last, scope, attempt, cancellation), cancellation);

        // Another run may have fetched it: it is a secret of this one as well.
        if (_wasCached) scope.RecordSecret(FlowValue.String(_used.Value));
        HttpAuthentication.SetHeader(message, "Authorization", "Bearer " + _used.Value);
    }

    public bool TryRenew(RunScope scope)
    {
        if (_used is null) return false;
        scope.Outbound.Tokens.Drop(_key, _used);

        // A token that is brand-new and refused all the same would only be followed by its like.
        return _wasCached;
    }
}
