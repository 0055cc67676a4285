using FlowEngine.Actions;
using FlowEngine.Connectors;
using FlowEngine.Testing;

namespace FlowEngine.Tests.Connectors;

/// <summary>A document with all that the well-known pet store uses, in version 2.0 and in 3.0: every operation is called, and goes out as it says.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class PetStoreTests
{
    private const string Address = "https://pets.example.test/v2";

    // Operation, parameters, and what goes out: method and path, then body.
    private static readonly (string Operation, string Parameters, string Request, string? Body)[] Calls =
    [
        ("addPet", """{ "body": { "name": "Rex", "photoUrls": ["a"], "tags": [ { "id": 1, "name": "t" } ], "status": "sold" } }""", "POST /pet", """{"name":"Rex","photoUrls":["a"],"tags":[{"id":1,"name":"t"}],"status":"sold"}"""),
        ("updatePet", """{ "body/name": "Rex", "body/photoUrls": [], "body/category/id": 2 }""", "PUT /pet", """{"name":"Rex","photoUrls":[],"category":{"id":2}}"""),
        ("findPetsByStatus", """{ "status": ["sold", "pending"] }""", "GET /pet/findByStatus?status=sold&status=pending", null),
        ("findPetsByTags", """{ "tags": ["a b", "c&d"] }""", "GET /pet/findByTags?tags=a%20b&tags=c%26d", null),
        ("getPetById", """{ "petId": 9007199254740993 }""", "GET /pet/9007199254740993", null),
        ("updatePetWithForm", """{ "petId": 7, "name": "Rex & Co", "status": "sold" }""", "POST /pet/7", "name=Rex%20%26%20Co&status=sold"),
        ("deletePet", """{ "petId": "7", "api_key": "k-1" }""", "DELETE /pet/7", null),
        ("getInventory", "{}", "GET /store/inventory", null),
        ("placeOrder", """{ "body": { "petId": 7, "quantity": 2, "shipDate": "2026-01-31T08:00:00Z", "complete": false } }""", "POST /store/order", """{"petId":7,"quantity":2,"shipDate":"2026-01-31T08:00:00Z","complete":false}"""),
        ("getOrderById", """{ "orderId": 10 }""", "GET /store/order/10", null),
        ("deleteOrder", """{ "orderId": 1 }""", "DELETE /store/order/1", null),
        ("createUser", """{ "body": { "username": "ann" } }""", "POST /user", """{"username":"ann"}"""),
        ("createUsersWithArrayInput", """{ "body": [ { "username": "ann" }, { "username": "bob" } ] }""", "POST /user/createWithArray", """[{"username":"ann"},{"username":"bob"}]"""),
        ("loginUser", """{ "username": "ann", "password": "p w" }""", "GET /user/login?username=ann&password=p%20w", null),
        ("logoutUser", "{}", "GET /user/logout", null),
        ("getUserByName", """{ "username": "ann/é" }""", "GET /user/ann%2F%C3%A9", null),
        ("updateUser", """{ "username": "ann", "body": { "phone": "1" } }""", "PUT /user/ann", """{"phone":"1"}"""),
        ("deleteUser", """{ "username": "ann" }""", "DELETE /user/ann", null),
    ];

    [Test]
    public async Task Every_operation_goes_out_as_the_document_says([Values] bool isVersion2)
    {
        var run = await RunAsync(isVersion2, Calls.Select(call => (call.Operation, call.Parameters)));

        Assert.Multiple(() =>
        {
            foreach (var (operation, _, request, body) in Calls)
            {
                var sent = run.Requests.SingleOrDefault(sent => sent.Action == operation);
                Assert.That(sent is null ? run[operation].Error?.Message : $"{sent.Method} {sent.Uri[Address.Length..]}", Is.EqualTo(request), operation);
                Assert.That(sent?.HasBody == true ? sent.Body.AsStringOrNull ?? sent.Body.ToJson() : null, Is.EqualTo(body), operation);
            }
        });
    }

    [Test]
    public async Task A_file_goes_up_in_a_part_of_its_own([Values] bool isVersion2)
    {
        var run = await RunAsync(isVersion2, [("uploadFile", """{ "petId": 7, "additionalMetadata": "front", "file": "@base64ToBinary('AP8=')" }""")]);

        var sent = run.Requests.Single();
        Assert.That(sent.Headers["Content-Type"].AsString, Does.StartWith("multipart/form-data; boundary="));
        Assert.That(sent.Body["$content"].AsStringOrNull is { } content ? System.Text.Encoding.Latin1.GetString(Convert.FromBase64String(content)) : sent.Body.ToJson(), Does.Contain("name=\"additionalMetadata\"").And.Contain("front").And.Contain("name=\"file\"; filename=").And.Contain("\0\u00ff"));
    }

    [TestCase("findPetsByStatus", """{ "status": ["lost"] }""", "'status'")]
    [TestCase("getOrderById", "{}", "needs the parameter 'orderId'")]
    [TestCase("addPet", """{ "body": { "name": "Rex" } }""", "'photoUrls'")]
    [TestCase("addPet", "{}", "needs a body")]
    [TestCase("placeOrder", """{ "body": { "petId": "seven" } }""", "'petId'")]
    [TestCase("deletePet", """{ "petId": 1, "apikey": "k" }""", "Did you mean 'api_key'?")]
    public async Task What_does_not_fit_is_not_sent(string operation, string parameters, string words)
    {
        foreach (var isVersion2 in (bool[])[true, false])
        {
            var run = await RunAsync(isVersion2, [(operation, parameters)]);

            Assert.That(run[operation].Error?.Message, Does.Contain(words), $"version 2: {isVersion2}");
            Assert.That(run.Requests, Is.Empty);
        }
    }

    private static Task<FlowTestRun> RunAsync(bool isVersion2, IEnumerable<(string Operation, string Parameters)> calls)
    {
        var document = ConnectorDocument.Parse(isVersion2 ? Version2() : Version3(), "pets.openapi.json");
        Assert.That(document.Diagnostics, Is.Empty);
        var settings = ConnectionSettings.Of(FlowValue.Parse($$"""{ "pets": { "baseUrl": "{{Address}}", "authentication": { "type": "Raw", "value": "Bearer t0k3n-1" } } }""").AsObject);
        var actions = calls.Select(call => $$"""
            "{{call.Operation}}": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "shared_pets", "operationId": "{{call.Operation}}", "apiId": "/apis/shared_pets" }, "parameters": {{call.Parameters}}, "retryPolicy": { "type": "none" } } }
            """);
        return FlowTest.Of(Engine.Flow.Of("{" + string.Join(',', actions) + "}"))
            .WithConnectors(new ConnectorSet(new ConnectorLibrary(new OpenApiConnector("pets", document)), settings))
            .WithMocks(MockSet.Parse("""[{ "match": { "headers": { "Authorization": "Bearer t0k3n-1" } }, "respond": { "status": 200 } }]"""))
            .RunAsync();
    }

    private const string Pet = """{ "type": "object", "required": ["name", "photoUrls"], "properties": { "id": { "type": "integer", "format": "int64" }, "category": { "type": "object", "properties": { "id": { "type": "integer" }, "name": { "type": "string" } } }, "name": { "type": "string", "example": "doggie" }, "photoUrls": { "type": "array", "xml": { "wrapped": true }, "items": { "type": "string" } }, "tags": { "type": "array", "items": { "type": "object", "properties": { "id": { "type": "integer" }, "name": { "type": "string" } } } }, "status": { "type": "string", "enum": ["available", "pending", "sold"] } }, "xml": { "name": "Pet" } }""";
    private const string Order = """{ "type": "object", "properties": { "id": { "type": "integer" }, "petId": { "type": "integer", "format": "int64" }, "quantity": { "type": "integer", "format": "int32" }, "shipDate": { "type": "string", "format": "date-time" }, "complete": { "type": "boolean" } } }""";
    private const string User = """{ "type": "object", "properties": { "username": { "type": "string" }, "phone": { "type": "string" } } }""";

    private static string Version2()
    {
        string Path(string name, string type) => $$"""{ "name": "{{name}}", "in": "path", "required": true, {{type}} }""";
        string Body(string schema) => $$"""{ "in": "body", "name": "body", "required": true, "schema": {{schema}} }""";
        return ConnectorBench.Swagger(Paths(
            Body,
            (name, type) => Path(name, type),
            (name, place, type, more) => $$"""{ "name": "{{name}}", "in": "{{place}}", {{type}}{{more}} }""",
            fields => string.Join(", ", fields.Select(field => $$"""{ "name": "{{field.Name}}", "in": "formData", "required": false, {{field.Type}} }""")),
            "\"type\": \"file\""), $$"""
            "securityDefinitions": { "petstore_auth": { "type": "oauth2", "authorizationUrl": "https://pets.example.test/oauth", "flow": "implicit", "scopes": { "read:pets": "read" } }, "api_key": { "type": "apiKey", "name": "api_key", "in": "header" }, "basic": { "type": "basic" } },
            "security": [ { "petstore_auth": ["read:pets"] }, { "basic": [] } ],
            "externalDocs": { "url": "https://pets.example.test" }, "tags": [ { "name": "pet" } ],
            "definitions": { "Pet": {{Pet}}, "Order": {{Order}}, "User": {{User}} },
            """);
    }

    private static string Version3() => ConnectorBench.OpenApi(Paths(
        schema => $$"""{ "body": {{schema}} }""",
        (name, type) => $$"""{ "name": "{{name}}", "in": "path", "required": true, "schema": { {{type}} } }""",
        (name, place, type, more) => $$"""{ "name": "{{name}}", "in": "{{place}}", "schema": { {{type}} } }""",
        fields => $$"""{ "form": { {{string.Join(", ", fields.Select(field => $"\"{field.Name}\": {{ {field.Type} }}"))}} } }""",
        "\"type\": \"string\", \"format\": \"binary\""), $$"""
        "security": [ { "petstore_auth": ["read:pets"] }, { "basic": [] } ],
        "components": { "securitySchemes": { "petstore_auth": { "type": "oauth2", "flows": { "implicit": { "authorizationUrl": "https://pets.example.test/oauth", "scopes": { "read:pets": "read" } } } }, "api_key": { "type": "apiKey", "name": "api_key", "in": "header" }, "basic": { "type": "http", "scheme": "basic" } },
          "schemas": { "Pet": {{Pet}}, "Order": {{Order}}, "User": {{User}} } },
        """).Replace("#/definitions/", "#/components/schemas/", StringComparison.Ordinal);

    // Both versions have the same operations; how a body, a parameter and a form are written differs.
    private static string Paths(
        Func<string, string> body, Func<string, string, string> path, Func<string, string, string, string, string> parameter, Func<IEnumerable<(string Name, string Type)>, string> form, string file)
    {
        string Reference(string name) => $$"""{ "$ref": "#/definitions/{{name}}" }""";
        var multi = ", \"collectionFormat\": \"multi\"";
        var petId = path("petId", "\"type\": \"integer\", \"format\": \"int64\"");
        var userName = path("username", "\"type\": \"string\"");
        var orderId = path("orderId", "\"type\": \"integer\", \"maximum\": 10, \"minimum\": 1");
        var text = "\"type\": \"string\"";
        return $$"""
            { "/pet": { "post": {{Operation("addPet", body(Reference("Pet")))}}, "put": {{Operation("updatePet", body(Reference("Pet")))}} },
              "/pet/findByStatus": { "get": {{Operation("findPetsByStatus", parameter("status", "query", "\"type\": \"array\", \"items\": { \"type\": \"string\", \"enum\": [\"available\", \"pending\", \"sold\"] }", multi))}} },
              "/pet/findByTags": { "get": {{Operation("findPetsByTags", parameter("tags", "query", "\"type\": \"array\", \"items\": { \"type\": \"string\" }", multi))}} },
              "/pet/{petId}": { "get": {{Operation("getPetById", petId)}}, "post": {{Operation("updatePetWithForm", petId, form([("name", text), ("status", text)]))}}, "delete": {{Operation("deletePet", parameter("api_key", "header", text, ""), petId)}} },
              "/pet/{petId}/uploadImage": { "post": {{Operation("uploadFile", petId, form([("additionalMetadata", text), ("file", file)]))}} },
              "/store/inventory": { "get": {{Operation("getInventory")}} },
              "/store/order": { "post": {{Operation("placeOrder", body(Reference("Order")))}} },
              "/store/order/{orderId}": { "get": {{Operation("getOrderById", orderId)}}, "delete": {{Operation("deleteOrder", orderId)}} },
              "/user": { "post": {{Operation("createUser", body(Reference("User")))}} },
              "/user/createWithArray": { "post": {{Operation("createUsersWithArrayInput", body($$"""{ "type": "array", "items": {{Reference("User")}} }"""))}} },
              "/user/login": { "get": {{Operation("loginUser", parameter("username", "query", text, ", \"required\": true"), parameter("password", "query", text, ", \"required\": true"))}} },
              "/user/logout": { "get": {{Operation("logoutUser")}} },
              "/user/{username}": { "get": {{Operation("getUserByName", userName)}}, "put": {{Operation("updateUser", userName, body(Reference("User")))}}, "delete": {{Operation("deleteUser", userName)}} } }
            """;
    }

    // In version 3 bodies and forms are no parameters: they are told apart by the one member that they have here.
    private static string Operation(string id, params string[] parts)
    {
        var parameters = parts.Where(part => part.StartsWith("{ \"name\"", StringComparison.Ordinal) || part.StartsWith("{ \"in\"", StringComparison.Ordinal));
        var body = parts.FirstOrDefault(part => part.StartsWith("{ \"body\": ", StringComparison.Ordinal));
        var form = parts.FirstOrDefault(part => part.StartsWith("{ \"form\": ", StringComparison.Ordinal));
        var type = form?.Contains("binary", StringComparison.Ordinal) == true ? "multipart/form-data" : "application/x-www-form-urlencoded";
        var content = body is not null ? $$""", "requestBody": { "required": true, "content": { "application/json": { "schema": {{body["{ \"body\": ".Length..^2]}} } } }"""
            : form is not null ? $$""", "requestBody": { "content": { "{{type}}": { "schema": { "type": "object", "properties": {{form["{ \"form\": ".Length..^2]}} } } } }"""
            : string.Empty;
        return $$"""{ "operationId": "{{id}}", "parameters": [ {{string.Join(", ", parameters)}} ]{{content}}, "responses": { "200": { "description": "fine" }, "default": { "description": "else" } } }""";
    }
}
