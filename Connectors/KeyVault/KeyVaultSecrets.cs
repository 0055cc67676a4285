using System.Collections.Concurrent;
using FlowEngine.Actions;

namespace FlowEngine.Connectors;

/// <summary>Secrets that values of connections refer to: asked for with the credentials of the connection <c>keyvault</c>, and kept for a while.</summary>
internal sealed class KeyVaultSecrets(ConnectorSet set, KeyVaultConnector vault) : IVaultReader
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private static readonly ConnectorHost Host = new("keyvault", null, default);

    private readonly ConcurrentDictionary<string, Secret> _known = new(StringComparer.Ordinal);

    private sealed record Secret(string Value, DateTimeOffset Until);

    public async ValueTask<string> GetAsync(string address, RunScope scope, int attempt, CancellationToken cancellation)
    {
        var now = scope.Time.GetUtcNow();
        if (_known.TryGetValue(address, out var known) && known.Until > now) return known.Value;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !VaultAddress.IsOne(uri) || uri.Segments is not (["/", "secrets/", _] or ["/", "secrets/", _, _]))
            throw new ConnectionValueException("a secret's address has the form https://VAULT.vault.azure.net/secrets/NAME; only vaults are asked.");
        var call = new ConnectorCall { Host = Host, Connection = await set.SettingsOfAsync(Host, vault.Name, scope, attempt, cancellation) };
        var version = uri.Segments.Length > 3 ? uri.Segments[3].Trim('/') : null;
        var answer = await vault.GetAsync(new Uri(uri.GetLeftPart(UriPartial.Authority)), uri.Segments[2].Trim('/'), version, call, scope, attempt, cancellation);
        if (answer.StatusCode != 200) throw new ConnectorException(HttpStatusNames.CodeOf(answer.StatusCode), $"The secret '{uri.Segments[2].Trim('/')}' of '{uri.Host}' was refused with status {answer.StatusCode}.", answer.StatusCode is 408 or 429 or >= 500);
        var value = answer.Body["value"].AsStringOrNull ?? string.Empty;
        _known[address] = new Secret(value, now + Kept);
        return value;
    }
}
