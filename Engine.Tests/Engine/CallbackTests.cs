using System.Net;
using System.Text;
using FlowEngine.Actions;

namespace FlowEngine.Tests.Engine;

[Parallelizable(ParallelScope.All)]
public sealed class CallbackTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 8, 0, 0, TimeSpan.Zero);

    private const string Wait = """
        { "Wait": { "type": "HttpWebhook", "inputs": {
            "subscribe": { "method": "POST", "uri": "https://hooks.example/subscribe", "body": { "url": "@listCallbackUrl()" },
                           "authentication": { "type": "Basic", "username": "u", "password": "pass-word-1" }, "retryPolicy": { "type": "none" } },
            "unsubscribe": { "method": "DELETE", "url": "https://hooks.example/subscribe" } } },
          "Then": { "type": "Compose", "inputs": "@body('Wait')", "runAfter": { "Wait": ["Succeeded"] } } }
        """;

    [Test]
    public async Task The_first_callback_completes_the_action_and_others_find_nobody()
    {
        using var server = new Hooks();
        await using var engine = WorkflowEngine.Create();
        var run = await engine.StartAsync(Flow.Of(Wait), TriggerRequest.Empty, Options(server));

        var first = run.Callback("wait", Json("""{ "ok": true }"""));
        var second = run.Callback("Wait", Json("""{ "ok": false }"""));
        var result = await run.Completion;

        Assert.That((first, second), Is.EqualTo((true, false)));
        Assert.That(result.Action("Wait").Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(result.Action("Wait").Outputs.ToJson(), Is.EqualTo("""{"statusCode":200,"headers":{"Content-Type":"application/json"},"body":{"ok":true}}"""));
        Assert.That(result.Action("Then").Outputs["ok"], Is.EqualTo((FlowValue)true));
        Assert.That(server.Methods, Is.EqualTo(new[] { "POST" }), "a subscription that was used is not ended");
    }

    [Test]
    public async Task The_address_that_the_server_is_told_takes_the_callback()
    {
        using var server = new Hooks();
        await using var engine = WorkflowEngine.Create(builder => builder.UseCallbackAddress(new Uri("https://host.example/in")));
        var run = await engine.StartAsync(Flow.Of(Wait), TriggerRequest.Empty, Options(server));
        var told = new Uri(FlowValue.Parse(server.Bodies[0])["url"].AsString);

        Assert.That(told.AbsoluteUri, Does.StartWith($"https://host.example/in/runs/{run.Id}/actions/Wait/run?"));
        Assert.That(engine.CallBack(new Uri("https://host.example/in/run?sig=guess"), CallbackMessage.Empty), Is.False);
        Assert.That(engine.CallBack(told, Json("1")), Is.True);
        Assert.That((await run.Completion).Action("Wait").Outputs["body"], Is.EqualTo((FlowValue)1));
        Assert.That(engine.CallBack(told, Json("1")), Is.False);
    }

    [Test]
    public async Task A_callback_before_the_subscription_is_answered_counts()
    {
        await using var engine = WorkflowEngine.Create();
        using var server = new Hooks();
        server.OnSubscribe = body => engine.CallBack(new Uri(FlowValue.Parse(body)["url"].AsString), Json("\"early\""));

        var run = await engine.RunAsync(Flow.Of(Wait), TriggerRequest.Empty, Options(server));

        Assert.That(run.Action("Wait").Outputs["body"], Is.EqualTo(FlowValue.String("early")));
    }

    [Test]
    public async Task A_subscription_that_is_refused_fails_the_action_with_the_refusal()
    {
        using var server = new Hooks { Status = HttpStatusCode.Forbidden };

        var run = await RunAsync(Wait, server);

        Assert.That(run.Action("Wait").Status, Is.EqualTo(ActionStatus.Failed));
        Assert.That(run.Action("Wait").Code, Is.EqualTo("Forbidden"));
        Assert.That(run.Action("Wait").Outputs["statusCode"], Is.EqualTo((FlowValue)403));
        Assert.That(server.Methods, Is.EqualTo(new[] { "POST" }));
    }

    [Test]
    public async Task A_limit_ends_the_wait_as_TimedOut_and_ends_the_subscription()
    {
        using var server = new Hooks();
        var actions = Wait.Replace("\"type\": \"HttpWebhook\",", "\"type\": \"HttpWebhook\", \"limit\": { \"timeout\": \"P3D\" },", StringComparison.Ordinal);

        var run = await RunAsync(actions, server);

        Assert.That(run.Action("Wait").Status, Is.EqualTo(ActionStatus.TimedOut));
        Assert.That(run.Action("Wait").EndTime, Is.EqualTo(Start.AddDays(3)));
        Assert.That(run.Action("Then").Status, Is.EqualTo(ActionStatus.Skipped));
        Assert.That(run.Requests.Select(request => $"{request.Method} {request.StatusCode}"), Is.EqualTo(new[] { "POST 200", "DELETE 200" }));
    }

    [Test]
    public async Task The_end_of_a_subscription_may_read_its_answer()
    {
        using var server = new Hooks { Answer = """{ "id": 42 }""" };
        var actions = Wait
            .Replace("\"type\": \"HttpWebhook\",", "\"type\": \"HttpWebhook\", \"limit\": { \"timeout\": \"PT1H\" },", StringComparison.Ordinal)
            .Replace("\"url\": \"https://hooks.example/subscribe\"", "\"url\": \"https://hooks.example/@{action()['outputs']['body']['id']}\"", StringComparison.Ordinal);

        var run = await RunAsync(actions, server);

        Assert.That(run.Requests[^1].Uri, Is.EqualTo("https://hooks.example/42"));
        Assert.That(run.Action("Wait").HasOutputs, Is.False);
        Assert.That(run.Action("Wait").Inputs["unsubscribe"]["url"], Is.EqualTo(FlowValue.String("https://hooks.example/42")));
    }

    [Test]
    public async Task Cancelling_the_run_ends_the_subscription()
    {
        using var server = new Hooks();
        await using var engine = WorkflowEngine.Create();
        var run = await engine.StartAsync(Flow.Of(Wait), TriggerRequest.Empty, Options(server));

        run.Cancel();
        var result = await run.Completion;

        Assert.That(result.Status, Is.EqualTo(ActionStatus.Cancelled));
        Assert.That(result.Action("Wait").Status, Is.EqualTo(ActionStatus.Cancelled));
        Assert.That(server.Methods, Is.EqualTo(new[] { "POST", "DELETE" }));
        Assert.That(run.Callback("Wait", Json("1")), Is.False);
    }

    [Test]
    public async Task A_server_that_never_answers_the_end_of_a_subscription_does_not_hold_up_the_run()
    {
        using var server = new Hooks { HangsOnUnsubscribe = true };
        var actions = Wait.Replace("\"type\": \"HttpWebhook\",", "\"type\": \"HttpWebhook\", \"limit\": { \"timeout\": \"PT1M\" },", StringComparison.Ordinal);

        var run = await RunAsync(actions, server);

        Assert.That(run.Action("Wait").Status, Is.EqualTo(ActionStatus.TimedOut));
        Assert.That(run.Action("Wait").EndTime, Is.EqualTo(Start.AddSeconds(70)));
    }

    [Test]
    public async Task A_callback_that_nobody_will_send_fails_the_action_once_nothing_else_can_happen()
    {
        using var server = new Hooks();
        var actions = Wait.Replace("\"Then\": {", "\"Other\": { \"type\": \"Wait\", \"inputs\": { \"interval\": { \"count\": 1, \"unit\": \"Day\" } } }, \"Then\": {", StringComparison.Ordinal);

        var run = await RunAsync(actions, server);

        Assert.That(run.Action("Wait").Status, Is.EqualTo(ActionStatus.Failed));
        Assert.That(run.Action("Wait").Code, Is.EqualTo("CallbackNeverComes"));
        Assert.That(run.Action("Wait").EndTime, Is.EqualTo(Start.AddDays(1)));
        Assert.That(run.Action("Wait").Error!.Message, Does.Contain("'Wait'").And.Contain("limit.timeout"));
        Assert.That(server.Methods, Is.EqualTo(new[] { "POST", "DELETE" }));
    }

    [Test]
    public async Task On_a_real_clock_a_host_that_calls_nobody_back_is_told_at_once()
    {
        using var server = new Hooks();
        await using var engine = WorkflowEngine.Create();

        var run = await engine.RunAsync(Flow.Of(Wait), TriggerRequest.Empty, new RunOptions { HttpHandler = server, CanBeCalledBack = false });

        Assert.That(run.Action("Wait").Code, Is.EqualTo("CallbackNeverComes"));
    }

    [Test]
    public async Task Each_repetition_has_an_address_of_its_own()
    {
        using var server = new Hooks();
        await using var engine = WorkflowEngine.Create();
        var loop = $$"""{ "Loop": { "type": "Foreach", "foreach": "@createArray('a', 'b')", "actions": {{Wait}} } }""";
        var run = await engine.StartAsync(Flow.Of(loop), TriggerRequest.Empty, Options(server));

        Assert.That(run.Callback("Wait", Json("\"second\""), 1), Is.True);
        Assert.That(run.Callback("Wait", Json("\"first\""), 0), Is.True);
        var repetitions = (await run.Completion).Action("Loop").Repetitions;

        Assert.That(repetitions.Select(repetition => repetition.Action("Then")!.Value.Outputs.AsString), Is.EqualTo(new[] { "first", "second" }));
    }

    [Test]
    public async Task Scheduled_callbacks_arrive_on_the_runs_clock_and_missed_ones_are_told()
    {
        using var server = new Hooks();
        await using var engine = WorkflowEngine.Create();
        var options = Options(server) with
        {
            Callbacks = [new RunCallback(TimeSpan.FromHours(2), "Wait", Json("1")), new RunCallback(TimeSpan.FromHours(3), "Nobody", Json("1"))],
        };

        var run = await engine.RunAsync(Flow.Of(Wait), TriggerRequest.Empty, options);

        Assert.That(run.Action("Wait").EndTime, Is.EqualTo(Start.AddHours(2)));
        Assert.That(run.MissedCallbacks.Single().Action, Is.EqualTo("Nobody"));
    }

    [Test]
    public async Task Text_and_forms_are_read_as_a_trigger_reads_them()
    {
        using var server = new Hooks();
        await using var engine = WorkflowEngine.Create();
        var run = await engine.StartAsync(Flow.Of(Wait), TriggerRequest.Empty, Options(server));

        run.Callback("Wait", new CallbackMessage { Headers = [new("Content-Type", "application/x-www-form-urlencoded")], HasBody = true, Body = FlowValue.String("a=1&b=2") });
        var outputs = (await run.Completion).Action("Wait").Outputs;

        Assert.That(outputs["body"]["$formdata"][1]["value"], Is.EqualTo(FlowValue.String("2")));
    }

    [Test]
    public async Task The_record_shows_neither_the_password_nor_the_token()
    {
        using var server = new Hooks();
        await using var engine = WorkflowEngine.Create();
        var run = await engine.RunAsync(Flow.Of(Wait), TriggerRequest.Empty, Options(server) with { Callbacks = [new RunCallback(TimeSpan.Zero, "Nobody", Json("1")), new RunCallback(TimeSpan.FromSeconds(1), "Wait", Json("1"))] });
        var token = new Uri(FlowValue.Parse(server.Bodies[0])["url"].AsString).Query["?sig=".Length..];
        var record = run.ToRecord().ToJson();

        Assert.That(record, Does.Not.Contain("pass-word-1"));
        Assert.That(record, Does.Not.Contain(token));
        Assert.That(record, Does.Contain("sig=*sanitized*"));
    }

    [Test]
    public async Task Other_actions_have_no_callback_address()
    {
        var run = await Flow.RunAsync("""{ "X": { "type": "Compose", "inputs": "@listCallbackUrl()" } }""");

        Assert.That(run.Action("X").Error!.Message, Does.Contain("The template function 'listCallbackUrl' is not expected at this location."));
    }

    private static CallbackMessage Json(string body) => CallbackMessage.WithBody(FlowValue.Parse(body));

    private static RunOptions Options(Hooks server) => new() { Time = new VirtualTimeProvider(Start), Seed = 1, HttpHandler = server };

    private static async Task<RunResult> RunAsync(string actions, Hooks server)
    {
        await using var engine = WorkflowEngine.Create();
        return await engine.RunAsync(Flow.Of(actions), TriggerRequest.Empty, Options(server));
    }

    /// <summary>Takes subscriptions.</summary>
    private sealed class Hooks : HttpMessageHandler
    {
        public HttpStatusCode Status { get; init; } = HttpStatusCode.OK;

        public string Answer { get; init; } = string.Empty;

        public bool HangsOnUnsubscribe { get; init; }

        public Action<string>? OnSubscribe { get; set; }

        public List<string> Methods { get; } = [];

        public List<string> Bodies { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? string.Empty : Encoding.UTF8.GetString(await request.Content.ReadAsByteArrayAsync(cancellationToken));
            lock (Methods)
            {
                Methods.Add(request.Method.Method);
                Bodies.Add(body);
            }

            if (request.Method == HttpMethod.Post) OnSubscribe?.Invoke(body);
            if (request.Method == HttpMethod.Delete && HangsOnUnsubscribe && request.Options.TryGetValue(HttpScope.Key, out var scope)) await scope.DelayAsync(Timeout.InfiniteTimeSpan, cancellationToken);
            return new HttpResponseMessage(Status) { Content = new StringContent(Answer, Encoding.UTF8, "application/json") };
        }
    }
}
