using System.Text;

namespace FlowEngine.Actions;

/// <summary><c>Basic</c>: user name and password, as UTF-8 (recorded).</summary>
internal sealed class BasicAuthentication(string username, string password) : IHttpAuthenticator
{
    public static AuthenticationKind Kind { get; } = new(
        "Basic",
        members => new BasicAuthentication(HttpAuthentication.TextOf(members, "username") ?? string.Empty, HttpAuthentication.TextOf(members, "password") ?? string.Empty))
    {
        Optional = ["username", "password"],
        Secrets = ["password"],
    };

    public ValueTask ApplyAsync(HttpRequestMessage message, RunScope scope, int attempt, CancellationToken cancellation)
    {
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes(username + ":" + password));
        scope.RecordSecret(FlowValue.String(credentials));
        HttpAuthentication.SetHeader(message, "Authorization", "Basic " + credentials);
        return default;
    }
}
