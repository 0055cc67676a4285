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
    private readonly PolicyValue? _variable;
    private readonly PolicyValue? _scheme;
    private readonly PolicyValue? _skew;
    private readonly bool _needsSignature;
    private readonly bool _needsExpiry;
    private readonly IReadOnlyList<SigningKey> _keys;
    private readonly IReadOnlyList<PolicyValue> _audiences;
    private readonly IReadOnlyList<PolicyValue> _issuers;
    private readonly IReadOnlyList<RequiredClaim> _claims;

    private ValidateJwtPolicy(PolicyElement element, PolicyReader reader)
    {
        _header = reader.Attribute(element, "header-name");
        _query = reader.Attribute(element, "query-parameter-name");
        _status = reader.Attribute(element, "failed-validation-httpcode");
        _message = reader.Attribute(element, "failed-validation-error-message");
        _variable = reader.Attribute(element, "output-token-variable-name");
        _scheme = reader.Attribute(element, "require-scheme");
        _skew = reader.Attribute(element, "clock-skew");
        _needsSignature = reader.Word(element, "require-signed-tokens", "true", "true", "false") == "true";
        _needsExpiry = reader.Word(element, "require-expiration-time", "true", "true", "false") == "true";
        _keys = [.. (element.Child("issuer-signing-keys")?.Children ?? []).Select(key => SigningKey.Read(key, reader))];
        _audiences = [.. (element.Child("audiences")?.Children ?? []).Select(reader.Text)];
        _issuers = [.. (element.Child("issuers")?.Children ?? []).Select(reader.Text)];
        _claims = [.. (element.Child("required-claims")?.Children ?? []).Select(claim => RequiredClaim.Read(claim, reader))];
        if (_header is null && _query is null) reader.Faults.Error(Definitions.DiagnosticCodes.PolicyValue, "'validate-jwt' needs 'header-name' or 'query-parameter-name'.", element);
        if (_header is not null && _query is not null)
            reader.Faults.Add(Definitions.DiagnosticCodes.PolicyWithoutEffect, Definitions.DiagnosticSeverity.Warning, "'query-parameter-name' has no effect beside 'header-name'.", element.Start, element.Name.Length);
        if (_keys.Count == 0 && _needsSignature) reader.Faults.Error(Definitions.DiagnosticCodes.PolicyValue, "'validate-jwt' needs 'issuer-signing-keys': keys are not fetched from 'openid-config' here.", element);
    }

    public static PolicyRow Row { get; } = new("validate-jwt", (element, reader) => new ValidateJwtPolicy(element, reader))
    {
        Shape = new()
        {
            Optional =
            [
                "header-name", "query-parameter-name", "failed-validation-httpcode", "failed-validation-error-message", "output-token-variable-name", "clock-skew",
                "require-expiration-time", "require-scheme", "require-signed-tokens",
            ],
            Children = new Dictionary<string, PolicyShape>
            {
                ["issuer-signing-keys"] = ListOf("key", new PolicyShape { Optional = ["id", "n", "e"], TakesText = true }),
                ["audiences"] = ListOf("audience", PolicyShape.OnlyText),
                ["issuers"] = ListOf("issuer", PolicyShape.OnlyText),
                ["required-claims"] = ListOf("claim", RequiredClaim.Shape),
            },
        },
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
        foreach (var claim in _claims)
        {
            var name = claim.Name.EvaluateText(context);
            if (!claim.Fits([.. jwt.Claims.Where(one => one.Type == name).Select(one => one.Value)], context)) Refuse(context, "TokenClaimValueNotAllowed", $"Claim '{name}' is missing or has another value.");
        }

        if (_variable is not null)
        {
            context.Variables[_variable.EvaluateText(context)] = new FactsView("a token", new(StringComparer.Ordinal)
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
        if (_scheme?.EvaluateText(context).Trim() is { Length: > 0 } scheme)
            return text?.StartsWith(scheme + " ", StringComparison.OrdinalIgnoreCase) == true ? text[(scheme.Length + 1)..].Trim() : null;
        return text?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) == true ? text[7..].Trim() : text;
    }

    private TokenValidationParameters Parameters(PolicyContext context)
    {
        var skew = PolicyWait.Of(_skew?.EvaluateNumber(context) ?? 0);
        return new TokenValidationParameters
        {
            IssuerSigningKeys = [.. _keys.Select(key => key.ToKey(context))],
            ValidateIssuer = _issuers.Count > 0,
            ValidIssuers = [.. _issuers.Select(issuer => issuer.EvaluateText(context).Trim())],
            ValidateAudience = _audiences.Count > 0,
            ValidAudiences = [.. _audiences.Select(audience => audience.EvaluateText(context).Trim())],
            RequireExpirationTime = _needsExpiry,
            RequireSignedTokens = _needsSignature,
            LifetimeValidator = (notBefore, expires, _, _) =>
            {
                // On the run's clock, which may be virtual.
                var now = context.Now.UtcDateTime;
                if (expires is null && _needsExpiry) return false;
                if (expires is { } end && now - skew > end) throw new SecurityTokenExpiredException();
                return notBefore is not { } start || now + skew >= start;
            },
        };
    }

    private static PolicyShape ListOf(string name, PolicyShape shape) => new() { IsSingle = true, Children = new Dictionary<string, PolicyShape> { [name] = shape } };

    private void Refuse(PolicyContext context, string reason, string message)
    {
        var text = _message?.EvaluateText(context) ?? message;
        throw new PolicyEndedException(new PolicyFailure(reason, text, "validate-jwt"), ConnectorReply.Error((int)(_status?.EvaluateNumber(context) ?? 401), text));
    }
}
