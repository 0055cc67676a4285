using FlowEngine.Definitions;
using FlowEngine.Testing;
using FlowEngine.Tests.Engine;

namespace FlowEngine.Tests.Testing;

/// <summary>What <c>flow run --auto-mock</c> makes up: a body, connections, what other files would give.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class AutoMockTests
{
    [TestCase(""" "inputs": { "schema": { "type": "object", "properties": { "n": { "type": "integer" }, "rows": { "type": "array", "items": { "type": "string" } } } } } """, """{ "n": 1, "rows": ["text"] }""")]
    [TestCase(""" "inputs": { "schema": {} } """, "null")]
    [TestCase(""" "splitOn": "@triggerBody()?['value']" """, """{ "value": [{}] }""")]
    [TestCase(""" "splitOn": "@triggerOutputs()?['body/value']" """, """{ "value": [{}] }""")]
    [TestCase(""" "splitOn": "@triggerOutputs()?['body']?['a']['b']" """, """{ "a": { "b": [{}] } }""")]
    [TestCase(""" "splitOn": "@triggerBody()" """, "[{}]")]
    [TestCase(""" "splitOn": "@json(triggerBody())" """, "null")]
    [TestCase(""" "inputs": { "schema": { "type": "object", "properties": { "v": { "type": "array", "items": { "type": "integer" } } } } }, "splitOn": "@triggerBody()['v']" """, """{ "v": [1] }""")]
    public void A_body_is_made_of_what_the_trigger_says(string trigger, string body)
    {
        Assert.That(SampleTrigger.Of(Trigger(trigger)).Body, Is.EqualTo(FlowValue.Parse(body)));
    }

    [Test]
    public void A_path_has_all_of_its_parameters()
    {
        Assert.That(SampleTrigger.Of(Trigger(""" "inputs": { "method": "GET", "relativePath": "/orders/{id}/lines" } """)).RelativePath, Is.EqualTo("orders/id/lines"));
    }

    [Test]
    public async Task A_flow_that_reads_its_body_is_started_with_one()
    {
        using var shell = new Shell();
        var flow = shell.File("flow.json", """{ "triggers": { "m": { "type": "Request", "inputs": { "schema": { "type": "object", "properties": { "name": { "type": "string" } } } } } }, "actions": { "Echo": { "type": "Compose", "inputs": "@triggerBody()['name']" } } }""");

        var made = await shell.CallAsync("run", flow, "--auto-mock", "--json");
        var given = await shell.CallAsync("run", flow, "--auto-mock", "--json", "--body", """{ "name": "Ada" }""");

        Assert.That((made.Echo, given.Echo), Is.EqualTo((FlowValue.String("text"), FlowValue.String("Ada"))));
    }

    [Test]
    public async Task Connections_that_nobody_has_given_are_made_up_where_calls_are_mocked()
    {
        using var shell = new Shell();
        var actions = """{ "Echo": { "type": "Compose", "inputs": "@parameters('$connections')['office365']['connectionId']" }, "Given": { "type": "Compose", "inputs": "@parameters('$connections')?['sql']?['connectionId']" } }""";
        var flow = shell.Flow(actions, """{ "$connections": { "type": "Object", "defaultValue": { "sql": { "connectionId": "mine" } } } }""");

        var mocked = await shell.CallAsync("run", flow, "--auto-mock", "--json");
        var plain = await shell.CallAsync("run", flow, "--json");

        Assert.That(mocked.Echo, Is.EqualTo(FlowValue.String("/connections/office365")), mocked.ToString());
        Assert.That(mocked.Json["actions"]["Given"]["outputs"], Is.EqualTo(FlowValue.String("mine")));
        Assert.That(plain.Json["actions"]["Echo"]["status"].AsString, Is.EqualTo("Failed"));
    }

    [TestCase(""" "Echo": { "type": "SendToBatch", "inputs": { "batchName": "b", "content": 1, "host": { "workflow": { "id": "Nowhere" } } } } """)]
    [TestCase(""" "Echo": { "type": "Xslt", "inputs": { "content": "<a/>", "map": { "name": "Nowhere" } } } """)]
    [TestCase(""" "Echo": { "type": "XmlValidation", "inputs": { "content": "<a/>", "integrationAccount": { "schema": { "name": "Nowhere" } } } } """)]
    [TestCase(""" "Echo": { "type": "Liquid", "kind": "JsonToText", "inputs": { "content": {}, "map": { "name": "../Nowhere" } } } """)]
    public async Task What_is_not_beside_the_flow_is_answered_for(string action)
    {
        using var shell = new Shell();
        var flow = shell.Flow($"{{ {action} }}");

        var mocked = await shell.CallAsync("run", flow, "--auto-mock", "--json");
        var plain = await shell.CallAsync("run", flow, "--json");

        Assert.That((mocked.Json["status"].AsString, plain.Json["status"].AsString), Is.EqualTo(("Succeeded", "Failed")));
        Assert.That(mocked.Echo["statusCode"], Is.EqualTo((FlowValue)200));
    }

    [Test]
    public async Task A_map_that_is_given_does_its_work()
    {
        using var shell = new Shell();
        var flow = shell.Flow("""{ "Echo": { "type": "Liquid", "kind": "JsonToText", "inputs": { "content": { "n": 5 }, "map": { "content": "n is {{ content.n }}" } } } }""");

        var mocked = await shell.CallAsync("run", flow, "--auto-mock", "--json");

        Assert.That(mocked.Echo["body"], Is.EqualTo(FlowValue.String("n is 5")));
    }

    private static TriggerDefinition Trigger(string members) =>
        Flow.Of("{}", $$"""{ "t": { "type": "Request", {{members}} } }""").Document.Definition!.Triggers[0];
}
