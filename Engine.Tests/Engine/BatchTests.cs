using FlowEngine.Actions;

namespace FlowEngine.Tests.Engine;

/// <summary>SendToBatch and the Batch trigger in one process (runtime reference, 3.17 and 4.5).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class BatchTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 8, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task A_message_is_taken_with_the_id_and_the_partition_that_it_has_then()
    {
        var run = await SendAsync("""{ "messageCount": 2 }""", Send("1", "\"messageId\": \"a\", \"partitionName\": \"north\""));
        var unnamed = await SendAsync("""{ "messageCount": 2 }""", Send("1", null));

        Assert.That(run.Action("Send").Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(run.Action("Send").Outputs["body"], Is.EqualTo(FlowValue.Parse("""{ "batchName": "orders", "messageId": "a", "partitionName": "north" }""")));
        Assert.That(unnamed.Action("Send").Outputs["body"]["partitionName"].AsString, Is.EqualTo("DEFAULT"));
        Assert.That(Guid.TryParse(unnamed.Action("Send").Outputs["body"]["messageId"].AsString, out _), Is.True);
    }

    [Test]
    public async Task A_batch_is_released_by_the_number_of_its_messages()
    {
        var run = await SendAsync("""{ "messageCount": 2 }""", Each("@range(1, 5)", Send("@item()", "\"messageId\": \"@{item()}\"")));

        Assert.That(run.BatchRuns.Select(batch => batch.TriggerOutputs), Is.EqualTo(new[]
        {
            FlowValue.Parse("""{ "body": { "batchName": "orders", "partitionName": "DEFAULT", "items": [{ "content": 1, "messageId": "1" }, { "content": 2, "messageId": "2" }] } }"""),
            FlowValue.Parse("""{ "body": { "batchName": "orders", "partitionName": "DEFAULT", "items": [{ "content": 3, "messageId": "3" }, { "content": 4, "messageId": "4" }] } }"""),
        }));
        Assert.That(run.BatchRuns.Select(batch => batch.Action("Count").Outputs), Is.All.EqualTo((FlowValue)2));
    }

    [Test]
    public async Task A_batch_is_released_by_the_bytes_of_its_messages()
    {
        // Texts of 4 bytes: the third makes 12.
        var run = await SendAsync("""{ "batchSize": 10 }""", Each("@createArray('aaaa', 'bbbb', 'cccc', 'dddd')", Send("@item()", null)));

        Assert.That(run.BatchRuns.Single().Action("Count").Outputs, Is.EqualTo((FlowValue)3));
    }

    [Test]
    public async Task A_batch_is_released_at_the_next_occurrence_of_its_recurrence()
    {
        var run = await SendAsync("""{ "recurrence": { "frequency": "Minute", "interval": 5, "startTime": "2026-01-31T08:02:00Z" } }""", Send("1", null));

        Assert.That(run.EndTime, Is.EqualTo(Start));
        Assert.That(run.BatchRuns.Single().StartTime, Is.EqualTo(Start.AddMinutes(2)));
    }

    [Test]
    public async Task A_recurrence_without_start_counts_from_the_first_message()
    {
        var run = await SendAsync(
            """{ "recurrence": { "frequency": "Hour", "interval": 1 } }""",
            """
            { "Wait": { "type": "Wait", "inputs": { "interval": { "count": 10, "unit": "Minute" } } },
              "Send": { "type": "SendToBatch", "inputs": { "batchName": "orders", "content": 1, "host": { "workflow": { "id": "Receiver" }, "triggerName": "batch" } }, "runAfter": { "Wait": ["Succeeded"] } } }
            """);

        Assert.That(run.BatchRuns.Single().StartTime, Is.EqualTo(Start.AddMinutes(70)));
    }

    [Test]
    public async Task The_first_criterion_that_is_met_releases_and_what_comes_then_waits_anew()
    {
        var run = await SendAsync("""{ "messageCount": 2, "recurrence": { "frequency": "Hour", "interval": 1 } }""", Each("@range(1, 3)", Send("@item()", null)));

        Assert.That(run.BatchRuns.Select(batch => (batch.StartTime, batch.Action("Count").Outputs.AsInteger)), Is.EqualTo(new[] { (Start, 2L), (Start.AddHours(1), 1L) }));
    }

    [Test]
    public async Task Partitions_are_released_by_themselves_and_their_names_are_exact()
    {
        var run = await SendAsync("""{ "messageCount": 2 }""", Each("@createArray('a', 'A', 'b', 'a')", Send("@item()", "\"partitionName\": \"@item()\"")));

        Assert.That(run.BatchRuns.Single().TriggerOutputs["body"]["partitionName"].AsString, Is.EqualTo("a"));
    }

    [Test]
    public async Task Batches_of_one_trigger_have_criteria_of_their_own()
    {
        var run = await SendAsync(
            """{ "messageCount": 9 }""",
            """{ "Send": { "type": "SendToBatch", "inputs": { "batchName": "URGENT", "content": 1, "host": { "workflow": { "id": "/x/workflows/Receiver" } } } } }""");

        Assert.That(run.BatchRuns.Single().TriggerOutputs["body"]["batchName"].AsString, Is.EqualTo("urgent"));
    }

    [Test]
    public async Task Senders_of_several_runs_fill_one_batch()
    {
        await using var engine = Engine("""{ "messageCount": 2 }""");
        var workflow = Flow.Of(Send("@workflow()['run']['name']", null));

        var first = await engine.RunAsync(workflow, TriggerRequest.Empty, new RunOptions { Time = new VirtualTimeProvider(Start) });
        var waiting = engine.WaitingBatches;
        var second = await engine.RunAsync(workflow, TriggerRequest.Empty, new RunOptions { Time = new VirtualTimeProvider(Start) });

        Assert.That(waiting, Is.EqualTo(new[] { new WaitingBatch("Receiver", "orders", "DEFAULT", 1) }));
        Assert.That(engine.WaitingBatches, Is.Empty);
        var items = second.BatchRuns.Single().TriggerOutputs["body"]["items"];
        Assert.That((items[0]["content"].AsString, items[1]["content"].AsString), Is.EqualTo((first.RunId, second.RunId)));
    }

    [Test]
    public async Task A_batch_can_be_split_into_a_run_for_each_message()
    {
        var run = await SendAsync("""{ "messageCount": 2 }""", Each("@range(1, 2)", Send("@item()", null)), """, "splitOn": "@triggerBody()?['items']" """, """{ "Echo": { "type": "Compose", "inputs": "@triggerBody()['content']" } }""");

        Assert.That(run.BatchRuns.Select(batch => batch.Action("Echo").Outputs), Is.EqualTo(new[] { (FlowValue)1, (FlowValue)2 }));
    }

    [Test]
    public async Task Runs_of_a_full_trigger_wait_and_none_is_lost()
    {
        var run = await SendAsync(
            """{ "messageCount": 1 }""",
            Each("@range(1, 20)", Send("@item()", null)),
            """, "runtimeConfiguration": { "concurrency": { "runs": 1, "maximumWaitingRuns": 1 } } """,
            """{ "Wait": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Minute" } } } }""");

        Assert.That(run.BatchRuns, Has.Count.EqualTo(20));
        Assert.That(run.BatchRuns.Max(batch => batch.EndTime), Is.EqualTo(Start.AddMinutes(20)));
    }

    [Test]
    public async Task The_batches_own_run_is_seen_by_the_engines_observers_only()
    {
        var host = new Names();
        var own = new Names();
        await using var engine = WorkflowEngine.Create(builder => builder.UseWorkflows(new One(Receiver("""{ "messageCount": 1 }"""))).AddObserver(host));

        await engine.RunAsync(Flow.Of(Send("1", null)), TriggerRequest.Empty, new RunOptions { Time = new VirtualTimeProvider(Start), Observer = own });

        Assert.That(host.Started, Is.EqualTo(new[] { "workflow", "Receiver" }));
        Assert.That(own.Started, Is.EqualTo(new[] { "workflow" }));
    }

    [TestCase("\"batchName\": \"nobody\", \"host\": { \"workflow\": { \"id\": \"Receiver\" } }", "BatchConfigurationNotFound", "It has 'orders', 'urgent'")]
    [TestCase("\"batchName\": \"orders\", \"host\": { \"workflow\": { \"id\": \"Nobody\" } }", "NestedWorkflowNotFound", "'Nobody'")]
    [TestCase("\"batchName\": \"orders\", \"host\": { \"workflow\": { \"id\": \"Receiver\" }, \"triggerName\": \"manual\" }", "BatchTriggerNotFound", "'manual'")]
    [TestCase("\"batchName\": \"orders\", \"host\": { \"workflow\": { } }", "BadRequest", "host.workflow.id")]
    [TestCase("\"batchName\": 5, \"host\": { \"workflow\": { \"id\": \"Receiver\" } }", "BadRequest", "'batchName' must be text")]
    [TestCase("\"batchName\": \"orders\", \"messageId\": {}, \"host\": { \"workflow\": { \"id\": \"Receiver\" } }", "BadRequest", "'messageId'")]
    public async Task A_message_that_nobody_takes_fails_the_action(string inputs, string code, string words)
    {
        var run = await SendAsync("""{ "messageCount": 1 }""", $$"""{ "Send": { "type": "SendToBatch", "inputs": { "content": 1, {{inputs}} } } }""");

        Assert.That((run.Action("Send").Status, run.Action("Send").Error!.Code), Is.EqualTo((ActionStatus.Failed, code)));
        Assert.That(run.Action("Send").Error!.Message, Does.Contain(words));
    }

    [Test]
    public async Task Criteria_that_cannot_be_read_are_told_to_the_sender()
    {
        var run = await SendAsync("""{ "messageCount": "@parameters('gone')" }""", Send("1", null));

        Assert.That(run.Action("Send").Error!.Code, Is.EqualTo("InvalidBatchConfiguration"));
    }

    private static string Send(string content, string? more)
    {
        var value = content.StartsWith('@') ? $"\"{content}\"" : content;
        return $$"""{ "Send": { "type": "SendToBatch", "inputs": { "batchName": "orders", "content": {{value}}, {{(more is null ? "" : more + ",")}} "host": { "workflow": { "id": "Receiver" }, "triggerName": "batch" } } } }""";
    }

    private static string Each(string items, string actions) => $$"""{ "Each": { "type": "Foreach", "foreach": "{{items}}", "operationOptions": "Sequential", "actions": {{actions}} } }""";

    private static async Task<RunResult> SendAsync(string criteria, string actions, string trigger = "", string received = """{ "Count": { "type": "Compose", "inputs": "@length(triggerBody()['items'])" } }""")
    {
        await using var engine = WorkflowEngine.Create(builder => builder.UseWorkflows(new One(Receiver(criteria, trigger, received))));
        return await engine.RunAsync(Flow.Of(actions), TriggerRequest.Empty, new RunOptions { Time = new VirtualTimeProvider(Start), Seed = 1 });
    }

    private static WorkflowEngine Engine(string criteria) => WorkflowEngine.Create(builder => builder.UseWorkflows(new One(Receiver(criteria))));

    private static Workflow Receiver(string criteria, string trigger = "", string received = """{ "Count": { "type": "Compose", "inputs": "@length(triggerBody()['items'])" } }""") => Workflow.Parse(
        $$"""
        { "triggers": { "batch": { "type": "Batch", "inputs": { "mode": "Inline", "configurations": {
            "orders": { "releaseCriteria": {{criteria}} }, "urgent": { "releaseCriteria": { "messageCount": 1 } } } } {{trigger}} } },
          "actions": {{received}} }
        """,
        file: "Receiver.json");

    private sealed class One(Workflow receiver) : IWorkflowCatalog
    {
        public Workflow? Find(string name) => name.Equals("Receiver", StringComparison.OrdinalIgnoreCase) ? receiver : null;
    }

    private sealed class Names : IRunObserver
    {
        public List<string> Started { get; } = [];

        public void OnRunStarted(RunStart run) => Started.Add(run.Workflow);
    }
}
