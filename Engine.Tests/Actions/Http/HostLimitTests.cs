using System.Net;
using FlowEngine.Actions;
using FlowEngine.Testing;
using FlowEngine.Tests.Engine;
using Microsoft.Extensions.Time.Testing;

namespace FlowEngine.Tests;

/// <summary>What a host sets for servers: rates, places, breakers, a proxy. On virtual time, so that every moment is exact.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class HostLimitTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private const string Thousand = """
        { "Loop": { "type": "Foreach", "foreach": "@range(0, 1000)", "runtimeConfiguration": { "concurrency": { "repetitions": 50 } }, "actions": {
            "Call": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.test/@{item()}" } } } } }
        """;

    [Test]
    public async Task A_thousand_calls_keep_to_a_rate_of_a_hundred_a_second()
    {
        var sent = new SendingTimes();

        var run = await RunAsync(Thousand, """[{"respond":{}}]""", new HostLimit("api.test") { Requests = 100 }, sent);

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(sent.Times, Has.Count.EqualTo(1000));
        Assert.That(Enumerable.Range(0, 900).All(i => sent.Times[i + 100] - sent.Times[i] >= TimeSpan.FromSeconds(1)), Is.True, "more than a hundred within a second");
        Assert.That(sent.Times[^1] - Start, Is.EqualTo(TimeSpan.FromSeconds(9)));
    }

    [Test]
    public async Task Calls_beyond_the_places_wait_for_one()
    {
        var run = await RunAsync(Thousand.Replace("1000", "20", StringComparison.Ordinal), """[{"respond":{"delay":"PT2S"}}]""", new HostLimit("*.test") { Concurrency = 5 }, null);

        Assert.That(run.EndTime - run.StartTime, Is.EqualTo(TimeSpan.FromSeconds(8)));
    }

    [Test]
    public async Task The_time_of_a_request_begins_once_it_may_be_sent()
    {
        var run = await RunAsync(
            Thousand.Replace("1000", "3", StringComparison.Ordinal), """[{"respond":{"delay":"PT100S"}}]""", new HostLimit("api.test") { Concurrency = 1 }, null);

        Assert.That(run.Requests, Has.Count.EqualTo(3));
        Assert.That(run.EndTime - run.StartTime, Is.EqualTo(TimeSpan.FromSeconds(300)));
    }

    [Test]
    public async Task A_call_that_times_out_while_it_waits_takes_no_place()
    {
        var run = await RunAsync(
            """
            { "First": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.test/1" } },
              "Impatient": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.test/2" }, "limit": { "timeout": "PT5S" } },
              "Third": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.test/3" }, "runAfter": { "Impatient": ["TimedOut"] } } }
            """,
            """[{"respond":{"delay":"PT10S"}}]""",
            new HostLimit("api.test") { Concurrency = 1 },
            null);

        Assert.That(run.Action("Third").Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(run.EndTime - run.StartTime, Is.EqualTo(TimeSpan.FromSeconds(20)));
    }

    [Test]
    public async Task A_call_that_gives_up_waiting_for_the_rate_gives_its_moment_back()
    {
        var sent = new SendingTimes();

        await RunAsync(
            """
            { "First": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.test/1" } },
              "Impatient": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.test/2" }, "limit": { "timeout": "PT5S" }, "runAfter": { "First": ["Succeeded"] } },
              "Third": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.test/3" }, "runAfter": { "Impatient": ["TimedOut"] } } }
            """,
            """[{"respond":{}}]""",
            new HostLimit("api.test") { Requests = 1, Period = TimeSpan.FromMinutes(1) },
            sent);

        Assert.That(sent.Times, Is.EqualTo(new[] { Start, Start.AddMinutes(1) }));
    }

    [Test]
    public void Who_waits_keeps_its_moment_whoever_gives_up_before_it()
    {
        var rate = new RequestRate(2, TimeSpan.FromSeconds(10));
        DateTimeOffset[] given = [.. Enumerable.Range(0, 6).Select(_ => rate.Reserve(Start))];

        rate.Release(given[2]);
        rate.Release(given[5]);

        Assert.That(given.Select(at => (at - Start).TotalSeconds), Is.EqualTo(new[] { 0, 0, 10, 10, 20, 20 }));
        Assert.That((rate.Reserve(Start.AddSeconds(1)) - Start).TotalSeconds, Is.EqualTo(20), "that of the last one");
        Assert.That((rate.Reserve(Start.AddSeconds(1)) - Start).TotalSeconds, Is.EqualTo(30), "two within any ten seconds");
    }

    [Test]
    public async Task Limits_hold_for_their_host_alone()
    {
        var run = await RunAsync(
            Thousand.Replace("1000", "20", StringComparison.Ordinal).Replace("https://api.test/@{item()}", "https://h@{mod(item(), 2)}.test/", StringComparison.Ordinal),
            """[{"respond":{"delay":"PT1S"}}]""",
            new HostLimit("h1.test") { Concurrency = 1 },
            null);

        Assert.That(run.EndTime - run.StartTime, Is.EqualTo(TimeSpan.FromSeconds(10)));
    }

    [Test]
    public async Task A_server_that_fails_too_often_is_left_alone_for_a_while()
    {
        var breaker = new CircuitBreaker(0.5, 4, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(30));

        var run = await RunAsync(
            """
            { "Loop": { "type": "Foreach", "foreach": "@range(0, 6)", "operationOptions": "Sequential", "actions": {
                "Call": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.test/", "retryPolicy": { "type": "none" } } } } },
              "Wait": { "type": "Wait", "inputs": { "interval": { "count": 31, "unit": "Second" } }, "runAfter": { "Loop": ["Failed"] } },
              "Later": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.test/" }, "runAfter": { "Wait": ["Succeeded"] } } }
            """,
            """[{"respond":[{"status":500},{"fault":"reset"},{"status":503},{"status":500},{"status":200}]}]""",
            new HostLimit("api.test") { Breaker = breaker },
            null);

        Assert.That(run.Requests, Has.Count.EqualTo(5));
        Assert.That(run.Action("Later").Code, Is.EqualTo("OK"));
        Assert.That(
            run.Action("Loop").Repetitions[5].Action("Call")!.Value.Error!.Message,
            Is.EqualTo("Http request failed as there is an error: 'The server 'api.test' has failed too often; no request is sent to it for PT30S.'."));
    }

    [Test]
    public void A_limit_that_makes_no_sense_is_refused_before_the_first_run()
    {
        HostLimit[] limits =
        [
            new("h") { Requests = 0 },
            new("h") { Requests = 1, Period = TimeSpan.Zero },
            new("h") { Concurrency = 0 },
            new("h") { Breaker = new CircuitBreaker(0, 2, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)) },
            new("h") { Breaker = new CircuitBreaker(0.5, 1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)) },
            new("h") { Breaker = new CircuitBreaker(0.5, 2, TimeSpan.Zero, TimeSpan.FromSeconds(1)) },
            new("h") { Breaker = new CircuitBreaker(0.5, 2, TimeSpan.FromSeconds(1), TimeSpan.FromDays(2)) },
        ];

        foreach (var limit in limits)
            Assert.That(() => WorkflowEngine.Create(settings => settings.UseHttp(new HttpOptions { HostLimits = [limit] })), Throws.ArgumentException.With.Message.StartsWith("The limit of 'h' is not valid"));
    }

    [TestCase("api.test", "api.test", true)]
    [TestCase("API.test", "api.test", true)]
    [TestCase("*.test", "a.b.test", true)]
    [TestCase("a*.test:8*", "api.test:8080", true)]
    [TestCase("*", "api.test", true)]
    [TestCase("api.test", "api.test:8080", false)]
    [TestCase("*.test", "test", false)]
    [TestCase("ab*ba", "aba", false)]
    public void Hosts_fit_by_name_and_port(string pattern, string host, bool fits) =>
        Assert.That(HostGates.Find([new HostLimit(pattern) { Concurrency = 1 }], new Uri($"http://{host}/")) is not null, Is.EqualTo(fits));

    [Test]
    public void Hosts_that_come_and_go_are_forgotten()
    {
        var limit = new HostLimit("*") { Requests = 1, Period = TimeSpan.FromSeconds(1) };
        var clock = new FakeTimeProvider();
        var gates = new HostGates();
        var used = gates.Take(limit, "in.use.test", clock);

        for (var i = 0; i < 10_000; i++)
        {
            gates.Return(gates.Take(limit, $"h{i}.test", clock), clock);
            clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.That(gates.Count, Is.LessThan(1_000), "a second has 100 of them");
        Assert.That(gates.Take(limit, "in.use.test", clock), Is.SameAs(used), "one that is used is kept");
        Assert.That(gates.Take(limit, "h9999.test", clock), Is.SameAs(gates.Take(limit, "h9999.test", clock)));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(50)]
    public void A_time_that_no_request_can_take_is_refused_before_the_first_run(int days) => Assert.That(
        () => WorkflowEngine.Create(settings => settings.UseHttp(new HttpOptions { RequestTimeout = TimeSpan.FromDays(days) })),
        Throws.ArgumentException.With.Message.StartsWith("HttpOptions.RequestTimeout must be longer than nothing and at most 49 days"));

    [Test]
    public void The_longest_time_of_a_request_is_taken() =>
        Assert.That(() => new RequestTimeLimit(new OutboundState(new HttpOptions { RequestTimeout = TimeSpan.FromDays(49) }).Options.RequestTimeout!.Value, TimeProvider.System, default).Dispose(), Throws.Nothing);

    [Test]
    public async Task Requests_go_through_the_proxy()
    {
        using var proxy = new LoopbackServer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nok");
        using var bench = new HttpBench(new OutboundHandler(null, new HttpOptions { Proxy = new WebProxy(new Uri(proxy.Url)) }));

        var outcome = await bench.RunAsync("""{"method":"GET","uri":"http://api.test/a"}""");

        Assert.That(outcome.Outputs["body"].AsStringOrNull, Is.EqualTo("ok"), outcome.Error?.Message);
        Assert.That(proxy.Requests[0], Does.StartWith("GET http://api.test/a HTTP/1.1\r\n"));
    }

    [TestCase("inside.test", "EgressDenied", 0)]
    [TestCase("outside.test", "OK", 1)]
    [TestCase("nowhere.test", "UnresolvableHostName", 0)]
    public async Task The_guard_looks_at_the_target_before_the_proxy_hears_of_it(string host, string code, int requests)
    {
        using var proxy = new LoopbackServer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var options = new HttpOptions { Proxy = new WebProxy($"http://proxy.test:{proxy.Port}") };
        using var bench = new HttpBench(new OutboundHandler(EgressPolicy.PublicOnly, ResolveAsync, options));

        Assert.That((await bench.RunAsync($$"""{"method":"GET","uri":"http://{{host}}/","retryPolicy":{"type":"none"} }""")).Code, Is.EqualTo(code));
        Assert.That(proxy.Requests, Has.Count.EqualTo(requests));
    }

    private static Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation) =>
        host == "nowhere.test"
            ? throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound)
            : Task.FromResult<IPAddress[]>([host == "outside.test" ? IPAddress.Parse("93.184.215.14") : IPAddress.Loopback]);

    private static async Task<RunResult> RunAsync(string actions, string mocks, HostLimit limit, SendingTimes? times)
    {
        using var handler = new MockHttpHandler(MockSet.Parse(mocks));
        await using var engine = WorkflowEngine.Create(settings => settings.UseHttp(new HttpOptions { HostLimits = [limit] }));
        return await engine.RunAsync(
            Flow.Of(actions), TriggerRequest.Empty, new RunOptions { Time = new VirtualTimeProvider(Start), Seed = 1, HttpHandler = times is null ? handler : times.Before(handler) });
    }

    private sealed class SendingTimes : DelegatingHandler
    {
        public List<DateTimeOffset> Times { get; } = [];

        public SendingTimes Before(HttpMessageHandler handler)
        {
            InnerHandler = handler;
            return this;
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Options.TryGetValue(HttpScope.Key, out var scope);
            lock (Times) Times.Add(scope!.Time.GetUtcNow());
            return base.SendAsync(request, cancellationToken);
        }
    }
}
