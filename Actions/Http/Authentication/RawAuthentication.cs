namespace FlowEngine.Actions;

/// <summary><c>Raw</c>: the whole value of the Authorization header.</summary>
internal sealed class RawAuthentication(string value) : IHttpAuthenticator
{
    public static AuthenticationKind Kind { get; } = new("Raw", members => new RawAuthentication(HttpAuthentication.TextOf(members, "value") ?? string.Empty))
    {
        Optional = ["value"],
        Secrets = ["value"],
    };

    public ValueTask ApplyAsync(HttpRequestMessage message, RunScope scope, int attempt, CancellationToken cancellation)
    {
        // What follows the scheme is the secret: a server may send it back without.
        scope.RecordSecret(FlowValue.String(value[(value.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
        HttpAuthentication.SetHeader(message, "Authorization", value);
        return default;
    }
}
