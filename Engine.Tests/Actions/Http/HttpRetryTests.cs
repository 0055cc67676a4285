using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine.Tests;

/// <summary>Runtime reference, 2.6.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class HttpRetryTests
{
    private const string Default = "null";

    [TestCase(408, 5)]
    [TestCase(429, 5)]
    [TestCase(500, 5)]
    [TestCase(503, 5)]
    [TestCase(404, 1)]
    [TestCase(400, 1)]
    [TestCase(302, 1)]
    public async Task The_default_policy_retries_four_times_what_may_pass(int status, int requests)
    {
        using var bench = new HttpBench($$"""[{"respond":{"status":{{status}} } }]""");

        var outcome = await RunAsync(bench, Default);

        Assert.That(bench.Requests, Has.Count.EqualTo(requests));
        Assert.That(outcome.Outputs["statusCode"].AsInteger, Is.EqualTo(status));
        Assert.That(bench.RetryHistory, Has.Count.EqualTo(requests - 1));
    }

    // The upper bounds are documented: min(max, interval * 2^(n-1)).
    [TestCase(HostProfile.Consumption, Default, new[] { 7.5, 15, 30, 45 })]
    [TestCase(HostProfile.Standard, Default, new[] { 7.0, 14, 28, 56 })]
    [TestCase(HostProfile.Consumption, """{"type":"Default"}""", new[] { 7.5, 15, 30, 45 })]
    [TestCase(HostProfile.Consumption, """{"type":"none"}""", new double[0])]
    [TestCase(HostProfile.Consumption, """{"type":"NONE"}""", new double[0])]
    [TestCase(HostProfile.Consumption, """{"type":"fixed","interval":"PT30S","count":2}""", new[] { 30.0, 30 })]
    [TestCase(HostProfile.Consumption, """{"type":"fixed","interval":"PT30S","count":"2"}""", new[] { 30.0, 30 })]
    [TestCase(HostProfile.Consumption, """{"type":"exponential","interval":"PT7S","count":3,"minimumInterval":"PT5S","maximumInterval":"PT1H"}""", new[] { 7.0, 14, 28 })]
    [TestCase(HostProfile.Consumption, """{"type":"exponential","interval":"PT10S","count":3,"maximumInterval":"PT15S"}""", new[] { 10.0, 15, 15 })]
    [TestCase(HostProfile.Consumption, """{"type":"exponential","interval":"PT1S","count":4}""", new[] { 5.0, 5, 5, 8 })]
    public async Task Waits_in_deterministic_mode_are_the_upper_bounds(HostProfile host, string policy, double[] seconds)
    {
        using var bench = new HttpBench("""[{"respond":{"status":503}}]""") { Host = host };

        await RunAsync(bench, policy);

        Assert.That(bench.Waits.Select(wait => wait.TotalSeconds), Is.EqualTo(seconds));
    }

    [TestCase(1, 10, 5, 10)]
    [TestCase(2, 10, 10, 20)]
    [TestCase(3, 10, 20, 40)]
    [TestCase(90, 10, 3600, 3600)]
    public void An_exponential_wait_lies_between_its_documented_bounds(int retry, int interval, int lower, int upper)
    {
        var policy = RetryPolicy.Read(
            FlowValue.Parse($$"""{"type":"exponential","count":90,"interval":"PT{{interval}}S","minimumInterval":"PT5S","maximumInterval":"PT1H"}"""), HostProfile.Consumption);

        Assert.That(policy.Wait(retry, 0).TotalSeconds, Is.EqualTo(lower));
        Assert.That(policy.Wait(retry, 1).TotalSeconds, Is.EqualTo(upper));
        Assert.That(policy.Wait(retry, 0.5).TotalSeconds, Is.EqualTo((lower + upper) / 2.0));
    }

    [TestCase("7", 7)]
    [TestCase("Sun, 01 Mar 2026 08:01:40 GMT", 100)]
    [TestCase("Sun, 01 Mar 2026 07:00:00 GMT", 0)]
    [TestCase("soon", 7.5)]
    public async Task Retry_After_replaces_the_computed_wait(string retryAfter, double seconds)
    {
        using var bench = new HttpBench($$"""[{"respond":[{"status":429,"headers":{"Retry-After":"{{retryAfter}}"} },{"status":200}]}]""");

        await RunAsync(bench, Default);

        Assert.That(bench.Elapsed.TotalSeconds, Is.EqualTo(seconds));
    }

    [TestCase("unresolved")]
    [TestCase("reset")]
    [TestCase("timeout")]
    public async Task Requests_without_an_answer_are_retried(string fault)
    {
        using var bench = new HttpBench($$"""[{"respond":[{"fault":"{{fault}}"},{"status":200}]}]""");

        var outcome = await RunAsync(bench, Default);

        Assert.That(outcome.Code, Is.EqualTo("OK"));
        Assert.That(bench.Requests.Select(request => request.Attempt), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public async Task The_policy_may_add_statuses()
    {
        using var bench = new HttpBench("""[{"respond":[{"status":404},{"status":200}]}]""");

        Assert.That((await RunAsync(bench, """{"type":"fixed","count":1,"interval":"PT5S","httpStatusCodes":[404]}""")).Code, Is.EqualTo("OK"));
    }

    [Test]
    public async Task The_history_has_every_failed_attempt_in_order()
    {
        using var bench = new HttpBench("""
            [{"respond":[{"fault":"timeout"},{"status":503,"headers":{"x-ms-request-id":"r1"}},{"status":200}]}]
            """);

        await RunAsync(bench, """{"type":"fixed","count":4,"interval":"PT15S"}""");

        Assert.That(FlowValue.Array([.. bench.RetryHistory]).ToJson(), Is.EqualTo(FlowValue.Parse("""
            [{"startTime":"2026-03-01T08:00:00Z","endTime":"2026-03-01T08:02:00Z","code":"BadRequest","clientRequestId":"00000001-0002-0003-0405-060708090a0b",
              "error":{"error":{"code":"BadRequest","message":"Http request failed: the timeout was reached."}}},
             {"startTime":"2026-03-01T08:02:15Z","endTime":"2026-03-01T08:02:15Z","code":"ServiceUnavailable","clientRequestId":"00000001-0002-0003-0405-060708090a0b","serviceRequestId":"r1"}]
            """).ToJson()));
    }

    [TestCase("""{"type":"sometimes"}""", "sometimes")]
    [TestCase("""{"type":"fixed","interval":"30 s","count":2}""", "30 s")]
    [TestCase("""{"type":"fixed","interval":"PT30S","count":-2}""", "-2")]
    public async Task A_policy_that_makes_no_sense_fails_before_anything_is_sent(string policy, string named)
    {
        using var bench = new HttpBench("""[{"respond":{}}]""");

        var outcome = await RunAsync(bench, policy);

        Assert.That(outcome.Error!.Code, Is.EqualTo("InvalidRetryPolicy"));
        Assert.That(outcome.Error.Message, Does.Contain(named));
        Assert.That(bench.Requests, Is.Empty);
    }

    private static Task<ActionOutcome> RunAsync(HttpBench bench, string policy) =>
        bench.RunAsync($$"""{"method":"GET","uri":"https://api.example.test/a","retryPolicy":{{policy}} }""");
}
