using FlowEngine.Testing;

namespace FlowEngine.Benchmarks.Scenarios;

/// <summary>One test case of a flow that calls two services and branches on an answer: mocks in, run, assertion out.</summary>
internal sealed class MockedCase
{
    public const string Name = "test.mocked-case";

    private const string Actions =
        """
        { "Get_rate": { "type": "Http", "inputs": { "method": "GET", "uri": "https://rates.example/latest?base=@{triggerBody()?['currency']}" }, "runAfter": {} },
          "Parse": { "type": "ParseJson", "inputs": { "content": "@body('Get_rate')", "schema": { "type": "object", "properties": { "rate": { "type": "number" } } } }, "runAfter": { "Get_rate": ["Succeeded"] } },
          "Is_high": { "type": "If", "expression": { "and": [{ "greater": ["@body('Parse')?['rate']", 1] }] }, "runAfter": { "Parse": ["Succeeded"] },
            "actions": { "Notify": { "type": "Http", "inputs": { "method": "POST", "uri": "https://notify.example/messages", "body": { "rate": "@body('Parse')?['rate']" } }, "runAfter": {} } } },
          "Result": { "type": "Compose", "inputs": "@concat(triggerBody()?['currency'], ' ', string(body('Parse')?['rate']))", "runAfter": { "Is_high": ["Succeeded"] } } }
        """;

    private readonly Lazy<Workflow> _workflow = new(() => Workflow.Parse(Flows.Whole(Actions)));

    public FlowTestRun Run()
    {
        var run = FlowTest.Of(_workflow.Value)
            .WithTriggerBody("""{"currency":"EUR"}""")
            .MockHttp(mock => mock.Get("https://rates.example/latest*").ReturnsJson(200, """{"rate":1.09}"""))
            .MockHttp(mock => mock.Post("https://notify.example/*").Returns(202))
            .RunAsync().GetAwaiter().GetResult();
        return run["Result"].Outputs.AsStringOrNull == "EUR 1.09" ? run : throw new InvalidOperationException("The mocked case gave another result.");
    }
}
