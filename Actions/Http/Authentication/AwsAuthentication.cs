namespace FlowEngine.Actions;

/// <summary><c>AwsSigV4</c>, an extension: signs each message by AWS Signature Version 4.</summary>
internal sealed class AwsAuthentication(AwsCredentials credentials) : IHttpAuthenticator
{
    public static AuthenticationKind Kind { get; } = new("AwsSigV4", Create)
    {
        Required = ["accessKeyId", "secretAccessKey", "region", "service"],
        Optional = ["sessionToken"],
        Secrets = ["secretAccessKey", "sessionToken"],
        IsExtension = true,
    };

    public async ValueTask ApplyAsync(HttpRequestMessage message, RunScope scope, int attempt, CancellationToken cancellation)
    {
        var body = message.Content is { } content ? await content.ReadAsByteArrayAsync(cancellation) : [];
        foreach (var (name, value) in new AwsSignature(credentials, scope.Time.GetUtcNow()).HeadersFor(message, body)) HttpAuthentication.SetHeader(message, name, value);
    }

    private static AwsAuthentication Create(FlowObject members)
    {
        string Text(string name) => HttpAuthentication.TextOf(members, name) ?? string.Empty;
        return new AwsAuthentication(new AwsCredentials(Text("accessKeyId"), Text("secretAccessKey"), HttpAuthentication.TextOf(members, "sessionToken"), Text("region"), Text("service")));
    }
}
