using FlowEngine.Actions;
using FlowEngine.Testing;
using FlowEngine.Tests.Engine;

namespace FlowEngine.Tests.Actions;

/// <summary>Rules: runtime reference, 3.17.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DisguisedHttpTests
{
    private const string Function = "/subscriptions/1/resourceGroups/g/providers/Microsoft.Web/sites/App-1/functions/Convert it";
    private const string Api = "/subscriptions/1/resourceGroups/g/providers/Microsoft.ApiManagement/service/apim/apis/orders";

    [Test]
    public async Task A_function_is_called_where_its_id_says_by_POST()
    {
        var run = await RunAsync("Function", $$"""{ "function": { "id": "{{Function}}" }, "body": { "a": 1 }, "queries": { "x": "y z" } }""");

        Assert.That($"{run.Requests[0].Method} {run.Requests[0].Uri}", Is.EqualTo("POST https://app-1.azurewebsites.net/api/Convert%20it?x=y%20z"));
        Assert.That(run.Requests[0].Body["a"], Is.EqualTo((FlowValue)1));
        Assert.That(run.Action("Do").Outputs["body"], Is.EqualTo(FlowValue.String("done")));
    }

    [Test]
    public async Task An_API_is_called_by_its_template_with_its_key_which_does_not_show()
    {
        var run = await RunAsync("ApiManagement", $$"""
            { "api": { "id": "{{Api}}" }, "method": "get", "subscriptionKey": "key-12345", "pathTemplate": { "template": "/orders/{id}", "parameters": { "id": "a/b" } } }
            """);

        Assert.That($"{run.Requests[0].Method} {run.Requests[0].Uri}", Is.EqualTo("GET https://apim.azure-api.net/orders/a%2Fb"));
        Assert.That(run.Requests[0].Headers["Ocp-Apim-Subscription-Key"], Is.EqualTo(FlowValue.String("key-12345")));
        Assert.That(run.ToRecord().ToJson(), Does.Not.Contain("key-12345"));
    }

    [Test]
    public async Task A_parameter_that_is_no_text_fails_the_action_in_words()
    {
        const string Inputs = """{ "api": { "id": "/subscriptions/s/service/shop/apis/a" }, "method": "GET", "pathTemplate": { "template": "/o/{id}", "parameters": { "id": { "$content-type": "text/plain", "$content": "%" } } } }""";

        var run = await Engine.Flow.RunAsync($$"""{ "Call": { "type": "ApiManagement", "inputs": {{Inputs}} } }""");

        Assert.That(run.Action("Call").Error!.Code, Is.EqualTo("BadRequest"), run.Action("Call").Error!.Message);
        Assert.That(run.Requests, Is.Empty);
    }

    [Test]
    public async Task A_call_that_is_accepted_is_polled()
    {
        var run = await RunAsync("Function", $$"""{ "function": { "id": "{{Function}}" } }""", """[{ "respond": [{ "status": 202, "headers": { "Location": "https://status.example/1" } }, { "status": 200, "body": "late" }] }]""");

        Assert.That(run.Action("Do").Outputs["body"], Is.EqualTo(FlowValue.String("late")));
    }

    [TestCase("Function", """{ "function": { "id": "/a/function/without/site" } }""", "'/sites/APP/functions/NAME'")]
    [TestCase("Function", """{ "function": { "id": "/sites/evil.example#/functions/f" } }""", "'/sites/APP/functions/NAME'")]
    [TestCase("Function", """{ "function": { "connectionName": "unknown" } }""", "'triggerUrl'")]
    [TestCase("ApiManagement", """{ "api": {}, "pathTemplate": "/items" }""", "'baseUrl'")]
    public async Task What_does_not_tell_where_to_call_fails_and_says_so(string type, string inputs, string message)
    {
        var run = await RunAsync(type, inputs);

        Assert.That((run.Action("Do").Status, run.Action("Do").Code), Is.EqualTo((ActionStatus.Failed, "BadRequest")));
        Assert.That(run.Action("Do").Error!.Message, Does.Contain(message).And.Contain("mock"));
        Assert.That(run.Requests, Is.Empty);
    }

    private static async Task<RunResult> RunAsync(string type, string inputs, string mocks = """[{ "respond": { "status": 200, "body": "done" } }]""")
    {
        using var server = new MockHttpHandler(MockSet.Parse(mocks, "mocks.json"));
        return await Flow.RunAsync(
            $$"""{ "Do": { "type": "{{type}}", "inputs": {{inputs}} } }""",
            options: new RunOptions { Time = new VirtualTimeProvider(), Seed = 1, HttpHandler = server });
    }
}
