using FlowEngine.Actions;
using FlowEngine.Connectors;
using FlowEngine.Testing;

namespace FlowEngine.Tests.Connectors;

/// <summary>Secrets from a store of the host.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SecretStoreTests
{
    private const string Document = """ "securityDefinitions": { "key": { "type": "apiKey", "name": "X-Key", "in": "header" } }, "security": [ { "key": [] } ],""";

    private static Task<FlowTestRun> RunAsync(ISecretStore? store, string name = "sales-key")
    {
        var library = ConnectorBench.Library(ConnectorBench.Swagger("""{ "/a": { "get": { "operationId": "Get", "responses": { "200": { "description": "fine" } } } } }""", Document));
        var settings = ConnectionSettings.Of(FlowValue.Parse($$"""{ "sales": { "authentication": { "type": "ApiKey", "value": { "$secret": "{{name}}" } } } }""").AsObject);
        return FlowTest
            .Of(Engine.Flow.Of("""{ "Call": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "shared_sales", "operationId": "Get" }, "parameters": {}, "retryPolicy": { "type": "none" } } } }"""))
            .WithConnectors(new ConnectorSet(library, settings) { Secrets = store })
            .WithMocks(MockSet.Parse("""[{ "match": {}, "respond": { "body": { "n": 1 } } }]"""))
            .RunAsync();
    }

    [Test]
    public async Task A_secret_of_the_store_goes_with_the_call_and_never_shows()
    {
        var run = await RunAsync(new Store());

        Assert.That(run.Requests[0].Headers["X-Key"], Is.EqualTo(FlowValue.String("k3y-of-sales-key")));
        Assert.That(run.Result.ToRecordText(), Does.Not.Contain("k3y-of"));
    }

    [TestCase(true, "nothing", "no secret 'nothing'")]
    [TestCase(false, "sales-key", "the host has given none")]
    public async Task A_secret_that_can_not_be_had_is_named(bool hasStore, string name, string says)
    {
        var run = await RunAsync(hasStore ? new Store() : null, name);

        Assert.That(run.Requests, Is.Empty);
        Assert.That(run["Call"].Error!.Message, Does.Contain(says));
    }

    private sealed class Store : ISecretStore
    {
        public ValueTask<string> GetAsync(string name, RunScope scope, CancellationToken cancellation) =>
            name == "sales-key" ? new("k3y-of-" + name) : throw new KeyNotFoundException(name);
    }
}
