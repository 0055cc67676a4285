using FlowEngine.Connectors;
using FlowEngine.Definitions;

namespace FlowEngine.Tests.Connectors;

/// <summary>What is wrong with OpenAPI documents, and what is not.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ConnectorDocumentTests
{
    private const string Get = """{ "get": { "operationId": "Get", "responses": { "200": { "description": "fine" } } } }""";

    private static IReadOnlyList<Diagnostic> Check(string text, string file = "a.openapi.json") => ConnectorDocument.Parse(text, file).Diagnostics;

    [Test]
    public void A_clean_document_has_no_diagnostics() => Assert.That(Check(ConnectorBench.Swagger($$"""{ "/a": {{Get}} }""")), Is.Empty);

    [Test]
    public void Duplicate_operation_ids_are_errors_at_the_second()
    {
        var faults = Check("{ \"openapi\": \"3.0.0\", \"info\": { \"title\": \"t\", \"version\": \"1\" }, \"paths\": {\n\"/a\": " + Get + ",\n\"/b\": " + Get.Replace("Get", "get", StringComparison.Ordinal) + "\n} }");

        Assert.Multiple(() =>
        {
            Assert.That(faults[0].Code, Is.EqualTo(DiagnosticCodes.ConnectorDuplicate));
            Assert.That(faults[0].Severity, Is.EqualTo(DiagnosticSeverity.Error));
            Assert.That(faults[0].Location.Line, Is.EqualTo(3));
            Assert.That(faults[0].Message, Is.EqualTo("The operation id 'get' is that of GET /a as well; ids are unique in a document, ignoring case."));
        });
    }

    [TestCase("/etc/passwd")]
    [TestCase("file:///etc/passwd")]
    [TestCase("http://169.254.169.254/latest")]
    [TestCase("other.json#/definitions/X")]
    [TestCase("#/definitions/Missing")]
    [TestCase("#/definitions/Round")]
    public void References_that_lead_out_or_nowhere_are_diagnosed_and_never_followed(string reference)
    {
        var document = ConnectorBench.Swagger(
            $$"""{ "/a": { "get": { "operationId": "Get", "parameters": [ { "$ref": "{{reference}}" } ], "responses": { "200": { "description": "fine", "schema": { "$ref": "{{reference}}" } } } } } }""",
            """ "definitions": { "Round": { "$ref": "#/definitions/Again" }, "Again": { "$ref": "#/definitions/Round" } },""");

        var faults = Check(document).Where(fault => fault.Code == DiagnosticCodes.ConnectorReference).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(faults.Any(fault => fault.Severity == DiagnosticSeverity.Error && fault.Location.Path.Contains("/parameters/0", StringComparison.Ordinal)), Is.True, "a parameter is needed");
            Assert.That(faults.Any(fault => fault.Severity == DiagnosticSeverity.Warning && fault.Location.Path.Contains("/schema", StringComparison.Ordinal)), Is.True, "a schema is not");
        });
    }

    [Test]
    public void Schemas_that_contain_themselves_are_fine()
    {
        var document = ConnectorBench.Swagger(
            """{ "/a": { "post": { "operationId": "Post", "parameters": [ { "name": "node", "in": "body", "schema": { "$ref": "#/definitions/Node" } } ], "responses": { "200": { "description": "fine" } } } } }""",
            """ "definitions": { "Node": { "type": "object", "properties": { "next": { "$ref": "#/definitions/Node" } } } },""");

        Assert.That(Check(document), Is.Empty);
    }

    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{ "openapi": "3.0.0" }""")]
    [TestCase("""{ "swagger": "2.0", "paths": 7 }""")]
    [TestCase("""{ "swagger": "9.9", "info": {}, "paths": {} }""")]
    [TestCase("{ \"swagger\": ")]
    public void What_is_no_document_is_an_error(string text) => Assert.That(ConnectorDocument.Parse(text).HasErrors, Is.True);

    [Test]
    public async Task Yaml_is_read_too()
    {
        const string document = """
            openapi: 3.0.3
            info: { title: Sales, version: '1.0' }
            servers:
              - url: https://api.example.test/v1
            paths:
              /on/{id}:
                get:
                  operationId: Get
                  parameters:
                    - { name: id, in: path, required: true, schema: { type: string } }
                    - { name: country, in: query, schema: { type: string, default: no } }
                  responses:
                    200: { description: fine }
            """;

        var run = await ConnectorBench.CallAsync(document, "Get", """{ "id": "7" }""", file: "sales.openapi.yaml");

        Assert.That(run.Requests.Single().Uri, Is.EqualTo("https://api.example.test/v1/on/7?country=no"));
    }

    [TestCase("openapi: 3.0.0\na: &x [1]\nb: *x\n", 3)]
    [TestCase("openapi: 3.0.0\na: !!python/object x\n", 2)]
    [TestCase("openapi: 3.0.0\n  bad: [\n", 2)]
    public void Yaml_with_aliases_or_tags_is_refused_at_its_line(string yaml, int line)
    {
        var fault = Check(yaml, "a.openapi.yaml").Single();

        Assert.Multiple(() =>
        {
            Assert.That(fault.Code, Is.EqualTo(DiagnosticCodes.ConnectorYaml));
            Assert.That(fault.Location.Line, Is.EqualTo(line).Or.EqualTo(line + 1));
        });
    }

    [Test]
    public async Task The_command_validates_a_folder_of_connectors()
    {
        using var shell = new Shell();
        Directory.CreateDirectory(shell.Path("connectors"));
        shell.File("connectors/good.openapi.json", ConnectorBench.Swagger($$"""{ "/a": {{Get}} }"""));
        shell.File("connectors/bad.openapi.yaml", "openapi: 3.0.0\na: &x [1]\nb: *x\n");

        var shown = await shell.CallAsync("validate", shell.Path("connectors"));

        Assert.Multiple(() =>
        {
            Assert.That(shown.Exit, Is.EqualTo(2));
            Assert.That(shown.Out, Does.Contain("bad.openapi.yaml").And.Contain("FE8001").And.Contain("2 files: 1 error"));
        });
    }

    [Test]
    public async Task The_command_runs_a_flow_with_the_connectors_beside_it()
    {
        using var shell = new Shell();
        Directory.CreateDirectory(shell.Path("connectors"));
        shell.File("connectors/sales.openapi.json", ConnectorBench.Swagger($$"""{ "/a": {{Get}} }"""));
        var flow = shell.Flow("""{ "Call": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "shared_sales", "operationId": "Get" }, "parameters": {} } } }""");
        var mocks = shell.File("mocks.json", """[{ "match": { "uri": "https://api.example.test/v1/a" }, "respond": { "body": { "n": 7 } } }]""");

        var shown = await shell.CallAsync("run", flow, "--mocks", mocks, "--json");

        Assert.That(shown.Json["actions"]["Call"]["outputs"]["body"]["n"].AsInteger, Is.EqualTo(7), shown.ToString);
    }

    [Test]
    public async Task A_broken_connector_beside_the_flow_keeps_it_from_running()
    {
        using var shell = new Shell();
        Directory.CreateDirectory(shell.Path("connectors"));
        shell.File("connectors/sales.openapi.json", "{ \"swagger\": ");

        var shown = await shell.CallAsync("run", shell.Flow(), "--json");

        Assert.Multiple(() =>
        {
            Assert.That(shown.Exit, Is.EqualTo(2));
            Assert.That(shown.Json["errors"].AsInteger, Is.EqualTo(1));
        });
    }

    [TestCase("a.openapi.yaml", "describes the connector 'a' already")]
    [TestCase("b.policies.xml", "belong to no connector: 'b.openapi.json'")]
    public void What_a_folder_would_pass_over_in_silence_is_an_error(string other, string message)
    {
        var folder = Directory.CreateTempSubdirectory("flow-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "a.openapi.json"), ConnectorBench.Swagger($$"""{ "/a": {{Get}} }"""));
            File.WriteAllText(Path.Combine(folder, "a.policies.xml"), "<policies/>");
            Assert.That(ConnectorLibrary.Load(folder).Names, Is.EqualTo(new[] { "a" }));

            File.WriteAllText(Path.Combine(folder, other), "<policies/>");
            var fault = Assert.Throws<ConnectorFormatException>(() => ConnectorLibrary.Load(folder))!.Diagnostics.Single();
            Assert.That((fault.Code, Path.GetFileName(fault.Location.File)), Is.EqualTo((DiagnosticCodes.ConnectorFolder, other)));
            Assert.That(fault.Message, Does.Contain(message));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
