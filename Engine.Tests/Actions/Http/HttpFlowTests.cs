using FlowEngine.Actions;
using FlowEngine.Testing;
using FlowEngine.Tests.Engine;

namespace FlowEngine.Tests;

/// <summary>Http inside a run: the run's clock, its record, mocks and interception.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class HttpFlowTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task A_fixed_policy_waits_on_the_runs_clock()
    {
        var run = await RunAsync(
            """
            { "Call": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.example.test/a", "retryPolicy": { "type": "fixed", "interval": "PT30S", "count": 2 } } },
              "Time": { "type": "Compose", "inputs": "@utcNow('HH:mm:ss')", "runAfter": { "Call": ["Succeeded"] } } }
            """,
            """[{"respond":[{"status":503},{"status":503},{"status":200}]}]""");

        Assert.That(run.Action("Time").Outputs.AsStringOrNull, Is.EqualTo("08:01:00"));
        Assert.That(run.Action("Call").RetryHistory, Has.Count.EqualTo(2));
        Assert.That(run.Requests.Select(request => request.Attempt), Is.EqualTo(new[] { 1, 2, 3 }));
    }

    [Test]
    public async Task A_request_that_is_never_answered_times_out_in_no_time()
    {
        var run = await RunAsync(
            """
            { "Call": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.example.test/a", "retryPolicy": { "type": "none" } } },
              "Time": { "type": "Compose", "inputs": "@utcNow('HH:mm:ss')", "runAfter": { "Call": ["Failed"] } } }
            """,
            """[{"respond":{"fault":"timeout"}}]""");

        Assert.That(run.Action("Call").Error!.Message, Is.EqualTo("Http request failed: the timeout was reached."));
        Assert.That(run.Action("Time").Outputs.AsStringOrNull, Is.EqualTo("08:02:00"));
    }

    [Test]
    public async Task The_time_limit_of_the_action_ends_polling()
    {
        var run = await RunAsync(
            """
            { "Call": { "type": "Http", "inputs": { "method": "POST", "uri": "https://api.example.test/start" }, "limit": { "timeout": "PT1M" } },
              "Late": { "type": "Compose", "inputs": "@utcNow('HH:mm:ss')", "runAfter": { "Call": ["TimedOut"] } } }
            """,
            """[{"respond":{"status":202,"headers":{"Location":"https://api.example.test/status","Retry-After":"20"}}}]""");

        Assert.That(run.Action("Call").Status, Is.EqualTo(ActionStatus.TimedOut));
        Assert.That(run.Action("Late").Outputs.AsStringOrNull, Is.EqualTo("08:01:00"));
    }

    [Test]
    public async Task Requests_in_parallel_repetitions_wait_side_by_side()
    {
        var run = await RunAsync(
            """
            { "Loop": { "type": "Foreach", "foreach": "@range(0, 20)", "actions": {
                "Call": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.example.test/@{item()}" } } } },
              "Time": { "type": "Compose", "inputs": "@utcNow('HH:mm:ss')", "runAfter": { "Loop": ["Succeeded"] } } }
            """,
            """[{"match":{"uri":"*/13"},"respond":[{"status":500},{"body":"thirteen"}]},{"respond":{"delay":"PT10S","body":"x"}}]""");

        Assert.That(run.Action("Time").Outputs.AsStringOrNull, Is.EqualTo("08:00:10"));
        Assert.That(run.Requests, Has.Count.EqualTo(21));
        Assert.That(run.Requests.Count(request => request.Repetition[0].AsInteger == 13), Is.EqualTo(2));
    }

    [Test]
    public async Task Mocks_answer_in_place_of_actions()
    {
        var run = await RunAsync(
            """
            { "Loop": { "type": "Foreach", "foreach": "@range(0, 3)", "operationOptions": "Sequential", "actions": {
                "Send": { "type": "OpenApiConnection", "inputs": { "host": { "apiId": "/providers/Microsoft.PowerApps/apis/shared_office365",
                  "connectionName": "shared_office365", "operationId": "SendEmailV2" }, "parameters": { "emailMessage/To": "a@b.c" } } } } },
              "Get_item": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.example.test/" } } }
            """,
            """
            [{"operation":{"connection":"shared_office365","operationId":"SendEmailV2"},"repetition":1,"respond":{"status":"Failed","code":"Forbidden","error":{"code":"Forbidden","message":"no"}}},
             {"operation":{"operationId":"sendemailv2"},"respond":[{"outputs":{"body":"first"}},{"outputs":{"body":"later"}}]},
             {"action":"get_item","respond":{"outputs":{"body":{"id":1}}}}]
            """);

        var sent = run.Action("Loop").Repetitions.Select(repetition => repetition.Action("Send")!.Value).ToArray();
        Assert.That(sent.Select(action => action.Code), Is.EqualTo(new[] { "OK", "Forbidden", "OK" }));
        Assert.That(sent[2].Outputs["body"].AsString, Is.EqualTo("later"));
        Assert.That(run.Action("Get_item").Outputs["body"]["id"].AsInteger, Is.EqualTo(1));
        Assert.That(run.Requests, Is.Empty);
    }

    [Test]
    public async Task The_record_shows_of_credentials_in_headers_the_scheme_only()
    {
        var run = await RunAsync(
            """
            { "Call": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.example.test/a", "headers": { "Authorization": "Bearer s3cret", "X-Own": "v" }, "cookie": "id=s3cret" } },
              "Use": { "type": "Compose", "inputs": "@outputs('Call')['headers']['Set-Cookie']", "runAfter": { "Call": ["Succeeded"] } } }
            """,
            """[{"match":{"headers":{"Authorization":"Bearer s3cret","Cookie":"id=s3cret"}},"respond":{"headers":{"Set-Cookie":"id=7; Path=/"}}}]""");

        var record = run.ToRecord();
        Assert.That(run.Action("Use").Outputs.AsString, Is.EqualTo("id=7; Path=/"));
        Assert.That(record.ToJson(), Does.Not.Contain("s3cret"));
        Assert.That(record["actions"]["Call"]["inputs"]["headers"].ToJson(), Is.EqualTo("""{"Authorization":"Bearer *sanitized*","X-Own":"v"}"""));
        Assert.That(record["actions"]["Call"]["outputs"]["headers"]["Set-Cookie"].AsString, Is.EqualTo("*sanitized*"));
    }

    [Test]
    public async Task A_request_without_a_mock_fails_the_action_and_nothing_leaves()
    {
        var run = await RunAsync("""{ "Call": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.example.test/a" } } }""", "[]");

        Assert.That(run.Action("Call").Code, Is.EqualTo("MockNotFound"));
        Assert.That(run.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_real_server_that_fails_twice_is_asked_three_times_without_waiting()
    {
        const string Failing = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        using var server = new LoopbackServer(Failing, Failing, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 7\r\nConnection: close\r\n\r\n{\"a\":1}");

        var run = await Flow.RunAsync(
            """{ "Call": { "type": "Http", "inputs": { "method": "POST", "uri": "URL", "body": { "n": "@add(1, 1)" } } } }""".Replace("URL", server.Url, StringComparison.Ordinal),
            options: new RunOptions { Time = new VirtualTimeProvider(Start) });

        Assert.That(run.Action("Call").Outputs["body"]["a"].AsInteger, Is.EqualTo(1), run.Action("Call").Error?.Message);
        Assert.That(server.Requests, Has.Count.EqualTo(3).And.All.Contain("{\"n\":2}"));
        Assert.That(run.Action("Call").EndTime - run.Action("Call").StartTime, Is.EqualTo(TimeSpan.FromSeconds(7.5 + 15)));
    }

    private static async Task<RunResult> RunAsync(string actions, string mocks)
    {
        var set = MockSet.Parse(mocks);
        using var handler = new MockHttpHandler(set);
        return await Flow.RunAsync(
            actions,
            options: new RunOptions { Time = new VirtualTimeProvider(Start), Seed = 1, HttpHandler = handler, Interceptor = new MockActionInterceptor(set) });
    }
}
