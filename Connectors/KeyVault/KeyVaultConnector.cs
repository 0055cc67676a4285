using Azure;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using FlowEngine.Actions;

namespace FlowEngine.Connectors;

/// <summary>Azure Key Vault: the operation <c>GetSecret</c>, by the official client. Always there as <c>keyvault</c>, unless a document of that name stands in the folder.</summary>
/// <remarks>The vault is the parameter <c>vaultName</c>, else the <c>vaultName</c> of the connection. A secret's value is hidden from birth.</remarks>
internal sealed class KeyVaultConnector(ConnectorSet set) : IConnector, ITimedConnector
{
    public string Name => "keyvault";

    bool ITimedConnector.TimesRequests => true;

    public async ValueTask<ConnectorResponse> CallAsync(ConnectorCall call, RunScope scope, int attempt, CancellationToken cancellation)
    {
        if (!"GetSecret".Equals(call.OperationId, StringComparison.OrdinalIgnoreCase))
            throw new ConnectorException(ActionCodes.BadRequest, $"The connector 'keyvault' has no operation '{call.OperationId}'; it has GetSecret. Mock it, or put a document of the API into the folder connectors.");
        var name = call.Parameters["secretName"].AsStringOrNull ?? throw new ConnectorException(ActionCodes.BadRequest, "The operation 'GetSecret' needs the parameter 'secretName'.");
        var vault = call.Parameters["vaultName"].AsStringOrNull ?? call.Connection["vaultName"].AsStringOrNull
            ?? throw new ConnectorException(ActionCodes.BadRequest, "The operation 'GetSecret' needs a vault: the parameter 'vaultName', or 'vaultName' of the connection.");
        var address = VaultAddress.Of(vault) ?? throw new ConnectorException(ActionCodes.BadRequest, $"'{vault}' is no name of a vault: 3 to 24 letters, digits and hyphens.");
        return await GetAsync(address, name, call.Parameters["secretVersion"].AsStringOrNull, call, scope, attempt, cancellation);
    }

    /// <summary>Asks for a secret.</summary>
    public async ValueTask<ConnectorResponse> GetAsync(Uri vault, string name, string? version, ConnectorCall call, RunScope scope, int attempt, CancellationToken cancellation)
    {
        if (!VaultAddress.IsSecret(name)) throw new ConnectorException(ActionCodes.BadRequest, $"'{name}' is no name of a secret: 1 to 127 letters, digits and hyphens.");
        if (version is { Length: > 0 } && !VaultAddress.IsSecret(version)) throw new ConnectorException(ActionCodes.BadRequest, $"'{version}' is no version of a secret.");
        using var handler = new ScopeTransport(scope, set.PlaceOf(call.Host, Name, scope), attempt);
        using var transport = new HttpClientTransport(handler);
        var options = new SecretClientOptions { Transport = transport };
        options.Retry.MaxRetries = 0; // The action's own policy retries.
        options.Retry.NetworkTimeout = TimeSpan.FromDays(1); // And its limits end it: a wait for the server's turn is no answer that is late.
        options.Diagnostics.IsLoggingEnabled = false;
        options.Diagnostics.IsTelemetryEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        try
        {
            using var id = HttpPipeline.CreateClientRequestIdScope(scope.Evaluation.NewGuid().ToString());
            var client = new SecretClient(vault, new ConnectionCredential(CredentialsOf(call, vault, scope), scope, attempt), options);
            var answer = await client.GetSecretAsync(name, version, cancellation);
            scope.RecordSecret(FlowValue.String(answer.Value.Value));
            return new ConnectorResponse { StatusCode = 200, Headers = HeadersOf(answer.GetRawResponse()), Body = BodyOf(answer.Value), HasBody = true };
        }
        catch (RequestFailedException e) when (e.Status != 0)
        {
            var body = FlowValue.Object(("error", FlowValue.Object(("code", FlowValue.String(e.ErrorCode ?? HttpStatusNames.CodeOf(e.Status))), ("message", FlowValue.String(e.Message.Split('\n')[0].Trim())))));
            return new ConnectorResponse { StatusCode = e.Status, Headers = e.GetRawResponse() is { } raw ? HeadersOf(raw) : FlowValue.EmptyObject, Body = body, HasBody = true };
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && Failure(e, vault) is { } failure)
        {
            throw failure;
        }
    }

    private static ConnectorException? Failure(Exception exception, Uri vault)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (HttpFailures.Of(inner, vault) is { } failure) return new ConnectorException(failure.Error.Code, failure.Error.Message, failure.IsRetryable, exception);
        }

        return exception is ArgumentException ? new ConnectorException(ActionCodes.BadRequest, $"The secret can't be asked for: {exception.Message}") : null;
    }

    private IHttpAuthenticator? CredentialsOf(ConnectorCall call, Uri vault, RunScope scope)
    {
        if (call.Connection["authentication"].AsObjectOrNull is { } authentication)
        {
            try
            {
                return HttpAuthentication.Read(authentication.Contains("audience") ? authentication : authentication.ToBuilder().Add("audience", FlowValue.String(VaultAddress.AudienceOf(vault))).ToObject(), scope);
            }
            catch (MessageFormatException e)
            {
                throw new ConnectorException(ActionCodes.BadRequest, $"The connection of the vault can't be used: {e.Message}.");
            }
        }

        const string missing = "The connection of the vault has no credentials.";
        if (!set.AllowsMissingCredentials)
            throw new ConnectorException(ActionCodes.BadRequest, missing + " Give the connection 'keyvault' an 'authentication' of type ActiveDirectoryOAuth or ManagedServiceIdentity (docs/connections.md).");
        set.Warn(missing + " The request goes out without.");
        return null;
    }

    private static FlowValue HeadersOf(Response response)
    {
        var headers = new FlowObjectBuilder();
        foreach (var header in response.Headers) headers.Set(header.Name, FlowValue.String(header.Value));
        return headers.ToValue();
    }

    private static FlowValue BodyOf(KeyVaultSecret secret)
    {
        static FlowValue Time(DateTimeOffset? time) => time is { } at ? FlowValue.String(at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)) : default;
        var properties = secret.Properties;
        return new FlowObjectBuilder()
            .Add("value", FlowValue.String(secret.Value))
            .Add("name", FlowValue.String(secret.Name))
            .AddUnlessNull("version", FlowValue.String(properties.Version))
            .AddUnlessNull("contentType", FlowValue.String(properties.ContentType))
            .AddUnlessNull("isEnabled", properties.Enabled is { } enabled ? FlowValue.Boolean(enabled) : default)
            .AddUnlessNull("createdTime", Time(properties.CreatedOn))
            .AddUnlessNull("lastUpdatedTime", Time(properties.UpdatedOn))
            .AddUnlessNull("validityStartTime", Time(properties.NotBefore))
            .AddUnlessNull("validityEndTime", Time(properties.ExpiresOn))
            .ToValue();
    }
}
