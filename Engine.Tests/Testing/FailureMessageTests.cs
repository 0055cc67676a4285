using FlowEngine.Testing;

namespace FlowEngine.Tests;

/// <summary>A flow broken in typical ways: what the message of its test alone tells. Read it as if you had not broken the flow yourself.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class FailureMessageTests
{
    private const string Flow = """
        {
          "parameters": { "limit": { "type": "Int", "defaultValue": 100 } },
          "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": {} } },
          "actions": {
            "Get_orders": { "type": "Http", "inputs": { "method": "GET", "uri": "https://erp.example/orders", "queries": { "region": "@triggerBody()?['region']" } } },
            "Parse": {
              "type": "ParseJson", "runAfter": { "Get_orders": [ "Succeeded" ] },
              "inputs": { "content": "@body('Get_orders')", "schema": { "type": "array", "items": { "type": "object", "properties": { "id": { "type": "integer" }, "total": { "type": "number" } } } } }
            },
            "Big": { "type": "Query", "inputs": { "from": "@body('Parse')", "where": "@greater(item()?['total'], parameters('limit'))" }, "runAfter": { "Parse": [ "Succeeded" ] } },
            "Each": {
              "type": "Foreach", "foreach": "@body('Big')", "operationOptions": "Sequential", "runAfter": { "Big": [ "Succeeded" ] },
              "actions": { "Post": { "type": "Http", "inputs": { "method": "POST", "uri": "https://erp.example/invoices", "body": { "order": "@item()?['id']" }, "retryPolicy": { "type": "none" } } } }
            },
            "Answer": { "type": "Response", "inputs": { "statusCode": 200, "body": { "count": "@length(body('Big'))" } }, "runAfter": { "Each": [ "Succeeded" ] } }
          }
        }
        """;

    private const string Tests = """
        {
          "flow": "flow.json",
          "tests": [
            {
              "name": "big orders get an invoice",
              "trigger": { "body": { "region": "EU" } },
              "mocks": [
                { "match": { "method": "GET", "uri": "https://erp.example/orders?region=EU" }, "respond": { "body": [ { "id": 1, "total": 50 }, { "id": 2, "total": 150 } ] } },
                { "match": { "method": "POST", "uri": "https://erp.example/invoices", "body": { "order": 2 } }, "respond": 201 }
              ],
              "expect": {
                "status": "Succeeded", "actions": { "Each[*]/Post": "Succeeded" },
                "requests": [ { "method": "POST", "uri": "*/invoices", "count": 1 } ], "response": { "statusCode": 200, "body": { "count": 1 } }
              }
            }
          ]
        }
        """;

    private static async Task<Shown> TestAsync(string written, string broken)
    {
        using var shell = new Shell();
        Assert.That(Flow, Does.Contain(written));
        shell.File("flow.json", Flow.Replace(written, broken, StringComparison.Ordinal));
        return await shell.CallAsync("test", shell.File("f.flowtest.json", Tests));
    }

    [Test]
    public async Task The_whole_flow_passes() => Assert.That((await TestAsync("orders", "orders")).Exit, Is.Zero);

    [TestCase("item()?['id']", "item()?['Id2']", "the body at 'order' is null, not 2", Description = "a misspelt member")]
    [TestCase("https://erp.example/orders", "https://erp.example/order", "the uri is 'https://erp.example/order?region=EU', not 'https://erp.example/orders?region=EU'", Description = "another address")]
    [TestCase("triggerBody()?['region']", "triggerBody()?['area']", "the uri is 'https://erp.example/orders?region='", Description = "a query of null")]
    [TestCase("@greater(", "@less(", "the body at 'order' is 1, not 2", Description = "a condition the wrong way round")]
    [TestCase("\"Big\": [ \"Succeeded\" ]", "\"Big\": [ \"Failed\" ]", "Expected status values 'Failed' and actual value 'Succeeded'", Description = "a wrong runAfter")]
    [TestCase("\"total\": { \"type\": \"number\" }", "\"total\": { \"type\": \"string\" }", "at '[0].total'", Description = "a schema that does not fit")]
    [TestCase("\"method\": \"POST\"", "\"method\": \"PUT\"", "the method is PUT, not POST", Description = "another method")]
    [TestCase("@length(", "@lenght(", "Did you mean 'length'?", Description = "a function that is not there")]
    [TestCase("\"statusCode\": 200", "\"statusCode\": 202", "response.statusCode should be 200, but is 202", Description = "another status")]
    [TestCase("item()?['total']", "item()?['sum']", "'The template language function 'greater' expects all of its parameters to be either integer or decimal numbers. Found invalid parameter types: 'Null'.'", Description = "a value of another type")]
    [TestCase("\"foreach\": \"@body('Big')\"", "\"foreach\": \"@body('Big')?['value']\"", "cannot be evaluated because property 'value' cannot be selected", Description = "a loop over nothing")]
    [TestCase("\"uri\": \"https://erp.example/invoices\"", "\"uri\": \"@triggerBody()?['to']\"", "Each[0]/Post", Description = "an address of null")]
    public async Task The_message_tells_what_to_mend(string written, string broken, string message)
    {
        var shown = await TestAsync(written, broken);

        Assert.That(shown.Exit, Is.EqualTo(4), shown.ToString());
        Assert.That(shown.Out, Does.Contain(message));
    }

    [Test]
    public async Task A_failed_run_names_the_action_and_its_place()
    {
        var shown = await TestAsync("\"foreach\": \"@body('Big')\"", "\"foreach\": \"@body('Big')?['value']\"");
        var line = Array.FindIndex(Flow.ReplaceLineEndings("\n").Split('\n'), text => text.Contains("\"Each\": {", StringComparison.Ordinal)) + 1;

        Assert.That(shown.Out, Does.Contain("status should be \"Succeeded\", but is \"Failed\":").And.Contain($"flow.json({line},"));
    }

    [Test]
    public async Task An_action_that_is_not_there_is_told_before_anything_runs()
    {
        var shown = await TestAsync("@body('Get_orders')", "@body('Get_order')");

        Assert.That((shown.Exit, shown.Out + shown.Error), Is.EqualTo((2, shown.Out + shown.Error)));
        Assert.That(shown.Out + shown.Error, Does.Contain("Did you mean 'Get_orders'?"));
    }
}
