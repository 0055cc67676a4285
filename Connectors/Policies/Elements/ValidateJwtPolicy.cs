using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FlowEngine.Connectors;

/// <summary><c>validate-jwt</c>: a token in a header or query parameter of the request, by keys, issuers, audiences and claims of the document.</summary>
/// <remarks>Keys stand in the document (<c>issuer-signing-keys</c>: symmetric in base64, or <c>n</c> and <c>e</c> of RSA). Nothing is fetched: <c>openid-config</c> is refused.</remarks>
internal sealed class ValidateJwtPolicy : IPolicy
{
    private static readonly JsonWebTokenHandler Handler = new();

    private readonly PolicyValue? _header;
    private readonly PolicyValue? _query;
    private readonly PolicyValue? _status;
    private readonly PolicyValue? _message;
    private readonly string? _variable;
    private readonly TimeSpan _skew;
    private readonly bool _needsExpiry;
    private readonly IReadOnlyList<(PolicyValue? Symmetric, PolicyValue? N, PolicyValue? E)> _keys;
    private readonly IReadOnlyList<PolicyValue> _audiences;
    private readonly IReadOnlyList<PolicyValue> _issuers;
    private readonly IReadOnlyList<(string Name, bool NeedsAll, IReadOnlyList<PolicyValue> Values)> _claims;

    private ValidateJwtPolicy(PolicyElement element, PolicyReader reader)
    {
        _header = reader.Attribute(element, "header-name");
        _query = reader.Attribute(element, "query-parameter-name");
        _status = reader.Attribute(element, "failed-validation-httpcode");
        _message = reader.Attribute(element, "failed-validation-error-message");
        _variable = reader.Attribute(element, "output-token-variable-name")?.Text;
        _skew = TimeSpan.FromSeconds(double.TryParse(reader.Attribute(element, "clock-skew")?.Text, System.Globalization.CultureInfo.InvariantCulture, out var seconds) ? seconds : 0);
        _needsExpiry = reader.Word(element, "require-expiration-time", "true", "true", "false") == "true";
        _keys = [.. (element.Child("issuer-signing-keys")?.Children ?? []).Select(key => key.Attributes.ContainsKey("n")
            ? ((PolicyValue?)null, (PolicyValue?)reader.Needed(key, "n"), (PolicyValue?)reader.Needed(key, "e"))
            : (reader.Text(key), null, null))];
        _audiences = [.. (element.Child("audiences")?.Children ?? []).Select(reader.Text)];
        _issuers = [.. (element.Child("issuers")?.Children ?? []).Select(reader.Text)];
        _claims = [.. (element.Child("required-claims")?.Children ?? []).Select(claim =>
            (reader.Needed(claim, "name").Text ?? string.Empty, reader.Word(claim, "match", "all", "all", "any") == "all", (IReadOnlyList<PolicyValue>)[.. claim.Children.Select(reader.Text)]))];
        if (_header is null && _query is null) reader.Faults.Error(Definitions.DiagnosticCodes.PolicyValue, "'validate-jwt' needs 'header-name' or 'query-parameter-name'.", element);
        if (_keys.Count == 0) reader.Faults.Error(Definitions.DiagnosticCodes.PolicyValue, "'validate-jwt' needs 'issuer-signing-keys': keys are not fetched from 'openid-config' here.", element);
    }

    public static PolicyRow Row { get; } = new("validate-jwt", (element, reader) => new ValidateJwtPolicy(element, reader))
    {
        Optional =
        [
            "header-name", "query-parameter-name", "failed-validation-httpcode", "failed-validation-error-message", "output-token-variable-name", "clock-skew",
            "require-expiration-time", "require-scheme", "require-signed-tokens",
        ],
        Children = ["issuer-signing-keys", "audiences", "issuers", "required-claims"],
    };

