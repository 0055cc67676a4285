using FlowEngine.Connectors;
using FlowEngine.Testing;

namespace FlowEngine.Tests.Connectors;

/// <summary>Runs one action that calls an operation of a small document, against mocks.</summary>
internal static class ConnectorBench
{
    /// <summary>A document of version 2.0 with these paths at <c>https://api.example.test/v1</c>.</summary>
    public static string Swagger(string paths, string more = "") => $$"""
        { "swagger": "2.0", "info": { "title": "Sales", "version": "1.0" }, "host": "api.example.test", "basePath": "/v1", "schemes": ["https"],
          "consumes": ["application/json"], "produces": ["application/json"], {{more}} "paths": {{paths}} }
        """;

    /// <summary>A document of version 3.0 with these paths at the same address.</summary>
    public static string OpenApi(string paths, string more = "") => $$"""
        { "openapi": "3.0.3", "info": { "title": "Sales", "version": "1.0" }, "servers": [{ "url": "https://api.example.test/v1" }], {{more}} "paths": {{paths}} }
        """;

    public static ConnectorLibrary Library(string document, string name = "sales", string file = "sales.openapi.json")
    {
        var read = ConnectorDocument.Parse(document, file);
        Assert.That(read.HasErrors, Is.False, () => string.Join('\n', read.Diagnostics));
        return new ConnectorLibrary(new OpenApiConnector(name, read));
    }

    /// <summary>Calls an operation with these parameters; every request is answered by <paramref name="respond"/>.</summary>
    public static Task<FlowTestRun> CallAsync(string document, string operationId, string parameters = "{}", string respond = """{ "status": 200 }""", string file = "sales.openapi.json") =>
        RunAsync(document, $$"""{ "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "shared_sales", "operationId": "{{operationId}}" }, "parameters": {{parameters}}, "retryPolicy": { "type": "none" } } }""", respond, file);

    public static Task<FlowTestRun> RunAsync(string document, string action, string respond = """{ "status": 200 }""", string file = "sales.openapi.json") =>
        FlowTest.Of(Engine.Flow.Of($$"""{ "Call": {{action}} }"""))
            .WithConnectors(Library(document, file: file))
            .WithMocks(MockSet.Parse($$"""[{ "match": {}, "respond": {{respond}} }]"""))
            .RunAsync();
}
