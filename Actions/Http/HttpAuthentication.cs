using System.Text;

namespace FlowEngine.Actions;

/// <summary>The <c>authentication</c> of an HTTP action.</summary>
internal static class HttpAuthentication
{
    private const string Sanitized = "*sanitized*";

    /// <summary>The value of the Authorization header, or null where none is asked for.</summary>
    /// <exception cref="MessageFormatException">An unknown type, or a member that is missing.</exception>
    public static string? HeaderOf(FlowValue authentication)
    {
        if (authentication.IsNull) return null;
        var type = authentication["type"].AsStringOrNull ?? throw new MessageFormatException("The 'authentication' must be an object with a 'type'.");
        switch (type.ToUpperInvariant())
        {
            case "NONE":
                return null;
            case "BASIC":
                var credentials = HeaderGuard.TextOf(authentication["username"]) + ":" + HeaderGuard.TextOf(authentication["password"]);
                return "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials));
            case "RAW":
                return HeaderGuard.TextOf(authentication["value"]);
            case "ACTIVEDIRECTORYOAUTH" or "CLIENTCERTIFICATE" or "MANAGEDSERVICEIDENTITY":
                throw new MessageFormatException($"authentication of type '{type}' is not supported by this engine yet; it supports Basic, Raw and None");
            default:
                throw new MessageFormatException(
                    $"the authentication type '{type}' is not one of None, Basic, Raw, ClientCertificate, ActiveDirectoryOAuth, ManagedServiceIdentity");
        }
    }

    /// <summary>The object as records show it.</summary>
    public static FlowValue Mask(FlowValue authentication)
    {
        if (authentication.AsObjectOrNull is not { } o) return authentication;
        var masked = new FlowObjectBuilder(o.Count);
        foreach (var (name, value) in o) masked.Add(name, IsSecret(name) ? FlowValue.String(Sanitized) : value);
        return masked.ToValue();
    }

    private static bool IsSecret(string name) => name.ToUpperInvariant() is "PASSWORD" or "SECRET" or "VALUE" or "PFX";
}
