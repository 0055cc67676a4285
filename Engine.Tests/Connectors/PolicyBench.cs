using FlowEngine.Actions;
using FlowEngine.Connectors;
using FlowEngine.Testing;

namespace FlowEngine.Tests.Connectors;

/// <summary>Runs calls of one operation within a policy document, against mocks.</summary>
internal static class PolicyBench
{
    private const string Paths = """
        { "/reports/{area}": {
            "get": { "operationId": "Get", "parameters": [ { "name": "area", "in": "path", "required": true, "type": "string" }, { "name": "q", "in": "query", "type": "string" } ], "responses": { "200": { "description": "fine" } } },
            "post": { "operationId": "Post", "parameters": [ { "name": "area", "in": "path", "required": true, "type": "string" }, { "name": "body", "in": "body", "schema": { "type": "object" } } ], "responses": { "200": { "description": "fine" } } } } }
        """;

    public static OpenApiConnector Connector(string policies)
    {
        var read = PolicyDocument.Parse(policies);
        Assert.That(read.HasErrors, Is.False, () => string.Join('\n', read.Diagnostics));
        return new OpenApiConnector("sales", ConnectorDocument.Parse(ConnectorBench.Swagger(Paths)), read);
    }

    public static string Document(string inbound = "", string outbound = "", string backend = "", string onError = "") => $"""
        <policies>
          <inbound><base />{inbound}</inbound>
          <backend>{backend}</backend>
          <outbound>{outbound}</outbound>
          <on-error>{onError}</on-error>
        </policies>
        """;

    public static Task<FlowTestRun> GetAsync(string policies, string respond = """{ "status": 200, "body": { "n": 1 } }""", string parameters = """{ "area": "north" }""", ConnectionSettings? settings = null) =>
        CallAsync(policies, "Get", parameters, respond, settings);

    public static Task<FlowTestRun> CallAsync(string policies, string operationId, string parameters, string respond, ConnectionSettings? settings = null) =>
        RunAsync(
            policies,
            $$"""{ "Call": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "sales", "operationId": "{{operationId}}" }, "parameters": {{parameters}}, "retryPolicy": { "type": "none" } } } }""",
            respond,
            settings);

    public static Task<FlowTestRun> RunAsync(string policies, string actions, string respond = """{ "status": 200, "body": { "n": 1 } }""", ConnectionSettings? settings = null) =>
        FlowTest.Of(Engine.Flow.Of(actions))
            .WithConnectors(new ConnectorSet(new ConnectorLibrary(Connector(policies)), settings) { AllowsMissingCredentials = true })
            .WithMocks(MockSet.Parse($$"""[{ "match": {}, "respond": {{respond}} }]"""))
            .At("2026-01-31T08:00:00Z")
            .RunAsync();

    /// <summary>What an expression gives, as the text of a header; a failure gives its message.</summary>
    public static async Task<string> EvaluateAsync(string expression)
    {
        var run = await GetAsync(Document($"<set-header name=\"X-Result\"><value><![CDATA[{expression}]]></value></set-header>"));
        return run["Call"].Status == ActionStatus.Succeeded ? run.Requests.Single().Headers["X-Result"].AsString : run["Call"].Error!.Message;
    }
}
