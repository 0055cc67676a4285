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

    [Test]
    public async Task A_workflow_that_is_compiled_anew_stands_in_the_same_line()
    {
        using var hooks = new Hooks();
        await using var engine = WorkflowEngine.Create();
        Workflow Compiled() => Flow.Of(Ask, """{ "manual": { "type": "Request", "inputs": {}, "operationOptions": "SingleInstance" } }""");
        var options = new RunOptions { HttpHandler = hooks };
        var first = await engine.StartAsync(Compiled(), TriggerRequest.Empty, options);
        var second = await engine.StartAsync(Compiled(), TriggerRequest.Empty, options);

        Assert.That(second.Callback("Ask", CallbackMessage.Empty), Is.False, "it has not begun");
        first.Cancel();
        second.Cancel();
        await Task.WhenAll(first.Completion, second.Completion);
    }

    [Test, CancelAfter(60_000)]
    public async Task A_child_that_would_wait_for_its_own_ancestor_is_refused(CancellationToken hung)
    {
        await using var engine = WorkflowEngine.Create(builder => builder.UseWorkflows(new Known(Caller("A", "B"), Caller("B", "A"))));

        var run = await engine.RunAsync(Caller("A", "B"), TriggerRequest.Empty, Patient(new VirtualTimeProvider(Start)), hung);

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(run.Action("Call").Outputs["body"], Is.EqualTo(FlowValue.String("NestedWorkflowWaitsForItself")), "B was told so, and went on");
    }

    [Test, CancelAfter(60_000)]
    public async Task Runs_that_would_wait_for_each_other_are_not_left_waiting(CancellationToken hung)
    {
        var time = new VirtualTimeProvider(Start);
        var (a, b) = (Caller("A", "B"), Caller("B", "A"));
        await using var engine = WorkflowEngine.Create(builder => builder.UseWorkflows(new Known(a, b)));
        var options = Patient(time);

        // Both hold their places before either calls.
        time.EnterWork();
        var (first, second) = (engine.RunAsync(a, TriggerRequest.Empty, options, hung), engine.RunAsync(b, TriggerRequest.Empty, options, hung));
        time.ExitWork();
        var runs = await Task.WhenAll(first, second);

        Assert.That(runs.Select(run => run.Status), Is.All.EqualTo(ActionStatus.Succeeded));
        Assert.That(runs.Count(run => run.Action("Call").Error?.Code == "NestedWorkflowWaitsForItself"), Is.EqualTo(1), "the one that came last");
    }

    [Test, CancelAfter(60_000)]
    public async Task A_child_waits_for_an_ancestor_that_does_not_wait_for_it(CancellationToken hung)
    {
        var time = new VirtualTimeProvider(Start);
        // B answers before it calls A: nobody waits for B any longer, so A ends and makes room.
        var answersFirst = Workflow.Parse(
            """
            { "triggers": { "manual": { "type": "Request", "inputs": {} } },
              "actions": { "Answer": { "type": "Response", "inputs": { "statusCode": 200, "body": "@triggerBody()" } },
                "Call": { "type": "Workflow", "inputs": { "host": { "workflow": { "id": "A" } }, "body": "second", "retryPolicy": { "type": "none" } }, "runAfter": { "Answer": ["Succeeded"] } } } }
            """,
            file: "B.json");
        var single = Workflow.Parse(
            """
            { "triggers": { "manual": { "type": "Request", "inputs": {}, "operationOptions": "SingleInstance" } },
              "actions": {
                "Once": { "type": "If", "expression": "@not(equals(triggerBody(), 'second'))",
                  "actions": { "Call": { "type": "Workflow", "inputs": { "host": { "workflow": { "id": "B" } }, "retryPolicy": { "type": "none" } } },
                               "Pause": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Hour" } }, "runAfter": { "Call": ["Succeeded"] } } },
                  "else": { "actions": { "Late": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Hour" } } } } } },
                "Answer": { "type": "Response", "inputs": { "statusCode": 200 }, "runAfter": { "Once": ["Succeeded"] } } } }
            """,
            file: "A.json");
        await using var engine = WorkflowEngine.Create(builder => builder.UseWorkflows(new Known(single, answersFirst)));

        var run = await engine.RunAsync(single, TriggerRequest.Empty, Patient(time), hung);

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(time.Elapsed, Is.EqualTo(TimeSpan.FromHours(2)), "one after the other");
    }

    [CancelAfter(60_000)]
    [TestCase("start")]
    [TestCase("end")]
    public async Task An_observer_that_fails_costs_no_place_and_leaves_nobody_waiting(string when, CancellationToken hung)
    {
        await using var engine = WorkflowEngine.Create();
        var workflow = Flow.Of(Pause, """{ "manual": { "type": "Request", "inputs": {}, "splitOn": "@triggerBody()", "operationOptions": "SingleInstance" } }""");
        var options = new RunOptions { Time = new VirtualTimeProvider(Start), Seed = 1, Observer = new Faulty(when) };

        // Each of three runs fails so: the first on this thread, the others when it is their turn.
        var fired = engine.FireAsync(workflow, TriggerRequest.WithBody(FlowValue.Parse("[1, 2, 3]")), options, hung);
        Assert.That(async () => await fired.WaitAsync(hung), Throws.InstanceOf<NotSupportedException>().With.Message.EqualTo(when));
        var next = await engine.FireAsync(workflow, TriggerRequest.WithBody(FlowValue.Parse("[4]")), options with { Observer = null }, hung);

        Assert.That(next.Runs.Single().Status, Is.EqualTo(ActionStatus.Succeeded), "there is room");
    }

    [Test]
    public async Task A_limit_counts_from_the_start_not_from_the_wait_for_a_place()
    {
        var time = new VirtualTimeProvider(Start);
        var child = Workflow.Parse(
            """
            { "triggers": { "manual": { "type": "Request", "inputs": {} } },
              "actions": { "Pause": { "type": "Wait", "inputs": { "interval": { "count": 10, "unit": "Minute" } } }, "Answer": { "type": "Response", "inputs": { "statusCode": 200 }, "runAfter": { "Pause": ["Succeeded"] } } } }
            """,
            file: "Child.json");
        await using var engine = WorkflowEngine.Create(builder => builder.UseWorkflows(new One(child)));
        var parent = Flow.Of(
            """
            { "Pause": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Hour" } } },
              "Call": { "type": "Workflow", "inputs": { "host": { "workflow": { "id": "Child" } }, "retryPolicy": { "type": "none" } }, "runAfter": { "Pause": ["Succeeded"] } } }
            """,
            """{ "manual": { "type": "Request", "inputs": {}, "splitOn": "@triggerBody()", "operationOptions": "SingleInstance" } }""");

        var fired = await engine.FireAsync(parent, TriggerRequest.WithBody(FlowValue.Parse("[1, 2]")), new RunOptions { Time = time, Seed = 1, Timeout = TimeSpan.FromMinutes(90) });

        Assert.That(fired.Runs.Select(run => run.Status), Is.All.EqualTo(ActionStatus.Succeeded));
        Assert.That(time.Elapsed, Is.EqualTo(TimeSpan.FromMinutes(140)));
    }

    [Test]
    public async Task What_is_left_of_a_limit_is_counted_on_each_clock_by_itself()
    {
        var time = new VirtualTimeProvider(Start);
        var real = TimeProvider.System.GetTimestamp();
        var deadline = RunDeadline.After(TimeSpan.FromHours(1), new RunClock(time))!;

        await time.AdvanceToAsync(Start.AddMinutes(59));

        Assert.That(deadline.Ticks, Is.EqualTo(Start.AddHours(1).UtcTicks));
        Assert.That(TimeProvider.System.GetElapsedTime(real, deadline.RealTimestamp!.Value), Is.GreaterThanOrEqualTo(TimeSpan.FromHours(1)), "virtual time has passed, real time has not");
    }

    [Test]
    public void What_is_posted_to_a_loop_waits_for_its_start()
    {
        var loop = new RunLoop(new RunClock(TimeProvider.System));
        var order = new List<string>();

        loop.Post(_ => order.Add("posted"), null);
        Assert.That(order, Is.Empty, "the poster's thread must not be inside beside the starter's");
        loop.Run(() => order.Add("start"));

        Assert.That(order, Is.EqualTo(new[] { "start", "posted" }));
    }

    private static RunOptions Patient(VirtualTimeProvider time) => new() { Time = time, Seed = 1, ResponseTimeout = TimeSpan.FromDays(1) };

    // Calls another workflow after an hour and answers with the code of what came of that. One run at a time.
    private static Workflow Caller(string name, string other) => Workflow.Parse(
        $$"""
        { "triggers": { "manual": { "type": "Request", "inputs": {}, "operationOptions": "SingleInstance" } },
          "actions": {
            "Pause": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Hour" } } },
            "Call": { "type": "Workflow", "inputs": { "host": { "workflow": { "id": "{{other}}" } }, "retryPolicy": { "type": "none" } }, "runAfter": { "Pause": ["Succeeded"] } },
            "Answer": { "type": "Response", "inputs": { "statusCode": 200, "body": "@coalesce(actions('Call')?['error']?['code'], 'none')" }, "runAfter": { "Call": ["Succeeded", "Failed"] } } } }
        """,
        file: name + ".json");

    private sealed class One(Workflow child) : IWorkflowCatalog
    {
        public Workflow? Find(string name) => child;
    }

    private sealed class Known(params Workflow[] workflows) : IWorkflowCatalog
    {
        public Workflow? Find(string name) => Array.Find(workflows, workflow => workflow.Name == name);
    }

    private sealed class Faulty(string when) : IRunObserver
    {
        public void OnRunStarted(RunStart run)
        {
            if (when == "start") throw new NotSupportedException(when);
        }

        public void OnRunCompleted(RunResult run)
        {
            if (when == "end") throw new NotSupportedException(when);
        }
    }

    private sealed class Hooks : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage());
    }
}
