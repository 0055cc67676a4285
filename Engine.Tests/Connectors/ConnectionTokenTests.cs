using FlowEngine.Actions;
using FlowEngine.Connectors;
using FlowEngine.Testing;

namespace FlowEngine.Tests.Connectors;

/// <summary>Tokens of connections: those of a run that outlives them, and those of the machine.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ConnectionTokenTests
{
    private const string Paths = """{ "/a": { "get": { "operationId": "Get", "responses": { "200": { "description": "fine" } } } } }""";

    private const string ApiKey = """ "securityDefinitions": { "key": { "type": "apiKey", "name": "X-Key", "in": "header" } }, "security": [ { "key": [] } ],""";

    private const string OAuth = """ "securityDefinitions": { "entra": { "type": "oauth2", "flow": "application", "tokenUrl": "https://login.example.test/token", "scopes": { "read": "all" } } }, "security": [ { "entra": ["read"] } ],""";

    private const string Call = """{ "Call": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "shared_sales", "operationId": "Get" }, "parameters": {}, "retryPolicy": { "type": "none" } } } }""";

    [TestCase(200, 2)]
    [TestCase(401, 2)]
    public async Task A_token_of_a_connection_is_renewed_in_the_midst_of_a_run(int second, int tokens)
    {
        // Within its life where it is refused, else beyond it.
        var pause = second == 401 ? 10 : 3600;
        var set = Set(OAuth, """{ "sales": { "authentication": { "type": "OAuth2", "clientId": "c", "clientSecret": "s3cr3t-s3cr3t" } } }""");
        var call = Call[1..^1];
        var flow = Engine.Flow.Of($$"""
            { {{call}}, "Wait": { "type": "Wait", "runAfter": { "Call": ["Succeeded"] }, "inputs": { "interval": { "count": {{pause}}, "unit": "Second" } } },
              {{call.Replace("\"Call\": {", "\"Again\": { \"runAfter\": { \"Wait\": [\"Succeeded\"] },", StringComparison.Ordinal)}} }
            """);

        var run = await FlowTest.Of(flow).WithConnectors(set).At("2026-01-31T08:00:00Z").WithMocks(MockSet.Parse($$"""
            [ { "match": { "uri": "https://login.example.test/token" }, "respond": [ { "body": { "access_token": "t0k3n-first", "expires_in": 600 } }, { "body": { "access_token": "t0k3n-second", "expires_in": 600 } } ] },
              { "match": { "headers": { "Authorization": "Bearer t0k3n-first" } }, "respond": [ { "status": 200 }, { "status": {{second}} } ] },
              { "match": { "headers": { "Authorization": "Bearer t0k3n-second" } }, "respond": { "status": 200 } } ]
            """)).RunAsync();

        Assert.Multiple(() =>
        {
            Assert.That(run["Again"].Status, Is.EqualTo(ActionStatus.Succeeded), run.ToString);
            Assert.That(run.Result.Action("Again").RetryHistory, Is.Empty);
            Assert.That(run.Requests.Count(request => request.Uri == "https://login.example.test/token"), Is.EqualTo(tokens));
            Assert.That(run.Result.ToRecord().ToJson(), Does.Not.Contain("t0k3n"));
        });
    }

    [Test]
    public async Task A_vault_is_asked_with_the_identity_of_the_machine()
    {
        var set = Set(ApiKey, """
            { "keyvault": { "authentication": { "type": "ManagedServiceIdentity" } },
              "sales": { "authentication": { "type": "ApiKey", "value": { "$keyVault": "https://corp.vault.azure.net/secrets/sales-key" } } } }
            """);

        var run = await FlowTest.Of(Engine.Flow.Of(Call)).WithConnectors(set).WithMocks(MockSet.Parse("""
            [ { "match": { "uri": "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net", "headers": { "Metadata": "true" } }, "respond": { "body": { "access_token": "t0k3n-of-machine", "expires_in": "3600" } } },
              { "match": { "uri": "https://corp.vault.azure.net/secrets/sales-key*", "headers": { "Authorization": "Bearer t0k3n-of-machine" } }, "respond": { "body": { "value": "v4ult-v4lue", "id": "https://corp.vault.azure.net/secrets/sales-key/1" } } },
              { "match": { "uri": "https://corp.vault.azure.net/secrets/sales-key*" }, "respond": { "status": 401, "headers": { "WWW-Authenticate": "Bearer authorization=\"https://login.windows.net/tenant\", resource=\"https://vault.azure.net\"" } } },
              { "match": { "headers": { "X-Key": "v4ult-v4lue" } }, "respond": { "status": 200 } } ]
            """)).RunAsync();

        // The official client asks without a token first, to learn where to have it from.
        Assert.Multiple(() =>
        {
            Assert.That(run["Call"].Status, Is.EqualTo(ActionStatus.Succeeded), () => run["Call"].Error?.Message ?? string.Empty);
            Assert.That(run.Requests, Has.Count.EqualTo(4));
            Assert.That(run.Result.ToRecord().ToJson(), Does.Not.Contain("t0k3n").And.Not.Contain("v4ult-v4lue"));
        });
    }

    private static ConnectorSet Set(string security, string connections) =>
        new(ConnectorBench.Library(ConnectorBench.Swagger(Paths, security)), ConnectionSettings.Of(FlowValue.Parse(connections).AsObject));
}
