using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Testing;
using FlowEngine.Tests.Engine;

namespace FlowEngine.Tests;

/// <summary>What an action or a host may set about calls.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class HttpSettingTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [TestCase("""{ "type": "fixed", "count": 1, "interval": "PT5S" }""", 2)]
    [TestCase("""{ "type": "fixed", "count": "@add(1, 1)", "interval": "PT5S" }""", 3)]
    public async Task A_retry_policy_may_stand_in_the_runtime_configuration(string policy, int requests)
    {
        var run = await RunAsync(
            $$"""{ "Call": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.test/" }, "runtimeConfiguration": { "retryPolicy": {{policy}} } } }""",
            """[{"respond":{"status":503}}]""");

        Assert.That(run.Requests, Has.Count.EqualTo(requests));
    }

    [Test]
    public async Task The_policy_of_the_inputs_wins()
    {
        var run = await RunAsync(
            """{ "Call": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.test/", "retryPolicy": { "type": "none" } }, "runtimeConfiguration": { "retryPolicy": { "type": "fixed", "count": 1, "interval": "PT5S" } } } }""",
            """[{"respond":{"status":503}}]""");

        Assert.That(run.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Servers_are_told_which_workflow_calls()
    {
        var run = await RunAsync("""{ "Grüße": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.test/", "headers": { "x-ms-client-tracking-id": "my own" } } } }""", """[{"respond":[{"status":503},{}]}]""");

        var headers = run.Requests[0].Headers;
        Assert.That(headers["x-ms-workflow-run-id"].AsString, Is.EqualTo(run.RunId));
        Assert.That(headers["x-ms-workflow-operation-name"].AsString, Is.EqualTo("Gr%C3%BC%C3%9Fe"));
        Assert.That(headers["x-ms-client-tracking-id"].AsString, Is.EqualTo("my own"));
        Assert.That(Guid.TryParse(headers["x-ms-action-tracking-id"].AsString, out _), Is.True);
        Assert.That(headers["x-ms-client-request-id"].AsString, Is.EqualTo(run.Action("Grüße").RetryHistory[0]["clientRequestId"].AsString));
        Assert.That(run.Requests[1].Headers["x-ms-client-request-id"].AsString, Is.Not.EqualTo(headers["x-ms-client-request-id"].AsString));
    }

    [Test]
    public async Task An_option_keeps_that_to_oneself()
    {
        var run = await RunAsync("""{ "Call": { "type": "Http", "operationOptions": "SuppressWorkflowHeaders", "inputs": { "method": "GET", "uri": "https://api.test/" } } }""", """[{"respond":{}}]""");

        Assert.That(run.Requests[0].Headers.ToJson(), Is.EqualTo("{}"));
    }

    [TestCase(HostProfile.Consumption, null, "{}", 120)]
    [TestCase(HostProfile.PowerAutomate, null, "{}", 120)]
    [TestCase(HostProfile.Standard, null, "{}", 225)]
    [TestCase(HostProfile.Standard, null, """{"runtimeConfiguration":{"requestOptions":{"timeout":"00:00:30"}}}""", 30)]
    [TestCase(HostProfile.Consumption, 7, "{}", 7)]
    [TestCase(HostProfile.Standard, 7, """{"runtimeConfiguration":{"requestOptions":{"timeout":"00:00:30"}}}""", 30)]
    public async Task A_request_ends_after_the_time_of_its_host(HostProfile host, int? option, string members, int seconds)
    {
        using var bench = new HttpBench("""[{"respond":{"fault":"timeout"}}]""")
        {
            Host = host,
            Outbound = new OutboundState(new HttpOptions { RequestTimeout = option is { } own ? TimeSpan.FromSeconds(own) : null }),
        };

        await bench.RunAsync("""{"method":"GET","uri":"https://api.test/","retryPolicy":{"type":"none"}}""", members);

        Assert.That(bench.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
    }

    [Test]
    public async Task A_body_beyond_the_limit_fails_the_call()
    {
        using var server = new LoopbackServer("HTTP/1.1 200 OK\r\nContent-Length: 11\r\nConnection: close\r\n\r\n01234567890");
        using var bench = new HttpBench(new OutboundHandler()) { Outbound = new OutboundState(new HttpOptions { MaxResponseBytes = 10 }) };

        var outcome = await bench.RunAsync($$"""{"method":"GET","uri":"{{server.Url}}" }""");

        Assert.That(outcome.Error!.Message, Is.EqualTo("Http request failed as there is an error: 'Cannot write more bytes to the buffer than the configured maximum buffer size: 10.'."));
        Assert.That(bench.Requests, Has.Count.EqualTo(1));
    }

    private static async Task<RunResult> RunAsync(string actions, string mocks)
    {
        using var handler = new MockHttpHandler(MockSet.Parse(mocks));
        return await Flow.RunAsync(actions, options: new RunOptions { Time = new VirtualTimeProvider(Start), Seed = 1, HttpHandler = handler });
    }
}
