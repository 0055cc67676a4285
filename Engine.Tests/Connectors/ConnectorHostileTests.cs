using FlowEngine.Actions;
using FlowEngine.Connectors;
using FlowEngine.Testing;

namespace FlowEngine.Tests.Connectors;

/// <summary>Values of flows and documents of strangers that try to reach further than the operation.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ConnectorHostileTests
{
    private const string Report = """
        { "/reports/{area}/{part}": { "delete": { "operationId": "Remove", "responses": { "200": { "description": "fine" } }, "parameters": [
            { "name": "area", "in": "path", "required": true, "type": "string" }, { "name": "part", "in": "path", "required": true, "type": "string" } ] } } }
        """;

    [TestCase("""{ "area": "..", "part": ".." }""")]
    [TestCase("""{ "area": "north", "part": ".." }""")]
    [TestCase("""{ "area": ".", "part": "x" }""")]
    [TestCase("""{ "area": "%2e%2e", "part": "x" }""", "https://api.example.test/v1/reports/%252e%252e/x")]
    [TestCase("""{ "area": "../..", "part": "x" }""", "https://api.example.test/v1/reports/..%2F../x")]
    [TestCase("""{ "area": "...", "part": "x" }""", "https://api.example.test/v1/reports/.../x")]
    public async Task A_value_never_climbs_out_of_the_path_of_its_operation(string parameters, string? uri = null)
    {
        var run = await ConnectorBench.CallAsync(ConnectorBench.Swagger(Report), "Remove", parameters);

        Assert.That(run.Requests.Select(request => request.Uri), Is.EqualTo(uri is null ? [] : new[] { uri }), run["Call"].Error?.Message);
        if (uri is null) Assert.That(run["Call"].Error!.Message, Does.Contain("'.' or '..'"));
    }

    [TestCase("/reports/../x")]
    [TestCase("/reports/%2E%2e/x")]
    [TestCase("/reports/north/..")]
    public async Task Nor_does_a_path_that_a_flow_puts_together(string path)
    {
        var run = await ConnectorBench.RunAsync(
            ConnectorBench.Swagger(Report), $$"""{ "type": "ApiConnection", "inputs": { "host": { "connection": { "referenceName": "sales" } }, "method": "delete", "path": "{{path}}" } }""");

        Assert.That(run.Requests, Is.Empty);
        Assert.That(run["Call"].Error!.Message, Does.Contain("'.' or '..'"));
    }

    [Test]
    public async Task Names_of_fields_write_no_headers_into_the_parts_of_a_form()
    {
        var document = ConnectorBench.Swagger("""
            { "/files": { "post": { "operationId": "Upload", "consumes": ["multipart/form-data"], "responses": { "200": { "description": "fine" } },
                "parameters": [ { "name": "title", "in": "formData", "type": "string" }, { "name": "file", "in": "formData", "type": "file" } ] } } }
            """);

        var run = await ConnectorBench.CallAsync(document, "Upload", """{ "body": { "a\r\nX-Evil: 1\r\n\r\nb": "v" } }""");

        Assert.That(run.Requests.Select(request => request.Body.AsStringOrNull ?? string.Empty), Has.None.Contains("\r\nX-Evil"));
    }

    [TestCase("""{ "allOf": [ { "$ref": "#/definitions/A" }, { "$ref": "#/definitions/A" } ] }""", "")]
    [TestCase("""{ "allOf": [ { "$ref": "#/definitions/B" }, { "$ref": "#/definitions/B" } ] }""", """, "B": { "allOf": [ { "$ref": "#/definitions/A" }, { "$ref": "#/definitions/A" }, { "required": ["x"] } ] }""")]
    public void Schemas_that_hold_themselves_again_and_again_are_checked_soon(string schema, string more)
    {
        var document = ConnectorBench.Swagger(
            """{ "/a": { "post": { "operationId": "Add", "parameters": [ { "name": "body", "in": "body", "schema": { "$ref": "#/definitions/A" } } ], "responses": { "200": { "description": "fine" } } } } }""",
            $$""" "definitions": { "A": {{schema}}{{more}} },""");

        var run = Task.Run(() => ConnectorBench.CallAsync(document, "Add", """{ "body": { "y": 1 } }"""));

        Assert.That(run.Wait(TimeSpan.FromSeconds(30)), Is.True, "a hang, not a measure");
    }

    [Test]
    public void The_place_of_a_callback_is_looked_for_once_in_every_schema()
    {
        var members = string.Join(',', Enumerable.Range(0, 40).Select(i => $$""" "p{{i}}": { "$ref": "#/definitions/A" } """));
        var read = ConnectorDocument.Parse(ConnectorBench.Swagger(
            """{ "/hooks": { "post": { "operationId": "Watch", "parameters": [ { "name": "body", "in": "body", "schema": { "$ref": "#/definitions/A" } } ], "responses": { "200": { "description": "fine" } } } } }""",
            $$""" "definitions": { "A": { "type": "object", "properties": { {{members}} } } },"""));
        var call = new ConnectorCall { Host = new ConnectorHost("sales", null, default), OperationId = "Watch" };

        var filled = Task.Run(() => CallbackAddress.Fill(call, read.Find("Watch")!, FlowValue.String("https://back.test/")));

        Assert.That(filled.Wait(TimeSpan.FromSeconds(30)), Is.True, "a hang, not a measure");
    }

    [TestCase("../keys/k")]
    [TestCase("a/b")]
    [TestCase("a?api-version=1")]
    [TestCase("")]
    public async Task A_secrets_name_is_no_path(string name)
    {
        var flow = Engine.Flow.Of($$"""{ "Secret": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "keyvault", "operationId": "GetSecret" }, "parameters": { "vaultName": "corp", "secretName": "{{name}}" }, "retryPolicy": { "type": "none" } } } }""");

        var run = await FlowTest.Of(flow).WithMocks(MockSet.Parse("""[ { "match": {}, "respond": { "body": { "value": "v", "id": "https://corp.vault.azure.net/secrets/a/1" } } } ]""")).RunAsync();

        Assert.Multiple(() =>
        {
            Assert.That(run.Requests, Is.Empty);
            Assert.That(run["Secret"].Error!.Message, Does.Contain("is no name of a secret"));
        });
    }

    [Test]
    public void A_link_out_of_the_folder_of_a_stranger_is_not_followed()
    {
        var at = Path.Combine(Path.GetTempPath(), "flowengine-link-" + TestContext.CurrentContext.Test.ID);
        var inside = Directory.CreateDirectory(Path.Combine(at, "flow")).FullName;
        var outside = Directory.CreateDirectory(Path.Combine(at, "own")).FullName;
        try
        {
            File.WriteAllText(Path.Combine(outside, "secret"), "0wn-s3cret");
            File.WriteAllText(Path.Combine(inside, "token"), "theirs");
            File.CreateSymbolicLink(Path.Combine(inside, "file"), Path.Combine(outside, "secret"));
            Directory.CreateSymbolicLink(Path.Combine(inside, "folder"), outside);
            File.WriteAllText(Path.Combine(inside, "flow.json"), "{}");
            File.WriteAllText(Path.Combine(inside, "connections.json"), """{ "appSettings": { "a": { "$file": "file" }, "b": { "$file": "folder/secret" }, "c": { "$file": "token" } } }""");
            var settings = ConnectionSettings.Beside(Path.Combine(inside, "flow.json"), isTrusted: false);
            string Read(string name) => SecretReference.Find(settings.AppSettings[name])!.ReadLocal(settings);

            Assert.Multiple(() =>
            {
                Assert.That(() => Read("a"), Throws.TypeOf<ConnectionValueException>().With.Message.Contains("outside"));
                Assert.That(() => Read("b"), Throws.TypeOf<ConnectionValueException>().With.Message.Contains("outside"));
                Assert.That(Read("c"), Is.EqualTo("theirs"));
            });
        }
        finally
        {
            Directory.Delete(at, recursive: true);
        }
    }

    [TestCase("swagger: 2.0", "version: 1.0")]
    [TestCase("swagger: '2.0'", "version: 1")]
    public async Task Numbers_of_YAML_that_stand_for_versions_are_read(string version, string own)
    {
        var document = $$"""
            {{version}}
            info:
              title: Sales
              {{own}}
            host: api.example.test
            basePath: /v1
            schemes: [https]
            paths:
              /a:
                get:
                  operationId: Get
                  responses:
                    200:
                      description: fine
            """;

        var run = await ConnectorBench.CallAsync(document, "Get", file: "sales.openapi.yaml");

        Assert.That(run.Requests.Select(request => request.Uri), Is.EqualTo(new[] { "https://api.example.test/v1/a" }));
    }

    [TestCase("/compare/main...v1.2", "main", "v1.2")]
    [TestCase("/compare/a.b...c", "a.b", "c")]
    public async Task A_segment_may_have_several_names(string path, string first, string second)
    {
        const string paths = """
            { "/compare/{from}...{to}": { "get": { "operationId": "Compare", "responses": { "200": { "description": "fine" } }, "parameters": [
                { "name": "from", "in": "path", "required": true, "type": "string" }, { "name": "to", "in": "path", "required": true, "type": "string" } ] } } }
            """;
        var byPath = await ConnectorBench.RunAsync(ConnectorBench.Swagger(paths), $$"""{ "type": "ApiConnection", "inputs": { "host": { "connection": { "referenceName": "sales" } }, "method": "get", "path": "{{path}}" } }""");
        var byName = await ConnectorBench.CallAsync(ConnectorBench.Swagger(paths), "Compare", $$"""{ "from": "{{first}}", "to": "{{second}}" }""");

        Assert.That(byPath.Requests.Select(request => request.Uri), Is.EqualTo(new[] { "https://api.example.test/v1" + path }), byPath["Call"].Error?.Message);
        Assert.That(byName.Requests.Single().Uri, Is.EqualTo("https://api.example.test/v1" + path));
    }

    [Test]
    public async Task One_name_in_two_places_goes_to_both()
    {
        const string paths = """
            { "/t/{id}": { "get": { "operationId": "Get", "responses": { "200": { "description": "fine" } }, "parameters": [
                { "name": "id", "in": "path", "required": true, "type": "string" }, { "name": "id", "in": "query", "required": true, "type": "string" } ] } } }
            """;

        var run = await ConnectorBench.CallAsync(ConnectorBench.Swagger(paths), "Get", """{ "id": "7" }""");

        Assert.That(run.Requests.Select(request => request.Uri), Is.EqualTo(new[] { "https://api.example.test/v1/t/7?id=7" }), run["Call"].Error?.Message);
    }

    [Test]
    public async Task Fields_of_a_form_are_written_as_the_document_encodes_them()
    {
        const string paths = """
            { "/charges": { "post": { "operationId": "Charge", "responses": { "200": { "description": "fine" } }, "requestBody": { "content": { "application/x-www-form-urlencoded": {
                "encoding": { "metadata": { "style": "deepObject", "explode": true }, "items": { "style": "deepObject", "explode": true }, "tags": { "style": "form", "explode": false } },
                "schema": { "type": "object", "properties": { "metadata": { "type": "object" }, "items": { "type": "array", "items": { "type": "object" } }, "tags": { "type": "array", "items": { "type": "string" } }, "ids": { "type": "array", "items": { "type": "string" } } } } } } } } } }
            """;

        var run = await ConnectorBench.CallAsync(
            ConnectorBench.OpenApi(paths), "Charge", """{ "body/metadata": { "order": "6735", "by": { "name": "a b" } }, "body/items": [ { "price": "p1", "tax": ["x", "y"] }, { "price": "p2" } ], "body/tags": ["a", "b"], "body/ids": ["1", "2"] }""");

        Assert.That(Uri.UnescapeDataString(run.Requests.Single().Body.AsString), Is.EqualTo(
            "metadata[order]=6735&metadata[by][name]=a b&items[0][price]=p1&items[0][tax][0]=x&items[0][tax][1]=y&items[1][price]=p2&tags=a,b&ids=1&ids=2"));
    }

    [Test]
    public async Task Lists_of_a_form_of_version_2_are_joined_by_their_collection_format()
    {
        const string paths = """
            { "/a": { "post": { "operationId": "Add", "consumes": ["application/x-www-form-urlencoded"], "responses": { "200": { "description": "fine" } }, "parameters": [
                { "name": "plain", "in": "formData", "type": "array", "items": { "type": "string" } },
                { "name": "many", "in": "formData", "type": "array", "items": { "type": "string" }, "collectionFormat": "multi" },
                { "name": "piped", "in": "formData", "type": "array", "items": { "type": "string" }, "collectionFormat": "pipes" } ] } } }
            """;

        var run = await ConnectorBench.CallAsync(ConnectorBench.Swagger(paths), "Add", """{ "plain": ["a", "b"], "many": ["c", "d"], "piped": ["e", "f"] }""");

        Assert.That(run.Requests.Single().Body.AsString, Is.EqualTo("plain=a,b&many=c&many=d&piped=e%7Cf"));
    }
}
