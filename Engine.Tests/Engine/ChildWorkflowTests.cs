using FlowEngine.Actions;
using FlowEngine.Testing;

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
    public async Task A_child_that_has_answered_outlives_the_end_of_the_call_and_of_the_parent()
    {
        var (run, time) = await RunAsync(
            """
            { "Call": { "type": "Workflow", "limit": { "timeout": "PT1M" }, "inputs": { "host": { "workflow": { "id": "Child" } }, "retryPolicy": { "type": "none" } } },
              "Stop": { "type": "Terminate", "inputs": { "runStatus": "Cancelled" }, "runAfter": { "Call": ["Succeeded"] } } }
            """,
            """
            { "Answer": { "type": "Response", "inputs": { "statusCode": 200 } },
              "Later": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Hour" } }, "runAfter": { "Answer": ["Succeeded"] } } }
            """);

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Cancelled));
        Assert.That(time.Elapsed, Is.EqualTo(TimeSpan.FromHours(1)));
    }

    [Test]
    public async Task A_child_that_has_not_answered_ends_with_the_call()
    {
        var (run, time) = await RunAsync(
            """{ "Call": { "type": "Workflow", "limit": { "timeout": "PT1M" }, "inputs": { "host": { "workflow": { "id": "Child" } }, "retryPolicy": { "type": "none" } } } }""",
            """
            { "Later": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Hour" } } },
              "Answer": { "type": "Response", "inputs": { "statusCode": 200 }, "runAfter": { "Later": ["Succeeded"] } } }
            """);

        Assert.That(run.Action("Call").Status, Is.EqualTo(ActionStatus.TimedOut));
        Assert.That(time.Elapsed, Is.EqualTo(TimeSpan.FromMinutes(1)));
    }

    [Test]
    public async Task The_hosts_limit_ends_a_child_that_has_answered_too()
    {
        var (run, time) = await RunAsync(
            Call,
            """
            { "Answer": { "type": "Response", "inputs": { "statusCode": 200 } },
              "Later": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Hour" } }, "runAfter": { "Answer": ["Succeeded"] } } }
            """,
            options => options with { Timeout = TimeSpan.FromMinutes(5) });

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(time.Elapsed, Is.EqualTo(TimeSpan.FromMinutes(5)));
    }

    [Test]
    public async Task Where_a_host_wants_it_a_child_without_a_response_is_accepted_and_goes_on_by_itself()
    {
        var (run, time) = await RunAsync(Call, """{ "Later": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Hour" } } } }""", choice: ChildWithoutResponse.Accepted);

        Assert.That((run.Action("Call").Status, run.Action("Call").Code), Is.EqualTo((ActionStatus.Succeeded, "Accepted")));
        Assert.That(run.EndTime, Is.EqualTo(run.StartTime));
        Assert.That(time.Elapsed, Is.EqualTo(TimeSpan.FromHours(1)));
    }

    [Test]
    public async Task Where_a_host_wants_it_a_child_without_a_response_is_refused()
    {
        var (run, _) = await RunAsync(Call, """{ "Work": { "type": "Compose", "inputs": 1 } }""", choice: ChildWithoutResponse.Refused);

        Assert.That(run.Action("Call").Error!.Code, Is.EqualTo("NestedWorkflowDoesNotContainResponseAction"));
    }

    [Test]
    public async Task A_child_that_accepts_is_asked_for_its_end_unless_the_pattern_is_off()
    {
        const string Accepts = """{ "Answer": { "type": "Response", "inputs": { "statusCode": 202, "headers": { "Location": "https://status.example/1", "Retry-After": "30" } } } }""";
        using var server = new MockHttpHandler(MockSet.Parse("""[{ "match": { "uri": "https://status.example/1" }, "respond": [{ "status": 202, "headers": { "Retry-After": "60" } }, { "status": 200, "body": "done" }] }]""", "mocks.json"));

        var (polled, time) = await RunAsync(Call, Accepts, options => options with { HttpHandler = server });
        var (taken, _) = await RunAsync(Call.Replace("\"type\": \"Workflow\",", "\"type\": \"Workflow\", \"operationOptions\": \"DisableAsyncPattern\",", StringComparison.Ordinal), Accepts);

        Assert.That(polled.Action("Call").Outputs["body"], Is.EqualTo(FlowValue.String("done")));
        Assert.That(time.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(90)));
        Assert.That(taken.Action("Call").Code, Is.EqualTo("Accepted"));
    }

    [Test]
    public async Task A_child_that_waits_for_a_callback_gets_it_from_a_mock()
    {
        var mocks = MockSet.Parse("""[{ "respond": { "status": 200 } }, { "action": "Ask", "callback": { "after": "PT1H", "body": "yes" } }]""", "mocks.json");
        using var server = new MockHttpHandler(mocks);
        var (run, _) = await RunAsync(
            Call,
            """
            { "Ask": { "type": "HttpWebhook", "inputs": { "subscribe": { "method": "POST", "uri": "https://hooks.example/ask", "body": "@listCallbackUrl()" } } },
              "Answer": { "type": "Response", "inputs": { "statusCode": 200, "body": "@body('Ask')" }, "runAfter": { "Ask": ["Succeeded"] } } }
            """,
            options => options with { HttpHandler = server, Interceptor = new MockActionInterceptor(mocks) });

        Assert.That(run.Action("Call").Outputs["body"], Is.EqualTo(FlowValue.String("yes")));
    }

    [Test]
    public async Task An_unknown_child_and_a_call_of_itself_are_refused_by_name()
    {
        var (unknown, _) = await RunAsync("""{ "Call": { "type": "Workflow", "inputs": { "host": { "workflow": { "id": "/subscriptions/1/workflows/Nobody" } } } } }""", "{}");

        Assert.That(unknown.Action("Call").Error!.Code, Is.EqualTo("NestedWorkflowNotFound"));
        Assert.That(unknown.Action("Call").Error!.Message, Does.Contain("'Nobody'"));
    }

    [Test]
    public async Task Children_that_have_ended_are_let_go_while_the_result_is_kept()
    {
        var children = new List<WeakReference>();
        var options = new WorkflowOptions { Actions = [new ActionSpec(new FlowEngine.Definitions.ActionTypeInfo("Note"), _ => new NoteAction(children))] };
        var child = Workflow.Parse(Definition("""{ "Note": { "type": "Note" }, "Answer": { "type": "Response", "inputs": { "statusCode": 200 }, "runAfter": { "Note": ["Succeeded"] } } }"""), options, "Child.json");
        await using var engine = WorkflowEngine.Create(builder => builder.UseWorkflows(new One(child)));
        var parent = Workflow.Parse(Definition($$"""{ "Loop": { "type": "Foreach", "foreach": "@range(0, 40)", "operationOptions": "Sequential", "actions": {{Call}} } }"""));

        var run = await engine.RunAsync(parent, TriggerRequest.Empty, new RunOptions { Time = new VirtualTimeProvider(), Seed = 1 });
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.That(children, Has.Count.EqualTo(40));
        Assert.That(children.Count(reference => reference.IsAlive), Is.LessThan(5), "the last may still be on a stack");
        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded));
        GC.KeepAlive(run);
    }

    [Test]
    public async Task Workflows_of_one_file_may_call_each_other_and_only_a_call_of_itself_is_one()
    {
        using var shell = new Shell();
        const string Call = """{ "Call": { "type": "Workflow", "inputs": { "host": { "workflow": { "id": "NAME" } }, "retryPolicy": { "type": "none" } } } }""";
        var resource = (string name, string actions) => $$"""
            { "type": "Microsoft.Logic/workflows", "apiVersion": "2019-05-01", "name": "{{name}}", "properties": { "definition": {{Definition(actions)}} } }
            """;
        shell.File("package/template.json", $$"""
            { "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [
                {{resource("One", Call.Replace("NAME", "Two", StringComparison.Ordinal))}},
                {{resource("Two", """{ "Answer": { "type": "Response", "inputs": { "statusCode": 200, "body": "hello" } } }""")}},
                {{resource("Itself", Call.Replace("NAME", "Itself", StringComparison.Ordinal))}} ] }
            """);

        var other = await shell.CallAsync("run", shell.Path("package"), "--flow", "One", "--json");
        var itself = await shell.CallAsync("run", shell.Path("package"), "--flow", "Itself", "--json");

        Assert.That(other.Json["actions"]["Call"]["outputs"]["body"].AsStringOrNull, Is.EqualTo("hello"), other.ToString());
        Assert.That(itself.Json["actions"]["Call"]["error"]["code"].AsStringOrNull, Is.EqualTo("WorkflowSelfReference"), itself.ToString());
    }

    [Test]
    public async Task Two_texts_without_a_file_are_not_the_same_workflow()
    {
        var child = Workflow.Parse(Definition("""{ "Answer": { "type": "Response", "inputs": { "statusCode": 200, "body": "hello" } } }"""));
        await using var engine = WorkflowEngine.Create(builder => builder.UseWorkflows(new One(child)));

        var run = await engine.RunAsync(Workflow.Parse(Definition(Call)), TriggerRequest.Empty, new RunOptions { Time = new VirtualTimeProvider(), Seed = 1 });

        Assert.That(run.Action("Call").Outputs["body"], Is.EqualTo(FlowValue.String("hello")));
    }

    private static async Task<(RunResult Run, VirtualTimeProvider Time)> RunAsync(
        string parent, string child, Func<RunOptions, RunOptions>? configure = null, ChildWithoutResponse choice = ChildWithoutResponse.BadGateway)
    {
        var time = new VirtualTimeProvider(new DateTimeOffset(2026, 1, 31, 8, 0, 0, TimeSpan.Zero));
        await using var engine = WorkflowEngine.Create(builder => builder.UseWorkflows(new One(Workflow.Parse(Definition(child), file: "Child.json"))).UseChildWithoutResponse(choice));
        var options = new RunOptions { Time = time, Seed = 1 };
        var run = await engine.RunAsync(Workflow.Parse(Definition(parent)), TriggerRequest.Empty, configure?.Invoke(options) ?? options);
        return (run, time);
    }

    private static string Definition(string actions) => $$"""{ "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": {} } }, "actions": {{actions}} }""";

    private sealed class NoteAction(List<WeakReference> scopes) : IActionExecutor
    {
        public FlowEngine.Expressions.Expression? Inputs => null;

        public bool IsPure => false;

        public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation)
        {
            scopes.Add(new WeakReference(scope));
            return new(ActionOutcome.Succeeded(default));
        }
    }

    private sealed class One(Workflow child) : IWorkflowCatalog
    {
        public Workflow? Find(string name) => name.Equals("Child", StringComparison.OrdinalIgnoreCase) ? child : null;
    }
}
