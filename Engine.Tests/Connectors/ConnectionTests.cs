using FlowEngine.Actions;
using FlowEngine.Connectors;
using FlowEngine.Definitions;
using FlowEngine.Testing;

namespace FlowEngine.Tests.Connectors;

/// <summary>Connections: where their credentials come from, what they do to calls, and that they never show.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ConnectionTests
{
    private const string Paths = """{ "/a": { "get": { "operationId": "Get", "responses": { "200": { "description": "fine" } } } } }""";

    private const string ApiKey = """ "securityDefinitions": { "key": { "type": "apiKey", "name": "X-Key", "in": "header" } }, "security": [ { "key": [] } ],""";

    private const string OAuth = """ "securityDefinitions": { "entra": { "type": "oauth2", "flow": "application", "tokenUrl": "https://login.example.test/token", "scopes": { "read": "all" } } }, "security": [ { "entra": ["read"] } ],""";

    private const string Call = """{ "Call": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "shared_sales", "operationId": "Get" }, "parameters": {}, "retryPolicy": { "type": "none" } } } }""";

    private static ConnectorSet Set(string security, string connections, string appSettings = "{}", bool mocks = false, params (string Name, string Value)[] variables) => new(
        ConnectorBench.Library(ConnectorBench.Swagger(Paths, security)),
        ConnectionSettings.Of(FlowValue.Parse(connections).AsObject, FlowValue.Parse(appSettings).AsObject, name => variables.FirstOrDefault(variable => variable.Name == name).Value))
    {
        AllowsMissingCredentials = mocks,
    };

    private static Task<FlowTestRun> RunAsync(ConnectorSet set, string mocks = """[{ "match": {}, "respond": { "body": { "n": 1 } } }]""") =>
        FlowTest.Of(Engine.Flow.Of(Call)).WithConnectors(set).WithMocks(MockSet.Parse(mocks)).RunAsync();

    [Test]
    public async Task Without_credentials_a_call_fails_before_it_is_sent()
    {
        var run = await RunAsync(Set(ApiKey, "{}"));

        Assert.Multiple(() =>
        {
            Assert.That(run.Requests, Is.Empty);
            Assert.That(run["Call"].Error!.Message, Does.StartWith("The connection 'shared_sales' has no credentials, and the operation 'Get' asks for 'key' (authentication of type ApiKey)."));
        });
    }

    [Test]
    public async Task With_mocks_it_goes_out_without_and_a_warning_says_so()
    {
        var set = Set(ApiKey, "{}", mocks: true);

        var run = await RunAsync(set);

        Assert.Multiple(() =>
        {
            Assert.That(run.Requests, Has.Count.EqualTo(1));
            Assert.That(set.Warnings.Single(), Does.Contain("has no credentials").And.EndsWith("The request goes out without."));
        });
    }

    [TestCase("""{ "sales": { "authentication": { "type": "ApiKey", "value": "k3y-v4lue" } } }""")]
    [TestCase("""{ "shared_sales": { "authentication": { "type": "ApiKey", "value": "@appsetting('SalesKey')" } } }""")]
    [TestCase("""{ "sales": { "authentication": { "type": "ApiKey", "value": { "$env": "SALES_KEY" } } } }""")]
    [TestCase("""{ "sales": { "authentication": { "type": "ApiKey", "value": "@{appsetting('Prefix')}-v4lue" } } }""")]
    public async Task A_key_is_bound_to_the_header_that_the_document_names_and_never_shows(string connections)
    {
        var set = Set(ApiKey, connections, """{ "SalesKey": "k3y-v4lue", "Prefix": "k3y" }""", false, ("SALES_KEY", "k3y-v4lue"));

        var run = await RunAsync(set, """[{ "match": { "headers": { "X-Key": "k3y-v4lue" } }, "respond": { "body": { "echo": "k3y-v4lue" } } }]""");

        Assert.Multiple(() =>
        {
            Assert.That(run["Call"].Status, Is.EqualTo(ActionStatus.Succeeded), () => run["Call"].Error?.Message ?? string.Empty);
            Assert.That(run.Result.ToRecord().ToJson(), Does.Not.Contain("k3y-v4lue"));
        });
    }

    [Test]
    public async Task OAuth_takes_address_and_scope_of_the_document()
    {
        var set = Set(OAuth, """{ "sales": { "authentication": { "type": "OAuth2", "clientId": "c", "clientSecret": "s3cr3t-s3cr3t" } } }""");

        var run = await RunAsync(set, """
            [ { "match": { "method": "POST", "uri": "https://login.example.test/token", "body": "*scope=read*" }, "respond": { "body": { "access_token": "t0k3n-t0k3n", "expires_in": 3600 } } },
              { "match": { "headers": { "Authorization": "Bearer t0k3n-t0k3n" } }, "respond": { "status": 200 } } ]
            """);

        Assert.Multiple(() =>
        {
            Assert.That(run["Call"].Status, Is.EqualTo(ActionStatus.Succeeded), () => run["Call"].Error?.Message ?? string.Empty);
            Assert.That(run.Requests, Has.Count.EqualTo(2));
            Assert.That(run.Result.ToRecord().ToJson(), Does.Not.Contain("t0k3n").And.Not.Contain("s3cr3t"));
        });
    }

    [Test]
    public async Task A_secret_comes_from_a_vault_through_the_runs_own_requests()
    {
        var set = Set(ApiKey, """{ "sales": { "authentication": { "type": "ApiKey", "value": "@Microsoft.KeyVault(VaultName=corp;SecretName=sales-key)" } } }""", mocks: true);

        var run = await RunAsync(set, """
            [ { "match": { "method": "GET", "uri": "https://corp.vault.azure.net/secrets/sales-key*" }, "respond": { "body": { "value": "v4ult-v4lue", "id": "https://corp.vault.azure.net/secrets/sales-key/1" } } },
              { "match": { "headers": { "X-Key": "v4ult-v4lue" } }, "respond": { "status": 200 } } ]
            """);

        Assert.Multiple(() =>
        {
            Assert.That(run["Call"].Status, Is.EqualTo(ActionStatus.Succeeded), () => run["Call"].Error?.Message ?? string.Empty);
            Assert.That(run.Result.ToRecord().ToJson(), Does.Not.Contain("v4ult-v4lue"));
        });
    }

    [Test]
    public async Task GetSecret_is_one_request_and_its_value_is_hidden_wherever_it_goes()
    {
        var flow = Engine.Flow.Of("""
            { "Secret": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "shared_keyvault", "operationId": "GetSecret", "apiId": "/providers/Microsoft.PowerApps/apis/keyvault" },
                "parameters": { "vaultName": "corp", "secretName": "ErpApiKey" } } },
              "Use": { "type": "Http", "inputs": { "method": "GET", "uri": "https://erp.example.test/", "headers": { "X-Key": "@body('Secret')?['value']" } }, "runAfter": { "Secret": ["Succeeded"] } } }
            """);

        var run = await FlowTest.Of(flow).WithMocks(MockSet.Parse("""
            [ { "match": { "uri": "https://corp.vault.azure.net/secrets/ErpApiKey*" }, "respond": { "body": { "value": "v4ult-v4lue", "id": "https://corp.vault.azure.net/secrets/ErpApiKey/9" } } },
              { "match": { "headers": { "X-Key": "v4ult-v4lue" } }, "respond": { "status": 200 } } ]
            """)).RunAsync();

        Assert.Multiple(() =>
        {
            Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded), run.ToString);
            Assert.That(run.Requests, Has.Count.EqualTo(2));
            Assert.That(run["Secret"].Outputs["body"]["name"].AsString, Is.EqualTo("ErpApiKey"));
            Assert.That(run.Result.ToRecord().ToJson(), Does.Not.Contain("v4ult-v4lue"));
        });
    }

    [Test]
    public async Task A_vault_that_refuses_fails_the_action_with_its_status()
    {
        var flow = Engine.Flow.Of("""{ "Secret": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "keyvault", "operationId": "GetSecret" }, "parameters": { "vaultName": "corp", "secretName": "a" } } } }""");

        var run = await FlowTest.Of(flow).WithMocks(MockSet.Parse("""[ { "match": {}, "respond": { "status": 403, "body": { "error": { "code": "Forbidden", "message": "no" } } } } ]""")).RunAsync();

        Assert.Multiple(() =>
        {
            Assert.That(run["Secret"].Code, Is.EqualTo("Forbidden"));
            Assert.That(run["Secret"].Outputs["statusCode"].AsInteger, Is.EqualTo(403));
        });
    }

    [Test]
    public void Files_are_merged_in_the_order_in_which_names_stand_first()
    {
        var folder = TestContext.CurrentContext.Test.ID;
        var at = Path.Combine(Path.GetTempPath(), "flowengine-order-" + folder);
        Directory.CreateDirectory(at);
        try
        {
            File.WriteAllText(Path.Combine(at, "flow.json"), "{}");
            File.WriteAllText(Path.Combine(at, "connections.json"), """{ "connections": { "b": { "baseUrl": "https://one.test/" }, "a": {} }, "appSettings": { "z": "1", "y": "2" } }""");
            File.WriteAllText(Path.Combine(at, "connections.local.json"), """{ "connections": { "c": {}, "B": { "baseUrl": "https://two.test/", "description": "own" } }, "appSettings": { "x": "3", "Z": "4" } }""");

            var settings = ConnectionSettings.Beside(Path.Combine(at, "flow.json"));

            Assert.Multiple(() =>
            {
                Assert.That(((FlowValue)settings.Connections).ToJson(), Is.EqualTo("""{"b":{"baseUrl":"https://two.test/","description":"own"},"a":{},"c":{}}"""));
                Assert.That(((FlowValue)settings.AppSettings).ToJson(), Is.EqualTo("""{"z":"4","y":"2","x":"3"}"""));
            });
        }
        finally
        {
            Directory.Delete(at, recursive: true);
        }
    }

    [Test]
    public async Task A_connection_gives_another_address_and_has_answers_checked()
    {
        const string paths = """{ "/a": { "get": { "operationId": "Get", "responses": { "200": { "description": "fine", "schema": { "type": "object", "required": ["id"] } } } } } }""";
        var set = new ConnectorSet(
            ConnectorBench.Library(ConnectorBench.Swagger(paths)),
            ConnectionSettings.Of(FlowValue.Parse("""{ "sales": { "baseUrl": "https://test.example.test/x/", "validateResponses": true } }""").AsObject));

        var run = await RunAsync(set);

        Assert.Multiple(() =>
        {
            Assert.That(run.Requests.Single().Uri, Is.EqualTo("https://test.example.test/x/a"));
            Assert.That(run["Call"].Error!.Message, Does.Contain("The body has no 'id', which is required."));
        });
    }

    [TestCase("""{ "sales": { "authentication": { "type": "ApiKey", "value": { "$env": "NONE" } } } }""", "The environment variable 'NONE' is not set.")]
    [TestCase("""{ "sales": { "authentication": { "type": "ApiKey", "value": { "$file": "no/such" } } } }""", "The file 'no/such' can't be read")]
    [TestCase("""{ "sales": { "authentication": { "type": "ApiKey", "value": "@appsetting('None')" } } }""", "the app setting 'None' is neither")]
    [TestCase("""{ "sales": { "authentication": { "type": "ApiKey", "value": "@concat('a', 'b')" } } }""", "only @appsetting")]
    [TestCase("""{ "sales": { "authentication": { "type": "ApiKey", "value": { "$keyVault": "https://evil.example.test/secrets/a" } } } }""", "only vaults are asked")]
    [TestCase("""{ "sales": { "authentication": { "type": "ApiKey", "value": { "$keyVault": "https://corp.vault.azure.net.evil.test/secrets/a" } } } }""", "only vaults are asked")]
    [TestCase("""{ "sales": { "authentication": { "type": "ApiKey", "value": { "$keyVault": "https://corp.vault.azure.net@evil.test/secrets/a" } } } }""", "only vaults are asked")]
    [TestCase("""{ "sales": { "authentication": { "type": "ApiKey", "value": { "$keyVault": "https://a.b.vault.azure.net/secrets/a" } } } }""", "only vaults are asked")]
    [TestCase("""{ "sales": { "authentication": { "type": "ApiKey", "value": { "$keyVault": "https://corp.vault.azure.net:8443/secrets/a" } } } }""", "only vaults are asked")]
    [TestCase("""{ "sales": { "authentication": { "type": "ApiKey", "value": { "$keyVault": "http://corp.vault.azure.net/secrets/a" } } } }""", "only vaults are asked")]
    [TestCase("""{ "sales": { "authentication": { "type": "ApiKey", "value": "@Microsoft.KeyVault(SecretUri=https://127.0.0.1/secrets/a)" } } }""", "only vaults are asked")]
    [TestCase("""{ "keyvault": { "authentication": { "type": "Raw", "value": { "$keyVault": "https://corp.vault.azure.net/secrets/a" } } }, "sales": { "authentication": { "type": "ApiKey", "value": { "$keyVault": "https://corp.vault.azure.net/secrets/b" } } } }""", "out of a vault")]
    public async Task A_value_that_is_not_to_be_had_is_said_before_the_call(string connections, string message)
    {
        var run = await RunAsync(Set(ApiKey, connections));

        Assert.Multiple(() =>
        {
            Assert.That(run.Requests, Is.Empty);
            Assert.That(run["Call"].Error!.Message, Does.Contain(message));
        });
    }

    [Test]
    public async Task The_command_takes_connections_parameters_and_app_settings_of_an_environment()
    {
        using var shell = new Shell();
        foreach (var folder in new[] { "connectors", "environments" }) Directory.CreateDirectory(shell.Path(folder));
        shell.File("connectors/sales.openapi.json", ConnectorBench.Swagger(Paths, ApiKey));
        shell.File("connections.json", """{ "connections": { "shared_sales": { "authentication": { "type": "ApiKey", "value": "@appsetting('SalesKey')" } } } }""");
        shell.File("environments/test.json", """{ "parameters": { "Region": "north", "Unused": 1 }, "connections": { "shared_sales": { "baseUrl": "https://test.example.test" } } }""");
        shell.File("environments/test.local.json", """{ "appSettings": { "SalesKey": "l0cal-s3cret" } }""");
        var flow = shell.Flow(
            """
            { "Call": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "shared_sales", "operationId": "Get" }, "parameters": {} } },
              "Echo": { "type": "Compose", "inputs": "@concat(parameters('Region'), '/', appsetting('SalesKey'))" } }
            """,
            """{ "Region": { "type": "String" } }""");
        var mocks = shell.File("mocks.json", """[{ "match": { "uri": "https://test.example.test/a", "headers": { "X-Key": "l0cal-s3cret" } }, "respond": { "status": 200 } }]""");

        var shown = await shell.CallAsync("run", flow, "--env", "test", "--mocks", mocks, "--json");
        var given = await shell.CallAsync("run", flow, "--env", "test", "--mocks", mocks, "--json", "--param", "Region=south");
        var missing = await shell.CallAsync("run", flow, "--env", "prod");

        Assert.Multiple(() =>
        {
            Assert.That(shown.Exit, Is.Zero, shown.ToString);
            Assert.That(shown.Echo.AsString, Is.EqualTo("north/*sanitized*"));
            Assert.That(shown.Out, Does.Not.Contain("l0cal-s3cret"));
            Assert.That(given.Echo.AsString, Is.EqualTo("south/*sanitized*"));
            Assert.That(missing.Exit, Is.EqualTo(1));
            Assert.That(missing.Error, Does.Contain("There is no environment 'prod'").And.Contain("test"));
        });
    }

    [Test]
    public async Task The_command_warns_of_credentials_that_are_not_there()
    {
        using var shell = new Shell();
        Directory.CreateDirectory(shell.Path("connectors"));
        shell.File("connectors/sales.openapi.json", ConnectorBench.Swagger(Paths, ApiKey));
        var mocks = shell.File("mocks.json", """[{ "match": {}, "respond": { "status": 200 } }]""");

        var shown = await shell.CallAsync("run", shell.Flow(Call), "--mocks", mocks, "--json");

        Assert.That(shown.Error, Does.Contain("warning: The connection 'shared_sales' has no credentials"));
    }

    [TestCase("""{ "connections": { "a": { "conector": "x" } } }""", DiagnosticCodes.ConnectionMember)]
    [TestCase("""{ "connections": { "a": { "authentication": { "type": "Basik" } } } }""", DiagnosticCodes.ConnectionShape)]
    [TestCase("""{ "connections": { "a": { "authentication": { "type": "Basic", "user": "x" } } } }""", DiagnosticCodes.ConnectionMember)]
    [TestCase("""{ "connections": { "a": 7 } }""", DiagnosticCodes.ConnectionShape)]
    [TestCase("""{ "conections": {} }""", DiagnosticCodes.ConnectionMember)]
    public async Task The_command_validates_files_of_connections(string json, string code)
    {
        using var shell = new Shell();

        var shown = await shell.CallAsync("validate", shell.File("connections.json", json));

        Assert.Multiple(() =>
        {
            Assert.That(shown.Exit, Is.EqualTo(2));
            Assert.That(shown.Out, Does.Contain(code));
        });
    }

    [Test]
    public async Task Standards_file_of_connections_is_taken_as_it_is()
    {
        using var shell = new Shell();
        Directory.CreateDirectory(shell.Path("connectors"));
        shell.File("connectors/sales.openapi.json", ConnectorBench.Swagger(Paths));
        shell.File("connections.json", """
            { "managedApiConnections": { "sales-1": { "api": { "id": "/subscriptions/x/providers/Microsoft.Web/locations/y/managedApis/sales" }, "connection": { "id": "z" },
                "connectionRuntimeUrl": "https://runtime.example.test/apim/sales", "authentication": { "type": "Raw", "scheme": "Key", "parameter": "@appsetting('sales-key')" } } } }
            """);
        shell.File("local.settings.json", """{ "IsEncrypted": false, "Values": { "sales-key": "abc-def-ghi" } }""");
        var flow = shell.Flow("""{ "Call": { "type": "ApiConnection", "inputs": { "host": { "connection": { "referenceName": "sales-1" } }, "method": "get", "path": "/a" } } }""");
        var mocks = shell.File("mocks.json", """[{ "match": { "uri": "https://runtime.example.test/apim/sales/a", "headers": { "Authorization": "Key abc-def-ghi" } }, "respond": { "status": 200 } }]""");

        var shown = await shell.CallAsync("run", flow, "--mocks", mocks, "--json");

        Assert.Multiple(() =>
        {
            Assert.That(shown.Exit, Is.Zero, shown.ToString);
            Assert.That(shown.Out, Does.Not.Contain("abc-def-ghi"));
        });
    }
}
