using FlowEngine.Actions;

namespace FlowEngine.Tests.Engine;

[Parallelizable(ParallelScope.All)]
public sealed class ChildWorkflowTests
{
    private const string Call = """{ "Call": { "type": "Workflow", "inputs": { "host": { "workflow": { "id": "Child" } }, "body": { "n": 21 }, "retryPolicy": { "type": "none" } } } }""";

    [Test]
    public async Task The_parent_gets_the_childs_response_and_the_child_goes_on_after_it()
    {
        var (run, time) = await RunAsync(Call, """
            { "Answer": { "type": "Response", "inputs": { "statusCode": 200, "body": "@mul(triggerBody()['n'], 2)" } },
              "Later": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Hour" } }, "runAfter": { "Answer": ["Succeeded"] } } }
            """);

        Assert.That(run.Action("Call").Outputs["body"], Is.EqualTo((FlowValue)42));
        Assert.That(run.EndTime, Is.EqualTo(run.StartTime));
        Assert.That(time.Elapsed, Is.EqualTo(TimeSpan.FromHours(1)));
    }

    [Test]
    public async Task A_child_that_waits_lets_the_clock_move()
    {
        var (run, _) = await RunAsync(Call, """
            { "Wait": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Hour" } } },
              "Answer": { "type": "Response", "inputs": { "statusCode": 200, "body": "late" }, "runAfter": { "Wait": ["Succeeded"] } } }
            """);

        Assert.That(run.Action("Call").EndTime - run.StartTime, Is.EqualTo(TimeSpan.FromHours(1)));
    }

    [Test]
    public async Task A_child_without_a_response_is_a_bad_gateway_and_the_default_policy_starts_it_again()
    {
        var (run, _) = await RunAsync(
            """{ "Call": { "type": "Workflow", "inputs": { "host": { "workflowReferenceName": "child" } } } }""", """{ "Work": { "type": "Compose", "inputs": 1 } }""");

        Assert.That(run.Action("Call").Code, Is.EqualTo("BadGateway"));
        Assert.That(run.Action("Call").Outputs["body"]["error"]["code"], Is.EqualTo(FlowValue.String("NoResponse")));
        Assert.That(run.Action("Call").RetryHistory, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task An_unknown_child_and_a_call_of_itself_are_refused_by_name()
    {
        var (unknown, _) = await RunAsync("""{ "Call": { "type": "Workflow", "inputs": { "host": { "workflow": { "id": "/subscriptions/1/workflows/Nobody" } } } } }""", "{}");

        Assert.That(unknown.Action("Call").Error!.Code, Is.EqualTo("NestedWorkflowNotFound"));
        Assert.That(unknown.Action("Call").Error!.Message, Does.Contain("'Nobody'"));
    }

    private static async Task<(RunResult Run, VirtualTimeProvider Time)> RunAsync(string parent, string child)
    {
        var time = new VirtualTimeProvider(new DateTimeOffset(2026, 1, 31, 8, 0, 0, TimeSpan.Zero));
        await using var engine = WorkflowEngine.Create(builder => builder.UseWorkflows(new One(Workflow.Parse(Definition(child), file: "Child.json"))));
        var run = await engine.RunAsync(Workflow.Parse(Definition(parent)), TriggerRequest.Empty, new RunOptions { Time = time, Seed = 1 });
        return (run, time);
    }

    private static string Definition(string actions) => $$"""{ "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": {} } }, "actions": {{actions}} }""";

    private sealed class One(Workflow child) : IWorkflowCatalog
    {
        public Workflow? Find(string name) => name.Equals("Child", StringComparison.OrdinalIgnoreCase) ? child : null;
    }
}
