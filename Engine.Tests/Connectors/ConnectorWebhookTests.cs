using FlowEngine.Actions;
using FlowEngine.Testing;

namespace FlowEngine.Tests.Connectors;

/// <summary>Rules: runtime reference, 3.15.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ConnectorWebhookTests
{
    private static readonly string Document = ConnectorBench.Swagger("""
        { "/approvals/$subscriptions": { "post": { "operationId": "Ask", "responses": { "201": { "description": "ok" } }, "parameters": [
            { "name": "body", "in": "body", "required": true, "schema": { "type": "object", "properties": {
              "message": { "type": "string" },
              "hook": { "type": "object", "properties": { "notificationUrl": { "type": "string", "x-ms-notification-url": true } } } } } } ] } } }
        """);

    [Test]
    public async Task The_address_goes_where_the_document_marks_it_and_the_callback_is_the_outputs()
    {
        var run = await RunAsync("""{ "type": "OpenApiConnectionWebhook", "inputs": { "host": { "connectionName": "shared_sales", "operationId": "Ask" }, "parameters": { "body/message": "ok?" } } }""");

        Assert.That(run.Result.Requests.Single().Body["message"], Is.EqualTo(FlowValue.String("ok?")));
        Assert.That(run.Result.Requests.Single().Body["hook"]["notificationUrl"].AsString, Does.StartWith("https://flowengine.invalid/runs/"));
        Assert.That(run.Result.Action("Call").Outputs.ToJson(), Is.EqualTo("""{"statusCode":200,"headers":{"Content-Type":"application/json"},"body":{"SelectedOption":"Yes"}}"""));
    }

    [Test]
    public async Task An_address_that_the_flow_writes_stays()
    {
        var run = await RunAsync("""
            { "type": "ApiConnectionWebhook", "inputs": { "host": { "connection": { "name": "shared_sales" } }, "path": "/approvals/$subscriptions",
              "body": { "message": "ok?", "hook": { "notificationUrl": "@{listCallbackUrl()}&mine" } } } }
            """);

        Assert.That(run.Result.Requests.Single().Method, Is.EqualTo("POST"));
        Assert.That(run.Result.Requests.Single().Body["hook"]["notificationUrl"].AsString, Does.EndWith("&mine"));
        Assert.That(run.Result.Action("Call").Outputs["body"]["SelectedOption"], Is.EqualTo(FlowValue.String("Yes")));
    }

    [Test]
    public async Task A_subscription_that_is_refused_fails_the_action()
    {
        var run = await RunAsync(
            """{ "type": "OpenApiConnectionWebhook", "inputs": { "host": { "connectionName": "shared_sales", "operationId": "Ask" }, "parameters": { "body/message": "ok?" } } }""",
            """{ "status": 403 }""");

        Assert.That((run.Result.Action("Call").Status, run.Result.Action("Call").Code), Is.EqualTo((ActionStatus.Failed, "Forbidden")));
    }

    private static Task<FlowTestRun> RunAsync(string action, string respond = """{ "status": 201 }""") =>
        FlowTest.Of(Engine.Flow.Of($$"""{ "Call": {{action}} }"""))
            .WithConnectors(ConnectorBench.Library(Document))
            .MockAction("Call", mock => mock.CalledBackJson("""{ "SelectedOption": "Yes" }""", TimeSpan.FromHours(1)))
            .WithMocks(MockSet.Parse($$"""[{ "match": {}, "respond": {{respond}} }]"""))
            .RunAsync();
}