    public async ValueTask RunAsync(PolicyContext context, CancellationToken cancellation)
    {
        if (Token(context) is not { Length: > 0 } token)
        {
            Refuse(context, "TokenNotPresent", "JWT not present.");
            return;
        }

        var result = await Handler.ValidateTokenAsync(token, Parameters(context));
        if (!result.IsValid) Refuse(context, "TokenInvalid", result.Exception is SecurityTokenExpiredException ? "Token is expired." : "JWT is not valid.");
        var jwt = (JsonWebToken)result.SecurityToken;
        foreach (var (name, needsAll, values) in _claims)
        {
            var found = jwt.Claims.Where(claim => claim.Type == name).Select(claim => claim.Value).ToList();
            var wanted = values.Select(value => value.EvaluateText(context).Trim()).ToList();
            var fits = wanted.Count == 0 ? found.Count > 0 : needsAll ? wanted.TrueForAll(found.Contains) : wanted.Exists(found.Contains);
            if (!fits) Refuse(context, "TokenClaimValueNotAllowed", $"Claim '{name}' is missing or has another value.");
        }

        if (_variable is not null)
        {
            context.Variables[_variable] = new FactsView("a token", new(StringComparer.Ordinal)
            {
                ["Id"] = jwt.Id,
                ["Issuer"] = jwt.Issuer,
                ["Subject"] = jwt.Subject,
                ["Claims"] = jwt.Claims.GroupBy(claim => claim.Type).ToDictionary(claims => claims.Key, claims => (object?)claims.Select(claim => (object?)claim.Value).ToList(), StringComparer.Ordinal),
            });
        }
    }

    private string? Token(PolicyContext context)
    {
        if (_header is null) return new QueryView(context.Request.Uri).Values(_query!.EvaluateText(context))?[0] as string; // One of both is there.
        var text = new HeadersView(context.RequestHeaders()).Values(_header.EvaluateText(context))?[0] as string;
        return text?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) == true ? text[7..].Trim() : text;
    }

    private TokenValidationParameters Parameters(PolicyContext context) => new()
    {
        IssuerSigningKeys = [.. _keys.Select(key => KeyOf(key, context))],
        ValidateIssuer = _issuers.Count > 0,
        ValidIssuers = [.. _issuers.Select(issuer => issuer.EvaluateText(context).Trim())],
        ValidateAudience = _audiences.Count > 0,
        ValidAudiences = [.. _audiences.Select(audience => audience.EvaluateText(context).Trim())],
        RequireExpirationTime = _needsExpiry,
        RequireSignedTokens = true,
        LifetimeValidator = (notBefore, expires, _, _) =>
        {
            // On the run's clock, which may be virtual.
            var now = context.Now.UtcDateTime;
            if (expires is null && _needsExpiry) return false;
            if (expires is { } end && now > end + _skew) throw new SecurityTokenExpiredException();
            return notBefore is not { } start || now >= start - _skew;
        },
    };

    private static SecurityKey KeyOf((PolicyValue? Symmetric, PolicyValue? N, PolicyValue? E) key, PolicyContext context)
    {
        try
        {
            if (key.Symmetric is { } symmetric) return new SymmetricSecurityKey(Convert.FromBase64String(symmetric.EvaluateText(context).Trim()));
            return new RsaSecurityKey(new System.Security.Cryptography.RSAParameters { Modulus = Base64UrlEncoder.DecodeBytes(key.N!.EvaluateText(context)), Exponent = Base64UrlEncoder.DecodeBytes(key.E!.EvaluateText(context)) }); // Both are there.
        }
        catch (FormatException e)
        {
            throw new PolicyEndedException(new PolicyFailure("TokenInvalid", "A signing key of 'validate-jwt' is not in base64.", "validate-jwt"), null, e);
        }
    }

    private void Refuse(PolicyContext context, string reason, string message)
    {
        var text = _message?.EvaluateText(context) ?? message;
        throw new PolicyEndedException(new PolicyFailure(reason, text, "validate-jwt"), ConnectorReply.Error((int)(_status?.EvaluateNumber(context) ?? 401), text));
    }
}
