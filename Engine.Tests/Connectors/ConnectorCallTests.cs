using FlowEngine.Actions;
using FlowEngine.Testing;

namespace FlowEngine.Tests.Connectors;

/// <summary>From the parameters of an action to the request, as the document says.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ConnectorCallTests
{
    private const string Reports = """
        { "/reports/{area}": { "get": { "operationId": "GetReport",
            "parameters": [
              { "name": "area", "in": "path", "required": true, "type": "string" },
              { "name": "period", "in": "query", "type": "string", "enum": ["month", "quarter", "own"], "default": "month" },
              { "name": "max", "in": "query", "type": "integer" },
              { "name": "X-Trace", "in": "header", "type": "string" } ],
            "responses": { "200": { "description": "fine" } } } } }
        """;

    private const string Orders = """
        { "/orders": { "post": { "operationId": "CreateOrder",
            "parameters": [ { "name": "order", "in": "body", "required": true, "schema": { "$ref": "#/definitions/Order" } } ],
            "responses": { "201": { "description": "made" } } } } }
        """;

    private const string OrderSchema = """
        "definitions": { "Order": { "type": "object", "required": ["sku", "kind"], "properties": {
          "sku": { "type": "string" }, "quantity": { "type": "integer" }, "kind": { "type": "string", "default": "web" },
          "to": { "type": "object", "properties": { "city": { "type": "string" } } } } } },
        """;

    [TestCase("""{ "area": "R&D", "period": "quarter" }""", "https://api.example.test/v1/reports/R%26D?period=quarter")]
    [TestCase("""{ "area": "a/b" }""", "https://api.example.test/v1/reports/a%2Fb?period=month", TestName = "A default is sent when the flow gives nothing")]
    [TestCase("""{ "area": "x", "max": 5, "period": null }""", "https://api.example.test/v1/reports/x?period=month&max=5")]
    [TestCase("""{ "area": "x", "max": "5" }""", "https://api.example.test/v1/reports/x?period=month&max=5", TestName = "Text that stands for a number is one")]
    public async Task Parameters_go_to_path_and_query(string parameters, string uri)
    {
        var run = await ConnectorBench.CallAsync(ConnectorBench.Swagger(Reports), "GetReport", parameters);

        Assert.That(run.Requests.Single().Uri, Is.EqualTo(uri));
    }

    [TestCase("""{}""", "The operation 'GetReport' needs the parameter 'area'.")]
    [TestCase("""{ "area": "x", "period": "week" }""", "The parameter 'period' must be one of month, quarter, own, but is 'week'.")]
    [TestCase("""{ "area": "x", "max": "many" }""", "The parameter 'max' must be a whole number, but is String.")]
    [TestCase("""{ "area": "x", "perod": "month" }""", "The operation 'GetReport' has no parameter 'perod'. Did you mean 'period'?")]
    public async Task What_does_not_fit_is_refused_before_anything_is_sent(string parameters, string message)
    {
        var run = await ConnectorBench.CallAsync(ConnectorBench.Swagger(Reports), "GetReport", parameters);

        Assert.Multiple(() =>
        {
            Assert.That(run.Requests, Is.Empty);
            Assert.That(run["Call"].Status, Is.EqualTo(ActionStatus.Failed));
            Assert.That(run["Call"].Code, Is.EqualTo("BadRequest"));
            Assert.That(run["Call"].Error!.Message, Is.EqualTo(message));
        });
    }

    [Test]
    public async Task Headers_go_out_and_the_answer_comes_in_as_outputs()
    {
        var run = await ConnectorBench.CallAsync(ConnectorBench.Swagger(Reports), "getreport", """{ "area": "x", "X-Trace": "t1" }""", """{ "status": 200, "body": { "n": 1 } }""");

        Assert.Multiple(() =>
        {
            Assert.That(run.Requests.Single().Headers["X-Trace"].AsString, Is.EqualTo("t1"));
            Assert.That(run["Call"].Outputs["statusCode"].AsInteger, Is.EqualTo(200));
            Assert.That(run["Call"].Outputs["body"]["n"].AsInteger, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Flat_names_build_a_body_and_hidden_required_members_take_their_default()
    {
        var run = await ConnectorBench.CallAsync(ConnectorBench.Swagger(Orders, OrderSchema), "CreateOrder", """{ "order/sku": "a1", "order/to/city": "Oslo", "order/quantity": null }""");

        Assert.That(run.Requests.Single().Body.ToJson(), Is.EqualTo("""{"sku":"a1","to":{"city":"Oslo"},"quantity":null,"kind":"web"}"""));
    }

    [TestCase("""{ "order/quantity": 2 }""", "The body has no 'sku', which is required.")]
    [TestCase("""{ "body": { "sku": "a", "quantity": "two" } }""", "'quantity' of the body must be a whole number, but is String.")]
    [TestCase("""{}""", "The operation 'CreateOrder' needs a body ('order').")]
    public async Task A_body_that_does_not_fit_is_refused(string parameters, string message)
    {
        var run = await ConnectorBench.CallAsync(ConnectorBench.Swagger(Orders, OrderSchema), "CreateOrder", parameters);

        Assert.That(run["Call"].Error!.Message, Is.EqualTo(message));
    }

    [TestCase("csv", "a%20b,c")]
    [TestCase("ssv", "a%20b%20c")]
    [TestCase("tsv", "a%20b%09c")]
    [TestCase("pipes", "a%20b%7Cc")]
    public async Task Arrays_are_joined_by_the_collection_format(string format, string joined)
    {
        var document = ConnectorBench.Swagger($$"""
            { "/find": { "get": { "operationId": "Find", "responses": { "200": { "description": "fine" } },
                "parameters": [ { "name": "tags", "in": "query", "type": "array", "items": { "type": "string" }, "collectionFormat": "{{format}}" } ] } } }
            """);

        var run = await ConnectorBench.CallAsync(document, "Find", """{ "tags": ["a b", "c"] }""");

        Assert.That(run.Requests.Single().Uri, Is.EqualTo("https://api.example.test/v1/find?tags=" + joined));
    }

    [TestCase("""{ "name": "t", "in": "query", "schema": { "type": "array", "items": { "type": "string" } } }""", """["a","b"]""", "?t=a&t=b")]
    [TestCase("""{ "name": "t", "in": "query", "explode": false, "schema": { "type": "array", "items": { "type": "string" } } }""", """["a","b"]""", "?t=a,b")]
    [TestCase("""{ "name": "t", "in": "query", "style": "deepObject", "explode": true, "schema": { "type": "object" } }""", """{ "x": 1, "y": { "z": true } }""", "?t%5Bx%5D=1&t%5By%5D%5Bz%5D=true")]
    [TestCase("""{ "name": "t", "in": "query", "schema": { "type": "object" } }""", """{ "x": 1, "y": 2 }""", "?x=1&y=2")]
    [TestCase("""{ "name": "t", "in": "query", "schema": { "type": "boolean" } }""", "true", "?t=true")]
    public async Task Version_3_writes_queries_by_style(string parameter, string value, string query)
    {
        var document = ConnectorBench.OpenApi($$"""{ "/find": { "get": { "operationId": "Find", "parameters": [ {{parameter}} ], "responses": { "200": { "description": "fine" } } } } }""");

        var run = await ConnectorBench.CallAsync(document, "Find", $$"""{ "t": {{value}} }""");

        Assert.That(run.Requests.Single().Uri, Is.EqualTo("https://api.example.test/v1/find" + query));
    }

    [TestCase("simple", "false", "/items/3,4,5")]
    [TestCase("label", "true", "/items/.3.4.5")]
    [TestCase("matrix", "true", "/items/;id=3;id=4;id=5")]
    public async Task Version_3_writes_paths_by_style(string style, string explode, string path)
    {
        var document = ConnectorBench.OpenApi($$"""
            { "/items/{id}": { "get": { "operationId": "Get", "responses": { "200": { "description": "fine" } },
                "parameters": [ { "name": "id", "in": "path", "required": true, "style": "{{style}}", "explode": {{explode}}, "schema": { "type": "array", "items": { "type": "integer" } } } ] } } }
            """);

        var run = await ConnectorBench.CallAsync(document, "Get", """{ "id": [3, 4, 5] }""");

        Assert.That(run.Requests.Single().Uri, Is.EqualTo("https://api.example.test/v1" + path));
    }

    [Test]
    public async Task Form_fields_of_version_2_stand_beside_other_parameters()
    {
        var document = ConnectorBench.Swagger("""
            { "/login": { "post": { "operationId": "Login", "consumes": ["application/x-www-form-urlencoded"], "responses": { "200": { "description": "fine" } },
                "parameters": [ { "name": "user", "in": "formData", "type": "string", "required": true }, { "name": "remember", "in": "formData", "type": "boolean", "default": true } ] } } }
            """);

        var run = await ConnectorBench.CallAsync(document, "Login", """{ "user": "a&b" }""");

        var request = run.Requests.Single();
        Assert.Multiple(() =>
        {
            Assert.That(request.Headers["Content-Type"].AsString, Is.EqualTo("application/x-www-form-urlencoded"));
            Assert.That(request.Body.AsString, Does.StartWith("user=a%26b"));
        });
    }

    [Test]
    public async Task Files_go_out_in_parts()
    {
        var document = ConnectorBench.Swagger("""
            { "/files": { "post": { "operationId": "Upload", "consumes": ["multipart/form-data"], "responses": { "200": { "description": "fine" } },
                "parameters": [ { "name": "title", "in": "formData", "type": "string" }, { "name": "file", "in": "formData", "type": "file" } ] } } }
            """);

        var run = await ConnectorBench.CallAsync(document, "Upload", """{ "title": "Note", "file": { "$content-type": "text/plain", "$content": "aGVsbG8=" } }""");

        Assert.That(run.Requests.Single().Body.AsString, Does.Contain("name=\"title\"").And.Contain("name=\"file\"; filename=\"file\"").And.Contain("hello"));
    }

    [TestCase("/reports/R%26D", "https://api.example.test/v1/reports/R%26D?period=month")]
    [TestCase("/reports/x?own=1", "https://api.example.test/v1/reports/x?own=1&period=month")]
    public async Task ApiConnection_finds_the_operation_by_method_and_path(string path, string uri)
    {
        var run = await ConnectorBench.RunAsync(
            ConnectorBench.Swagger(Reports),
            $$"""{ "type": "ApiConnection", "inputs": { "host": { "connection": { "referenceName": "sales" } }, "method": "get", "path": "{{path}}" } }""");

        Assert.That(run.Requests.Single().Uri, Is.EqualTo(uri));
    }

    [TestCase("/list", "", "https://api.example.test/v1/list?top=10&mode=all")]
    [TestCase("/list?top=5", "", "https://api.example.test/v1/list?top=5&mode=all")]
    [TestCase("/list?%74op=5&x=1&Mode=one", "", "https://api.example.test/v1/list?top=5&x=1&Mode=one")]
    [TestCase("/list?top=5", ", \"queries\": { \"mode\": \"one\" }", "https://api.example.test/v1/list?top=5&mode=one")]
    public async Task A_query_in_the_path_is_not_sent_again_for_its_default(string path, string members, string uri)
    {
        const string List = """{ "/list": { "get": { "operationId": "List", "parameters": [ { "name": "top", "in": "query", "required": true, "type": "integer", "default": 10 }, { "name": "mode", "in": "query", "type": "string", "default": "all" } ], "responses": { "200": { "description": "ok" } } } } }""";

        var run = await ConnectorBench.RunAsync(ConnectorBench.Swagger(List), $$"""{ "type": "ApiConnection", "inputs": { "host": { "connection": { "referenceName": "sales" } }, "method": "get", "path": "{{path}}"{{members}} } }""");

        Assert.That(run.Requests.Single().Uri.ToString(), Is.EqualTo(uri));
    }

    [Test]
    public async Task A_refused_query_of_ApiConnection_is_refused_as_well()
    {
        var run = await ConnectorBench.RunAsync(
            ConnectorBench.Swagger(Reports),
            """{ "type": "ApiConnection", "inputs": { "host": { "connection": { "name": "/subscriptions/1/connections/sales" } }, "method": "get", "path": "/reports/x", "queries": { "period": "week" } } }""");

        Assert.That(run["Call"].Error!.Message, Does.Contain("must be one of"));
    }

    [Test]
    public async Task A_429_is_tried_again_and_then_fails_with_the_answer_as_outputs()
    {
        var run = await ConnectorBench.RunAsync(
            ConnectorBench.Swagger(Reports),
            """{ "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "sales", "operationId": "GetReport" }, "parameters": { "area": "x" } } }""",
            """{ "status": 429, "headers": { "Retry-After": "17" }, "body": { "error": "slow" } }""");

        Assert.Multiple(() =>
        {
            Assert.That(run.Requests, Has.Count.EqualTo(5));
            Assert.That(run["Call"].Code, Is.EqualTo("429"));
            Assert.That(run["Call"].Outputs["body"]["error"].AsString, Is.EqualTo("slow"));
        });
    }

    [TestCase("""{ "connectionName": "shared_sales" }""")]
    [TestCase("""{ "connectionName": "any", "apiId": "/providers/Microsoft.PowerApps/apis/shared_sales" }""")]
    [TestCase("""{ "connectionName": "other", "apiId": "/providers/Microsoft.PowerApps/apis/sales" }""")]
    public async Task A_connector_is_found_by_connection_or_api(string host)
    {
        var operation = host.TrimEnd('}') + """, "operationId": "GetReport" }""";

        var run = await ConnectorBench.RunAsync(ConnectorBench.Swagger(Reports), $$"""{ "type": "OpenApiConnection", "inputs": { "host": {{operation}}, "parameters": { "area": "x" } } }""");

        Assert.That(run["Call"].Status, Is.EqualTo(ActionStatus.Succeeded));
    }

    [Test]
    public async Task A_connection_reference_leads_to_its_connector()
    {
        var flow = Workflow.Parse("""
            { "properties": { "definition": { "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": {} } },
                "actions": { "Call": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "own_name", "operationId": "GetReport" }, "parameters": { "area": "x" }, "authentication": "@parameters('$authentication')" } } } },
              "connectionReferences": { "own_name": { "api": { "name": "shared_sales" }, "connection": { "connectionReferenceLogicalName": "x" }, "runtimeSource": "embedded" } } }, "schemaVersion": "1.0.0.0" }
            """);

        var run = await FlowTest.Of(flow).WithConnectors(ConnectorBench.Library(ConnectorBench.Swagger(Reports))).MockHttp(mock => mock.Get("https://api.example.test/*").Returns(200)).RunAsync();

        Assert.That(run["Call"].Status, Is.EqualTo(ActionStatus.Succeeded));
    }

    [Test]
    public async Task Without_a_connector_the_error_says_how_to_get_one()
    {
        var run = await Engine.Flow.RunAsync("""{ "Call": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "shared_office365", "operationId": "SendEmailV2" }, "parameters": {} } } }""");

        Assert.That(run.Action("Call").Error!.Message, Is.EqualTo(
            "There is no connector here for operation 'SendEmailV2' of connection 'shared_office365', which action 'Call' needs. "
            + "Put its OpenAPI document beside the flow as connectors/office365.openapi.json, register an IConnector, or mock the operation."));
    }

    [Test]
    public async Task A_mock_of_the_operation_comes_before_the_connector()
    {
        var run = await FlowTest.Of(Engine.Flow.Of("""{ "Call": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "sales", "operationId": "GetReport" }, "parameters": {} } } }"""))
            .WithConnectors(ConnectorBench.Library(ConnectorBench.Swagger(Reports)))
            .MockConnector("sales", "GetReport", mock => mock.SucceedsWithBodyJson("7"))
            .RunAsync();

        Assert.That(run["Call"].Outputs["body"].AsInteger, Is.EqualTo(7));
    }

    [Test]
    public async Task A_host_registers_a_connector_of_its_own()
    {
        await using var engine = WorkflowEngine.Create(builder => builder.UseConnectors(new FlowEngine.Connectors.ConnectorLibrary(new Clock())));

        var run = await engine.RunAsync(Engine.Flow.Of("""{ "Call": { "type": "ServiceProvider", "inputs": { "parameters": { "zone": "UTC" }, "serviceProviderConfiguration": { "connectionName": "c", "operationId": "now", "serviceProviderId": "/serviceProviders/clock" } } } }"""));

        Assert.That(run.Action("Call").Outputs["body"]["zone"].AsString, Is.EqualTo("UTC"));
    }

    private sealed class Clock : IConnector
    {
        public string Name => "clock";

        public ValueTask<ConnectorResponse> CallAsync(ConnectorCall call, RunScope scope, int attempt, CancellationToken cancellation) =>
            new(new ConnectorResponse { StatusCode = 200, Body = call.Parameters, HasBody = true });
    }
}
