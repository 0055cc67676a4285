using FlowEngine.Actions;
using FlowEngine.Connectors;
using FlowEngine.Testing;

namespace FlowEngine.Tests.Connectors;

/// <summary>Limits of servers hold for calls of connectors as for all others.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ConnectorLimitTests
{
    private const string Rows = """{ "/rows": { "get": { "operationId": "List", "responses": { "200": { "description": "ok" } } } } }""";

    [Test]
    public async Task A_thousand_calls_through_one_connector_keep_to_its_rate()
    {
        var run = await RunAsync([new HostLimit("api.example.test") { Requests = 100 }], Loop("shared_sales", 1000), """[{"respond":{}}]""");

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded), run.Error?.Message);
        Assert.That(run.Requests, Has.Count.EqualTo(1000));
        Assert.That(run.EndTime - run.StartTime, Is.EqualTo(TimeSpan.FromSeconds(9)));
    }

    [TestCase("sales")]
    [TestCase("shared_sales")]
    public async Task A_thousand_calls_through_one_connection_keep_to_the_rate_of_the_connection(string limit)
    {
        var run = await RunAsync([new HostLimit(limit) { Requests = 100 }], Loop("shared_sales", 1000), """[{"respond":{}}]""");

        Assert.That(run.Requests, Has.Count.EqualTo(1000));
        Assert.That(run.EndTime - run.StartTime, Is.EqualTo(TimeSpan.FromSeconds(9)));
    }

    [Test]
    public async Task Connections_to_one_host_have_limits_of_their_own()
    {
        var loops = Loop("sales-1", 300) + "," + Loop("sales-2", 300);

        var run = await RunAsync([new HostLimit("sales-1") { Requests = 100 }, new HostLimit("sales-2") { Requests = 20 }], loops, """[{"respond":{}}]""");

        Assert.That(run.Requests, Has.Count.EqualTo(600));
        Assert.That(run.Action("Loop_sales-1").EndTime - run.StartTime, Is.EqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(run.Action("Loop_sales-2").EndTime - run.StartTime, Is.EqualTo(TimeSpan.FromSeconds(14)));
    }

    [Test]
    public async Task A_connection_has_so_many_calls_under_way_and_waiting_for_a_turn_takes_no_time_of_a_request()
    {
        var run = await RunAsync([new HostLimit("sales") { Concurrency = 2 }], Loop("sales", 10), """[{"respond":{"delay":"PT1M"}}]""");

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded), run.Error?.Message);
        Assert.That(run.EndTime - run.StartTime, Is.EqualTo(TimeSpan.FromMinutes(5)), "the last ones waited for four minutes, two more than a request may take");
    }

    [Test]
    public async Task A_request_that_takes_too_long_still_ends()
    {
        var run = await RunAsync([], Loop("sales", 1), """[{"respond":{"delay":"PT3M"}}]""");

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Failed));
        Assert.That(run.EndTime - run.StartTime, Is.EqualTo(TimeSpan.FromMinutes(2)));
    }

    [Test]
    public async Task Requests_to_a_vault_keep_to_the_limits_of_its_host()
    {
        using var handler = new MockHttpHandler(MockSet.Parse("""[{ "respond": { "body": { "value": "v4ult-v4lue", "id": "https://corp.vault.azure.net/secrets/Key/9" } } }]"""));
        await using var engine = WorkflowEngine.Create(settings => settings
            .UseConnectors(new ConnectorSet(ConnectorLibrary.Empty, ConnectionSettings.Empty) { AllowsMissingCredentials = true })
            .UseHttp(new HttpOptions { HostLimits = [new HostLimit("*.vault.azure.net") { Requests = 1, Period = TimeSpan.FromMinutes(1) }] }));
        var flow = Engine.Flow.Of("""
            { "Loop": { "type": "Foreach", "foreach": "@range(0, 5)", "actions": { "Secret": { "type": "OpenApiConnection", "inputs": {
                "host": { "connectionName": "shared_keyvault", "operationId": "GetSecret", "apiId": "/apis/keyvault" }, "parameters": { "vaultName": "corp", "secretName": "Key" }, "retryPolicy": { "type": "none" } } } } } }
            """);

        var run = await engine.RunAsync(flow, TriggerRequest.Empty, new RunOptions { Time = new VirtualTimeProvider(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero)), Seed = 1, HttpHandler = handler });

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded), run.ToRecordText());
        Assert.That(run.Requests, Has.Count.EqualTo(5));
        Assert.That(run.EndTime - run.StartTime, Is.EqualTo(TimeSpan.FromMinutes(4)), "longer than a request may take, and each had its turn");
    }

    private static string Loop(string connection, int count) => $$"""
        "Loop_{{connection}}": { "type": "Foreach", "foreach": "@range(0, {{count}})", "runtimeConfiguration": { "concurrency": { "repetitions": 50 } }, "actions": {
            "Call_{{connection}}": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "{{connection}}", "operationId": "List", "apiId": "/apis/shared_sales" }, "parameters": {}, "retryPolicy": { "type": "none" } } } } }
        """;

    private static async Task<RunResult> RunAsync(IReadOnlyList<HostLimit> limits, string actions, string mocks)
    {
        var start = new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
        using var handler = new MockHttpHandler(MockSet.Parse(mocks));
        await using var engine = WorkflowEngine.Create(settings => settings
            .UseConnectors(ConnectorBench.Library(ConnectorBench.Swagger(Rows)))
            .UseHttp(new HttpOptions { HostLimits = limits }));
        return await engine.RunAsync(Engine.Flow.Of("{" + actions + "}"), TriggerRequest.Empty, new RunOptions { Time = new VirtualTimeProvider(start), Seed = 1, HttpHandler = handler });
    }
}
