using FlowEngine.Actions;
using FlowEngine.Connectors;
using FlowEngine.Testing;

namespace FlowEngine.Tests.Connectors;

/// <summary>Documents as large as those of public APIs, made here: every operation is called against mocks made from the same document.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LargeDocumentTests
{
    // A pet store has about 20 operations, a payment service about 450, a forge of code about 1,000.
    [TestCase(20)]
    [TestCase(450)]
    [TestCase(1000)]
    public async Task Every_operation_of_a_document_is_called_as_it_says(int operations)
    {
        var read = ConnectorDocument.Parse(DocumentOf(operations));
        Assert.That(read.Diagnostics, Is.Empty);
        var settings = ConnectionSettings.Of(FlowValue.Parse("""{ "big": { "validateResponses": true } }""").AsObject);
        var actions = string.Join(',', Enumerable.Range(0, operations).Select(i => $$"""
            "Call_{{i}}": { "type": "OpenApiConnection", "runAfter": {}, "inputs": { "host": { "connectionName": "shared_big", "operationId": "{{(i % 2 == 0 ? "get" : "create")}}_{{i}}" }, "parameters": {{ParametersOf(i)}}, "retryPolicy": { "type": "none" } } }
            """));

        var run = await FlowTest.Of(Engine.Flow.Of("{" + actions + "}"))
            .WithConnectors(new ConnectorSet(new ConnectorLibrary(new OpenApiConnector("big", read)), settings))
            .WithMocks(MockSet.Parse($"[{string.Join(',', Enumerable.Range(0, operations).Select(MockOf))}]"))
            .RunAsync();

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded), () => string.Join('\n', Enumerable.Range(0, operations).Select(i => run[$"Call_{i}"].Error?.Message).OfType<string>().Take(3)));
        Assert.That(run.Requests.Select(request => $"{request.Method} {request.Uri}").Order(), Is.EqualTo(Enumerable.Range(0, operations).Select(i => $"{(i % 2 == 0 ? "GET" : "POST")} {AddressOf(i)}").Order()));
        var form = run.Requests.Single(request => request.Uri == AddressOf(3));
        Assert.That(Uri.UnescapeDataString(form.Body.AsString), Is.EqualTo("kind=a&metadata[order]=3&metadata[list][0]=x"));
    }

    [Test]
    public async Task An_answer_that_is_not_what_the_document_says_is_told()
    {
        var settings = ConnectionSettings.Of(FlowValue.Parse("""{ "big": { "validateResponses": true } }""").AsObject);

        var run = await FlowTest.Of(Engine.Flow.Of("""{ "Call": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "big", "operationId": "get_0" }, "parameters": { "id": 1 } } } }"""))
            .WithConnectors(new ConnectorSet(new ConnectorLibrary(new OpenApiConnector("big", ConnectorDocument.Parse(DocumentOf(20)))), settings))
            .WithMocks(MockSet.Parse("""[{ "match": {}, "respond": { "body": { "id": 1, "kind": "a", "next": { "id": 2, "kind": "z" } } } }]"""))
            .RunAsync();

        Assert.That(run["Call"].Error!.Message, Does.Contain("'kind' of 'next' of the body must be one of a, b, but is 'z'."));
    }

    [Test]
    public async Task Validate_takes_such_documents_and_folders_of_them()
    {
        using var shell = new Shell();
        Directory.CreateDirectory(shell.Path("connectors"));
        shell.File("connectors/forge.openapi.json", DocumentOf(1000));
        shell.File("connectors/pay.openapi.json", DocumentOf(450).Replace("\"operationId\": \"get_10\"", "\"operationId\": \"get_12\"", StringComparison.Ordinal));

        var shown = await shell.CallAsync("validate", shell.Path("connectors"));

        Assert.Multiple(() =>
        {
            Assert.That(shown.Out, Does.Contain("pay.openapi.json").And.Contain("FE8003").And.Contain("2 files: 1 error"));
            Assert.That(shown.Out, Does.Not.Contain("forge.openapi.json"));
        });
    }

    private static string AddressOf(int i) => i % 2 == 0 ? $"https://api.big.test/v3/group{i / 10}/items{i}/{i + 1}?page=1&tags=a&tags=b" : $"https://api.big.test/v3/group{i / 10}/items{i}";

    private static string ParametersOf(int i) => (i % 4) switch
    {
        0 or 2 => $$"""{ "id": {{i + 1}}, "tags": ["a", "b"] }""",
        1 => $$"""{ "body/id": {{i}}, "body/kind": "b", "body/next": { "id": 1, "kind": "a" } }""",
        _ => $$"""{ "body": { "kind": "a", "metadata": { "order": {{i}}, "list": ["x"] } } }""",
    };

    // Of the schema of its answer: the required members, the first of the words.
    private static string MockOf(int i) =>
        $$"""{ "match": { "method": "{{(i % 2 == 0 ? "GET" : "POST")}}", "uri": "{{AddressOf(i)}}" }, "respond": { "status": {{(i % 2 == 0 ? 200 : 201)}}, "body": { "id": {{i}}, "kind": "a", "next": { "id": 2, "kind": "b" } } } }""";

    private static string DocumentOf(int operations)
    {
        var schemas = Enumerable.Range(0, operations).Select(i => $$"""
            "S{{i}}": { "type": "object", "required": ["id", "kind"], "properties": { "id": { "type": "integer" }, "kind": { "type": "string", "enum": ["a", "b"] },
                "next": { "$ref": "#/components/schemas/S{{(i + 1) % operations}}" }, "all": { "type": "array", "items": { "$ref": "#/components/schemas/S{{(i + 7) % operations}}" } } } }
            """);
        var paths = Enumerable.Range(0, operations).Select(i => (i % 4) switch
        {
            0 or 2 => $$"""
                "/group{{i / 10}}/items{{i}}/{id}": { "get": { "operationId": "get_{{i}}", "tags": ["group{{i / 10}}"], "parameters": [
                    { "name": "id", "in": "path", "required": true, "schema": { "type": "integer" } }, { "name": "page", "in": "query", "schema": { "type": "integer", "default": 1 } },
                    { "$ref": "#/components/parameters/tags" } ], "responses": { "200": { "description": "fine", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/S{{i}}" } } } } } } }
                """,
            1 => $$"""
                "/group{{i / 10}}/items{{i}}": { "post": { "operationId": "create_{{i}}", "requestBody": { "required": true, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/S{{i}}" } } } },
                    "responses": { "201": { "description": "made", "content": { "application/json": { "schema": { "allOf": [ { "$ref": "#/components/schemas/S{{i}}" } ] } } } } } } }
                """,
            _ => $$"""
                "/group{{i / 10}}/items{{i}}": { "post": { "operationId": "create_{{i}}", "requestBody": { "content": { "application/x-www-form-urlencoded": { "encoding": { "metadata": { "style": "deepObject", "explode": true } },
                    "schema": { "type": "object", "required": ["kind"], "properties": { "kind": { "type": "string", "enum": ["a", "b"] }, "metadata": { "type": "object" } } } } } },
                    "responses": { "default": { "description": "made", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/S{{i}}" } } } } } } }
                """,
        });
        return $$"""
            { "openapi": "3.0.3", "info": { "title": "Big", "version": "1.0" }, "servers": [{ "url": "https://api.big.test/v3" }], "paths": { {{string.Join(",\n", paths)}} },
              "components": { "parameters": { "tags": { "name": "tags", "in": "query", "schema": { "type": "array", "items": { "type": "string" } } } }, "schemas": { {{string.Join(",\n", schemas)}} } } }
            """;
    }
}
