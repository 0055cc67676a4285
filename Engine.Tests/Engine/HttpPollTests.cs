using FlowEngine.Actions;
using FlowEngine.Testing;

namespace FlowEngine.Tests.Engine;

/// <summary>Triggers of type Http ask a server (runtime reference, 4.5).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HttpPollTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 8, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task An_answer_200_starts_a_run_with_status_headers_and_body()
    {
        var fired = await FireAsync("""{ "status": 200, "headers": { "X-A": "1" }, "body": { "n": 5 } }""");

        var outputs = fired.Runs.Single().Action("Show").Outputs;
        Assert.That((outputs["statusCode"], outputs["body"]), Is.EqualTo(((FlowValue)200, FlowValue.Parse("""{ "n": 5 }"""))));
        Assert.That(outputs["headers"]["X-A"].AsString, Is.EqualTo("1"));
    }

    [TestCase(202)]
    [TestCase(201)]
    [TestCase(204)]
    public async Task Another_good_answer_starts_none(int status)
    {
        var fired = await FireAsync($$"""{ "status": {{status}}, "headers": { "Location": "https://poll.example/next" } }""");

        Assert.That((fired.Runs.Count, fired.NotStarted!.StatusCode, fired.NotStarted.Trigger["status"].AsString), Is.EqualTo((0, 202, "Skipped")));
    }

    [Test]
    public async Task A_bad_answer_is_tried_again_by_the_retry_policy_and_fails_the_trigger()
    {
        var recovered = await FireAsync("""[{ "status": 503 }, { "status": 200 }]""", """ "retryPolicy": { "type": "fixed", "count": 1, "interval": "PT10S" } """);
        var failed = await FireAsync("""[{ "status": 503 }, { "status": 500 }]""", """ "retryPolicy": { "type": "fixed", "count": 1, "interval": "PT10S" } """);
        var refused = await FireAsync("""[{ "status": 404 }, { "status": 200 }]""");

        Assert.That(recovered.Runs.Single().StartTime, Is.EqualTo(Start.AddSeconds(10)));
        Assert.That((failed.Runs.Count, failed.NotStarted!.Code, failed.NotStarted.Trigger["status"].AsString), Is.EqualTo((0, "InternalServerError", "Failed")));
        Assert.That((refused.Runs.Count, refused.NotStarted!.Code), Is.EqualTo((0, "NotFound")));
    }

    [Test]
    public async Task A_server_that_cannot_be_reached_fails_the_trigger()
    {
        var fired = await FireAsync("""{ "fault": "unresolved" }""", """ "retryPolicy": { "type": "none" } """);

        Assert.That(fired.NotStarted!.Code, Is.EqualTo("UnresolvableHostName"));
        Assert.That(fired.NotStarted.Message, Does.Contain("poll.example"));
    }

    [Test]
    public async Task A_condition_on_the_status_code_takes_the_place_of_the_rule()
    {
        const string Condition = """, "conditions": [{ "expression": "@equals(triggerOutputs()['statusCode'], 404)" }] """;

        var met = await FireAsync("""{ "status": 404 }""", trigger: Condition);
        var missed = await FireAsync("""{ "status": 200 }""", trigger: Condition);

        Assert.That((met.Runs.Count, missed.Runs.Count, missed.NotStarted!.Trigger["error"]["code"].AsString), Is.EqualTo((1, 0, "TriggerConditionNotMet")));
    }

    [Test]
    public async Task A_condition_on_the_body_leaves_the_rule_as_it_is()
    {
        const string Condition = """, "conditions": [{ "expression": "@equals(triggerBody()?['n'], 5)" }] """;

        var met = await FireAsync("""{ "status": 200, "body": { "n": 5 } }""", trigger: Condition);
        var missed = await FireAsync("""{ "status": 202, "body": { "n": 5 } }""", trigger: Condition);

        Assert.That((met.Runs.Count, missed.Runs.Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task An_answer_is_split_like_any_other_outputs()
    {
        var fired = await FireAsync("""{ "status": 200, "body": { "value": [1, 2] } }""", trigger: """, "splitOn": "@triggerBody()?['value']" """);

        Assert.That(fired.Runs.Select(run => run.Action("Show").Outputs["body"]), Is.EqualTo(new[] { (FlowValue)1, (FlowValue)2 }));
    }

    [Test]
    public async Task Parameters_are_known_to_the_question()
    {
        using var server = new MockHttpHandler(MockSet.Parse("""[{ "match": { "uri": "https://poll.example/eu" }, "respond": { "status": 200 } }]"""));
        await using var engine = WorkflowEngine.Create();
        var workflow = Workflow.Parse("""
            { "parameters": { "region": { "type": "String" } },
              "triggers": { "Ask": { "type": "Http", "recurrence": { "frequency": "Hour", "interval": 1 }, "inputs": { "method": "GET", "uri": "https://poll.example/@{parameters('region')}" } } },
              "actions": { "Show": { "type": "Compose", "inputs": 1 } } }
            """);

        var fired = await engine.FireAsync(workflow, TriggerRequest.Empty, new RunOptions { Time = new VirtualTimeProvider(Start), HttpHandler = server, Parameters = FlowValue.Parse("""{ "region": "eu" }""").AsObject });

        Assert.That(fired.Runs, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Outputs_that_are_given_need_no_question()
    {
        await using var engine = WorkflowEngine.Create();

        var run = await engine.RunAsync(Polling(), TriggerRequest.WithBody(FlowValue.Parse("""{ "statusCode": 200, "headers": {}, "body": 7 }""")), new RunOptions { Time = new VirtualTimeProvider(Start) });

        Assert.That(run.Action("Show").Outputs["body"], Is.EqualTo((FlowValue)7));
    }

    [Test]
    public async Task The_next_question_goes_where_and_when_the_answer_says()
    {
        using var server = new MockHttpHandler(MockSet.Parse("""
            [{ "match": { "uri": "https://poll.example/changes" }, "respond": { "status": 200, "headers": { "Location": "https://poll.example/page2", "Retry-After": "90" } } },
             { "match": { "uri": "https://poll.example/page2" }, "respond": { "status": 202, "headers": { "Retry-After": "300" } } }]
            """));
        await using var engine = WorkflowEngine.Create();
        var options = new RunOptions { Time = new VirtualTimeProvider(Start), HttpHandler = server };

        var first = await engine.FireAsync(Polling(), TriggerRequest.Empty, options);
        var second = await engine.FireAsync(Polling(), TriggerRequest.Empty, options with { LastPoll = first.NextPoll });

        Assert.That((first.Runs.Count, second.Runs.Count), Is.EqualTo((1, 0)));
        Assert.That(first.NextPoll!.DueAt(Start, Start.AddHours(1)), Is.EqualTo(Start.AddSeconds(90)), "Retry-After");
        Assert.That(second.NextPoll!.DueAt(Start, Start.AddHours(1)), Is.EqualTo(Start.AddHours(1)), "for 202 the recurrence wins");
        Assert.That(new NextPoll(null, TimeSpan.FromSeconds(20), IsWorking: true).DueAt(Start, Start.AddHours(1)), Is.EqualTo(Start.AddSeconds(20)), "unless it is under a minute");
    }

    [Test]
    public async Task A_start_asks_too()
    {
        using var server = new MockHttpHandler(MockSet.Parse("""[{ "match": {}, "respond": [{ "status": 200, "body": 7 }, { "status": 202 }] }]"""));
        await using var engine = WorkflowEngine.Create();
        var options = new RunOptions { Time = new VirtualTimeProvider(Start), HttpHandler = server };

        var run = await engine.StartAsync(Polling(), TriggerRequest.Empty, options);

        Assert.That((await run.Completion).Action("Show").Outputs["body"], Is.EqualTo((FlowValue)7));
        Assert.That(async () => await engine.StartAsync(Polling(), TriggerRequest.Empty, options), Throws.TypeOf<RunNotStartedException>());
    }

    [Test]
    public async Task A_listener_asks_where_and_when_the_answers_say_however_long_the_runs_take()
    {
        using var server = new MockHttpHandler(MockSet.Parse("""
            [{ "match": { "uri": "https://poll.example/changes" }, "respond": [{ "status": 204 }, { "status": 200, "headers": { "Location": "https://poll.example/page2", "Retry-After": "90" } }] },
             { "match": { "uri": "https://poll.example/page2" }, "respond": [{ "status": 200, "headers": { "Location": "https://poll.example/page2", "Retry-After": "0" } }, { "status": 202, "headers": { "Retry-After": "300" } }, { "status": 204 }] }]
            """));
        await using var engine = WorkflowEngine.Create();
        var clock = new VirtualTimeProvider(Start);
        using var stopping = new CancellationTokenSource();
        var fired = new List<FireResult>();
        var workflow = Flow.Of(
            """{ "At": { "type": "Compose", "inputs": "@utcNow('HH:mm:ss')" } }""",
            """{ "Ask": { "type": "Http", "recurrence": { "frequency": "Minute", "interval": 10, "startTime": "2026-01-31T08:00:00Z" }, "inputs": { "method": "GET", "uri": "https://poll.example/changes" } } }""");

        void Told(FireResult result)
        {
            fired.Add(result);
            if (fired.Count == 5) stopping.Cancel();
        }

        await engine.ListenAsync(workflow, Told, new RunOptions { Time = clock, HttpHandler = server }, stopping.Token);

        Assert.That(
            fired.Select(result => result.Runs.Count == 1 ? result.Runs[0].Action("At").Outputs.AsString : result.NotStarted!.Trigger["startTime"].AsString[11..19]),
            Is.EqualTo(new[] { "08:10:00", "08:20:00", "08:21:30", "08:21:31", "08:30:00" }));
    }

    [Test]
    public async Task The_command_asks_at_each_occurrence()
    {
        using var shell = new Shell();
        var flow = shell.File("flow.json", """
            { "triggers": { "Ask": { "type": "Http", "recurrence": { "frequency": "Minute", "interval": 10, "startTime": "2026-01-31T08:00:00Z" }, "inputs": { "method": "GET", "uri": "https://poll.example/changes" } } },
              "actions": { "At": { "type": "Compose", "inputs": "@utcNow('HH:mm:ss')" } } }
            """);
        var mocks = shell.File("mocks.json", """[{ "match": {}, "respond": [{ "status": 200 }, { "status": 202 }, { "status": 200, "headers": { "Retry-After": "30" } }, { "status": 200 }] }]""");

        var shown = await shell.CallAsync("run", flow, "--mocks", mocks, "--virtual-time", "--now", "2026-01-31T08:00:00Z", "--occurrences", "4", "--json");

        Assert.That(shown.Json["runs"].AsArray.Select(run => run["actions"]["At"]["outputs"].AsString), Is.EqualTo(new[] { "08:00:00", "08:20:00", "08:20:30" }), shown.ToString());
        Assert.That(shown.Error, Does.Contain("no run at 2026-01-31T08:10:00Z").And.Contain("it answered 202"));
    }

    private static Workflow Polling(string inputs = "", string trigger = "") => Flow.Of(
        """{ "Show": { "type": "Compose", "inputs": "@triggerOutputs()" } }""",
        $$"""{ "Ask": { "type": "Http", "recurrence": { "frequency": "Hour", "interval": 1 }, "inputs": { "method": "GET", "uri": "https://poll.example/changes" {{(inputs.Length == 0 ? "" : "," + inputs)}} } {{trigger}} } }""");

    private static async Task<FireResult> FireAsync(string respond, string inputs = "", string trigger = "")
    {
        using var server = new MockHttpHandler(MockSet.Parse($$"""[{ "match": {}, "respond": {{respond}} }]"""));
        await using var engine = WorkflowEngine.Create();
        return await engine.FireAsync(Polling(inputs, trigger), TriggerRequest.Empty, new RunOptions { Time = new VirtualTimeProvider(Start), Seed = 1, HttpHandler = server });
    }
}
