using FlowEngine.Actions;

namespace FlowEngine.Tests.Engine;

/// <summary>Rules: runtime reference, 4.1.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class TriggerConcurrencyTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 8, 0, 0, TimeSpan.Zero);

    private const string Pause = """{ "Pause": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Hour" } } } }""";
    private const string Ask = """{ "Ask": { "type": "HttpWebhook", "inputs": { "subscribe": { "method": "POST", "uri": "https://hooks.example/ask" } } } }""";

    [TestCase("\"runtimeConfiguration\": { \"concurrency\": { \"runs\": 2 } }", 2)]
    [TestCase("\"runtimeConfiguration\": { \"concurrency\": { \"runs\": 1 } }", 4)]
    [TestCase("\"operationOptions\": \"SingleInstance\"", 4)]
    [TestCase("\"runtimeConfiguration\": { \"concurrency\": {} }", 1)]
    [TestCase("\"description\": \"no limit\"", 1)]
    public async Task Runs_beyond_the_limit_wait_for_those_before_them(string setting, int hours)
    {
        var time = new VirtualTimeProvider(Start);
        await using var engine = WorkflowEngine.Create();
        var workflow = Flow.Of(Pause, $$"""{ "manual": { "type": "Request", "inputs": {}, "splitOn": "@triggerBody()", {{setting}} } }""");

        var fired = await engine.FireAsync(workflow, TriggerRequest.WithBody(FlowValue.Parse("[1, 2, 3, 4]")), new RunOptions { Time = time, Seed = 1 });

        Assert.That(fired.Runs.Select(run => run.Status), Is.All.EqualTo(ActionStatus.Succeeded));
        Assert.That(time.Elapsed, Is.EqualTo(TimeSpan.FromHours(hours)));
    }

    [Test]
    public async Task A_caller_that_finds_the_queue_full_is_told_to_come_again()
    {
        using var hooks = new Hooks();
        await using var engine = WorkflowEngine.Create();
        var workflow = Flow.Of(Ask, """{ "manual": { "type": "Request", "inputs": {}, "runtimeConfiguration": { "concurrency": { "runs": 1, "maximumWaitingRuns": 1 } } } }""");
        var options = new RunOptions { HttpHandler = hooks };
        var first = await engine.StartAsync(workflow, TriggerRequest.Empty, options);
        var second = await engine.StartAsync(workflow, TriggerRequest.Empty, options);

        var refused = Assert.ThrowsAsync<RunNotStartedException>(() => engine.StartAsync(workflow, TriggerRequest.Empty, options))!.Reason;
        Assert.That((refused.StatusCode, refused.Code), Is.EqualTo((429, "WorkflowMaximumWaitingRunCountExceeded")));
        Assert.That(refused.Trigger["status"], Is.EqualTo(FlowValue.String("Failed")));
        Assert.That(second.Callback("Ask", CallbackMessage.Empty), Is.False, "it has not begun");

        Assert.That(first.Callback("Ask", CallbackMessage.Empty), Is.True);
        await first.Completion;
        while (!second.Callback("Ask", CallbackMessage.Empty)) await Task.Yield();
        Assert.That((await second.Completion).Status, Is.EqualTo(ActionStatus.Succeeded));
    }

    [Test]
    public async Task A_schedule_that_finds_the_queue_full_skips_its_beat()
    {
        using var hooks = new Hooks();
        await using var engine = WorkflowEngine.Create();
        var workflow = Flow.Of(Ask, """{ "beat": { "type": "Recurrence", "recurrence": { "frequency": "Hour", "interval": 1 }, "runtimeConfiguration": { "concurrency": { "runs": 1, "maximumWaitingRuns": 1 } } } }""");
        var options = new RunOptions { HttpHandler = hooks };
        var first = await engine.StartAsync(workflow, TriggerRequest.Empty, options);
        var second = await engine.StartAsync(workflow, TriggerRequest.Empty, options);

        var fired = await engine.FireAsync(workflow, TriggerRequest.Empty, options);

        Assert.That((fired.NotStarted!.StatusCode, fired.NotStarted.Code), Is.EqualTo((202, (string?)null)));
        Assert.That(fired.NotStarted.Trigger["status"], Is.EqualTo(FlowValue.String("Skipped")));
        first.Cancel();
        second.Cancel();
        await Task.WhenAll(first.Completion, second.Completion);
    }

    [Test]
    public async Task A_run_that_is_cancelled_while_it_waits_ends_at_once()
    {
        using var hooks = new Hooks();
        await using var engine = WorkflowEngine.Create();
        var workflow = Flow.Of(Ask, """{ "manual": { "type": "Request", "inputs": {}, "operationOptions": "SingleInstance" } }""");
        var options = new RunOptions { HttpHandler = hooks };
        var first = await engine.StartAsync(workflow, TriggerRequest.Empty, options);
        var second = await engine.StartAsync(workflow, TriggerRequest.Empty, options);

        second.Cancel();
        var cancelled = await second.Completion;

        Assert.That(cancelled.Status, Is.EqualTo(ActionStatus.Cancelled));
        Assert.That(cancelled.Action("Ask").Status, Is.EqualTo(ActionStatus.Skipped));
        Assert.That(first.Completion.IsCompleted, Is.False);
        first.Callback("Ask", CallbackMessage.Empty);
        Assert.That((await first.Completion).Status, Is.EqualTo(ActionStatus.Succeeded));
    }

    [Test]
    public async Task Calls_of_a_child_wait_for_their_turn()
    {
        var time = new VirtualTimeProvider(Start);
        var child = Workflow.Parse(
            """
            { "triggers": { "manual": { "type": "Request", "inputs": {}, "operationOptions": "SingleInstance" } },
              "actions": { "Pause": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Hour" } } }, "Answer": { "type": "Response", "inputs": { "statusCode": 200 }, "runAfter": { "Pause": ["Succeeded"] } } } }
            """,
            file: "Child.json");
        await using var engine = WorkflowEngine.Create(builder => builder.UseWorkflows(new One(child)));
        var parent = Flow.Of("""{ "Loop": { "type": "Foreach", "foreach": "@range(0, 3)", "actions": { "Call": { "type": "Workflow", "inputs": { "host": { "workflow": { "id": "Child" } }, "retryPolicy": { "type": "none" } } } } } }""");

        var run = await engine.RunAsync(parent, TriggerRequest.Empty, new RunOptions { Time = time, Seed = 1 });

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(time.Elapsed, Is.EqualTo(TimeSpan.FromHours(3)));
    }

    private sealed class One(Workflow child) : IWorkflowCatalog
    {
        public Workflow? Find(string name) => child;
    }

    private sealed class Hooks : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage());
    }
}
