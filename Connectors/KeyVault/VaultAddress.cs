namespace FlowEngine.Connectors;

/// <summary>Addresses of vaults. Nothing else is asked for a secret: the request carries a token, and what answers is believed.</summary>
internal static class VaultAddress
{
    // Of the public cloud and the sovereign ones.
    private static readonly string[] Domains = [".vault.azure.net", ".vault.azure.cn", ".vault.usgovcloudapi.net", ".vault.microsoftazure.de"];

    /// <summary>The address of a vault of the public cloud; null where it is no name of one.</summary>
    public static Uri? Of(string vault) => IsName(vault) ? new Uri($"https://{vault}{Domains[0]}/") : null;

    /// <summary>Whether an address is one of a vault.</summary>
    public static bool IsOne(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort && address.UserInfo.Length == 0 && DomainOf(address) is { } domain && IsName(address.Host[..^domain.Length]);

    /// <summary>What tokens for a vault are for.</summary>
    public static string AudienceOf(Uri vault) => "https://" + (DomainOf(vault) ?? Domains[0]).TrimStart('.');

    /// <summary>Whether a text is a name, or a version, of a secret: 1 to 127 letters, digits and hyphens.</summary>
    public static bool IsSecret(string name) => name.Length is >= 1 and <= 127 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static string? DomainOf(Uri address) => Array.Find(Domains, domain => address.Host.EndsWith(domain, StringComparison.OrdinalIgnoreCase));

    private static bool IsName(string vault) => vault.Length is >= 3 and <= 24 && vault.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
