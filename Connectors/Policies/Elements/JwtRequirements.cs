using Microsoft.IdentityModel.Tokens;

namespace FlowEngine.Connectors;

/// <summary>A <c>key</c> of <c>issuer-signing-keys</c>: symmetric in base64, or <c>n</c> and <c>e</c> of RSA in base64url.</summary>
internal sealed record SigningKey(PolicyValue? Id, PolicyValue? Symmetric, PolicyValue? N, PolicyValue? E)
{
    public static SigningKey Read(PolicyElement key, PolicyReader reader)
    {
        var isRsa = key.Attributes.ContainsKey("n") || key.Attributes.ContainsKey("e");
        if (isRsa && !(key.Attributes.ContainsKey("n") && key.Attributes.ContainsKey("e"))) reader.Faults.Error(Definitions.DiagnosticCodes.PolicyValue, "An RSA key needs both 'n' and 'e'.", key);
        var id = reader.Attribute(key, "id");
        return isRsa ? new SigningKey(id, null, reader.Needed(key, "n"), reader.Needed(key, "e")) : new SigningKey(id, reader.Text(key), null, null);
    }

    /// <summary>The key, its expressions evaluated.</summary>
    /// <exception cref="PolicyEndedException">It is no key.</exception>
    public SecurityKey ToKey(PolicyContext context)
    {
        try
        {
            SecurityKey key = Symmetric is { } symmetric
                ? new SymmetricSecurityKey(Convert.FromBase64String(symmetric.EvaluateText(context).Trim()))
                : new RsaSecurityKey(new System.Security.Cryptography.RSAParameters { Modulus = Base64UrlEncoder.DecodeBytes(N!.EvaluateText(context)), Exponent = Base64UrlEncoder.DecodeBytes(E!.EvaluateText(context)) }); // Both are there.
            if (Id is { } id) key.KeyId = id.EvaluateText(context);
            return key;
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new PolicyEndedException(new PolicyFailure("TokenInvalid", "A signing key of 'validate-jwt' is not in base64, or is empty.", "validate-jwt"), null, e);
        }
    }
}

/// <summary>A <c>claim</c> of <c>required-claims</c>.</summary>
internal sealed record RequiredClaim(PolicyValue Name, bool NeedsAll, PolicyValue? Separator, IReadOnlyList<PolicyValue> Values)
{
    public static PolicyShape Shape { get; } = new() { Required = ["name"], Optional = ["match", "separator"], Children = SetHeaderPolicy.Values };

    public static RequiredClaim Read(PolicyElement claim, PolicyReader reader) =>
        new(reader.Needed(claim, "name"), reader.Word(claim, "match", "all", "all", "any") == "all", reader.Attribute(claim, "separator"), SetHeaderPolicy.ValuesOf(claim, reader));

    /// <summary>Whether the values of the token are those that are asked for; where none are, whether there is one.</summary>
    public bool Fits(IReadOnlyList<string> found, PolicyContext context)
    {
        if (Separator?.EvaluateText(context) is { Length: > 0 } separator) found = [.. found.SelectMany(value => value.Split(separator, StringSplitOptions.TrimEntries))];
        var wanted = Values.Select(value => value.EvaluateText(context).Trim()).ToList();
        return wanted.Count == 0 ? found.Count > 0 : NeedsAll ? wanted.TrueForAll(found.Contains) : wanted.Exists(found.Contains);
    }
}
