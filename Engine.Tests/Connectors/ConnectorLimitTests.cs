using FlowEngine.Actions;
using FlowEngine.Testing;

namespace FlowEngine.Tests.Connectors;

/// <summary>Limits of servers hold for calls of connectors as for all others.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ConnectorLimitTests
{
    [Test]
    public async Task A_thousand_calls_through_one_connector_keep_to_its_rate()
    {
        var start = new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
        using var handler = new MockHttpHandler(MockSet.Parse("""[{"respond":{}}]"""));
        await using var engine = WorkflowEngine.Create(settings => settings
            .UseConnectors(ConnectorBench.Library(ConnectorBench.Swagger("""{ "/rows": { "get": { "operationId": "List", "responses": { "200": { "description": "ok" } } } } }""")))
            .UseHttp(new HttpOptions { HostLimits = [new HostLimit("api.example.test") { Requests = 100 }] }));

        var run = await engine.RunAsync(
            Engine.Flow.Of("""
                { "Loop": { "type": "Foreach", "foreach": "@range(0, 1000)", "runtimeConfiguration": { "concurrency": { "repetitions": 50 } }, "actions": {
                    "Call": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "shared_sales", "operationId": "List" }, "parameters": {} } } } } }
                """),
            TriggerRequest.Empty,
            new RunOptions { Time = new VirtualTimeProvider(start), Seed = 1, HttpHandler = handler });

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded), run.Error?.Message);
        Assert.That(run.Requests, Has.Count.EqualTo(1000));
        Assert.That(run.EndTime - run.StartTime, Is.EqualTo(TimeSpan.FromSeconds(9)));
    }
}
