namespace FlowEngine.Actions;

/// <summary>The <c>authentication</c> of a call, <c>{"type": …}</c> and members: the one shape for HTTP actions and for connections.</summary>
/// <remarks>Runtime reference, 3.14; the kinds marked as extensions are ours. Every kind is described in <c>docs/http.md</c>.</remarks>
internal static class HttpAuthentication
{
    private const string Sanitized = "*sanitized*";

    /// <summary>All kinds, in the order of the documentation.</summary>
    public static IReadOnlyList<AuthenticationKind> Kinds { get; } =
    [
        new AuthenticationKind("None", static _ => null),
        BasicAuthentication.Kind,
        RawAuthentication.Kind,
        ClientCertificateAuthentication.Kind,
        ActiveDirectoryAuthentication.Kind,
        ManagedIdentityAuthentication.Kind,
        OAuthAuthentication.Kind,
        ApiKeyAuthentication.Kind,
        AwsAuthentication.Kind,
    ];

    // Also those of kinds that don't exist: a misspelled type must not show a password.
    private static readonly HashSet<string> SecretMembers = new(Kinds.SelectMany(kind => kind.Secrets), StringComparer.OrdinalIgnoreCase);

    /// <summary>The kind with that name, ignoring case; null where there is none.</summary>
    public static AuthenticationKind? Find(string type) => Kinds.FirstOrDefault(kind => kind.Type.Equals(type, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads an evaluated object; its secrets are hidden in the run's record from here on.</summary>
    /// <returns>What authenticates the call; null where nothing is asked for.</returns>
    /// <exception cref="MessageFormatException">An unknown type, or a member that is missing or makes no sense.</exception>
    public static IHttpAuthenticator? Read(FlowValue authentication, RunScope scope)
    {
        if (authentication.IsNull) return null;
        if (authentication.AsObjectOrNull is not { } members || members["type"].AsStringOrNull is not { } type)
            throw new MessageFormatException("The 'authentication' must be an object with a 'type'.");
        if (Find(type) is not { } kind)
            throw new MessageFormatException($"the authentication type '{type}' is not one of {string.Join(", ", Kinds.Select(known => known.Type))}");
        foreach (var required in kind.Required)
        {
            if (members[required].IsNull) throw new MessageFormatException($"authentication of type '{kind.Type}' needs a '{required}'");
        }

        foreach (var secret in kind.Secrets) scope.RecordSecret(members[secret]);
        return kind.Create(members);
    }

    /// <summary>The object as records show it.</summary>
    public static FlowValue Mask(FlowValue authentication)
    {
        if (authentication.AsObjectOrNull is not { } o) return authentication;
        var masked = new FlowObjectBuilder(o.Count);
        foreach (var (name, value) in o) masked.Add(name, SecretMembers.Contains(name) ? FlowValue.String(Sanitized) : value);
        return masked.ToValue();
    }

    /// <summary>A member as text; null where it is missing.</summary>
    /// <exception cref="MessageFormatException">Content that is no text.</exception>
    internal static string? TextOf(FlowObject members, string name) => members[name] is { IsNull: false } value ? HeaderGuard.TextOf(value) : null;

    /// <summary>An address of HTTP.</summary>
    /// <exception cref="MessageFormatException">It is none.</exception>
    internal static Uri AddressOf(string text, string what) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : throw new MessageFormatException($"the {what} '{text}' of the authentication is no address");

    /// <summary>Puts a header on a message.</summary>
    /// <exception cref="CredentialsUnavailableException">The value can't be sent.</exception>
    internal static void SetHeader(HttpRequestMessage message, string name, string value)
    {
        try
        {
            HeaderGuard.Add(message.Headers, message.Content, name, value);
        }
        catch (MessageFormatException e)
        {
            throw new CredentialsUnavailableException(HttpFailures.Of(e.Message).Message, isRetryable: false);
        }
    }
}
