namespace FlowEngine.Tests;

/// <summary><c>flow test --from-run</c>: the test that it writes passes as it stands.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class FlowTestFromRunTests
{
    [Test]
    public async Task A_test_of_a_run_passes_and_holds_retries_loops_and_operations()
    {
        using var shell = new Shell();
        var flow = shell.Flow("""
            {
              "Get": { "type": "Http", "inputs": { "method": "GET", "uri": "https://shop.example/items" } },
              "Each": {
                "type": "Foreach",
                "foreach": "@body('Get')",
                "actions": {
                  "Post": { "type": "Http", "inputs": { "method": "POST", "uri": "https://shop.example/orders", "body": { "item": "@item()" } } },
                  "Mail": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "shared_office365", "operationId": "SendEmailV2" } }, "runAfter": { "Post": ["Succeeded"] } }
                },
                "runAfter": { "Get": ["Succeeded"] }
              },
              "Response": { "type": "Response", "inputs": { "statusCode": 200, "body": "@triggerBody()" }, "runAfter": { "Each": ["Succeeded"] } }
            }
            """);
        var mocks = shell.File("mocks.json", """
            [
              { "match": { "method": "GET" }, "respond": [{ "status": 503 }, { "body": [1, 2] }] },
              { "match": { "method": "POST" }, "respond": { "status": 201, "body": { "ok": true } } },
              { "action": "Mail", "respond": { "status": "Succeeded", "outputs": { "body": { "id": 1 } } } }
            ]
            """);
        var record = await shell.CallAsync("run", flow, "--mocks", mocks, "--virtual-time", "--body", """{ "a": 1 }""", "--json");

        var written = await shell.CallAsync("test", flow, "--from-run", shell.File("record.json", record.Out));
        var passed = await shell.CallAsync("test", shell.File("a.flowtest.json", written.Out));

        Assert.That(record.Exit, Is.Zero, record.ToString());
        Assert.That(passed.Exit, Is.Zero, written + "\n" + passed);
        var test = written.Json["tests"][0];
        Assert.That(test["mocks"][0]["respond"].ToJson(), Is.EqualTo("""[{"status":503},{"status":200,"body":[1,2]}]"""));
        Assert.That(test["mocks"].AsArray.Count, Is.EqualTo(5), "one GET, a POST for each item, an operation for each item");
        Assert.That(test["expect"]["response"]["body"].ToJson(), Is.EqualTo("""{"a":1}"""));
    }

    [Test]
    public async Task Callbacks_come_again_and_the_trigger_has_its_headers()
    {
        using var shell = new Shell();
        var flow = shell.Flow("""
            { "Ask": { "type": "HttpWebhook", "inputs": { "subscribe": { "method": "POST", "uri": "https://hooks.example/ask", "body": "please" } } },
              "Answer": { "type": "Response", "inputs": { "statusCode": 200, "body": "@concat(body('Ask')['said'], ' ', triggerOutputs()['headers']['X-Who'])" }, "runAfter": { "Ask": ["Succeeded"] } } }
            """);
        var mocks = shell.File("mocks.json", """[{ "match": {}, "respond": { "status": 202, "body": "asked" } }, { "action": "Ask", "callback": { "after": "PT20S", "headers": { "X-By": "me" }, "body": { "said": "yes" } } }]""");
        var record = await shell.CallAsync("run", flow, "--mocks", mocks, "--virtual-time", "--header", "X-Who=Ann", "--json");

        var written = await shell.CallAsync("test", flow, "--from-run", shell.File("record.json", record.Out));
        var passed = await shell.CallAsync("test", shell.File("a.flowtest.json", written.Out));

        var test = written.Json["tests"][0];
        Assert.That(record.Exit, Is.Zero, record.ToString());
        Assert.That(test["events"][0]["after"].AsStringOrNull, Is.EqualTo("PT20S"), written.ToString());
        Assert.That(test["trigger"]["headers"]["X-Who"].AsStringOrNull, Is.EqualTo("Ann"));
        Assert.That(test["mocks"][0]["respond"].ToJson(), Is.EqualTo("""[{"status":202}]"""));
        Assert.That(passed.Exit, Is.Zero, written + "\n" + passed);
    }

    [Test]
    public async Task An_action_that_timed_out_times_out_again()
    {
        using var shell = new Shell();
        var flow = shell.Flow("""{ "Get": { "type": "Http", "inputs": { "method": "GET", "uri": "https://shop.example/" }, "limit": { "timeout": "PT30S" } } }""");
        var mocks = shell.File("mocks.json", """[{ "match": {}, "respond": { "status": 200, "delay": "PT2M" } }]""");
        var record = await shell.CallAsync("run", flow, "--mocks", mocks, "--virtual-time", "--json");

        var written = await shell.CallAsync("test", flow, "--from-run", shell.File("record.json", record.Out));
        var passed = await shell.CallAsync("test", shell.File("a.flowtest.json", written.Out));

        Assert.That(written.Json["tests"][0]["expect"]["actions"]["Get"].AsString, Is.EqualTo("TimedOut"));
        Assert.That(passed.Exit, Is.Zero, passed.ToString());
    }

    [Test]
    public async Task What_is_no_record_is_an_invalid_input()
    {
        using var shell = new Shell();

        var shown = await shell.CallAsync("test", shell.Flow(), "--from-run", shell.File("record.json", "{}"));

        Assert.That(shown.Exit, Is.EqualTo(2));
        Assert.That(shown.Error, Does.Contain("not that of one run"));
    }
}
