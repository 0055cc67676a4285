using System.Globalization;
using FlowEngine.Actions;
using FlowEngine.Tests.Engine;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace FlowEngine.Tests;

/// <summary>Calls of a real server on loopback that is slow, busy or broken. Waits between retries are virtual.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FailingServerTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly WireMockServer _server = WireMockServer.Start();

    public void Dispose() => _server.Stop();

    [TestCase("17", 17)]
    [TestCase("Sun, 01 Mar 2026 08:01:40 GMT", 100)]
    public async Task A_busy_server_is_asked_again_when_it_says(string retryAfter, int seconds)
    {
        _server.Given(Request.Create().WithPath("/busy")).InScenario("busy").WillSetStateTo("free")
            .RespondWith(Response.Create().WithStatusCode(429).WithHeader("Retry-After", retryAfter).WithHeader("x-ms-request-id", "r-1"));
        _server.Given(Request.Create().WithPath("/busy")).InScenario("busy").WhenStateIs("free").RespondWith(Response.Create().WithBody("now"));

        var run = await CallAsync("busy");

        var call = run.Action("Call");
        Assert.That((call.Code, call.Outputs["body"].AsStringOrNull), Is.EqualTo(("OK", "now")), call.Error?.Message);
        Assert.That(call.EndTime - call.StartTime, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
        Assert.That(call.RetryHistory.Select(attempt => attempt["serviceRequestId"].AsString), Is.EqualTo(new[] { "r-1" }));
    }

    [Test]
    public async Task A_server_that_is_down_gets_five_requests_and_all_are_told()
    {
        _server.Given(Request.Create().WithPath("/down")).RespondWith(Response.Create().WithStatusCode(503).WithBody("sorry"));

        var run = await CallAsync("down");

        Assert.That(_server.LogEntries, Has.Exactly(5).Items);
        Assert.That(run.Requests.Select(request => (request.Attempt, request.StatusCode)), Is.EqualTo(Enumerable.Range(1, 5).Select(i => (i, (int?)503))));
        Assert.That(run.Action("Call").RetryHistory, Has.Count.EqualTo(4));
        Assert.That((run.Action("Call").Code, run.Action("Call").Outputs["body"].AsStringOrNull), Is.EqualTo(("ServiceUnavailable", "sorry")));
        Assert.That(run.Action("Call").EndTime - run.Action("Call").StartTime, Is.EqualTo(TimeSpan.FromSeconds(7.5 + 15 + 30 + 45)));
    }

    [Test]
    public async Task A_server_that_answers_too_late_is_given_up_and_asked_again()
    {
        _server.Given(Request.Create().WithPath("/slow")).RespondWith(Response.Create().WithDelay(TimeSpan.FromSeconds(3)));

        var run = await CallAsync("slow", new HttpOptions { RequestTimeout = TimeSpan.FromMilliseconds(100) });

        Assert.That(run.Action("Call").Error!.Message, Is.EqualTo("Http request failed: the timeout was reached."));
        Assert.That(run.Action("Call").RetryHistory.Select(attempt => attempt["error"]["error"]["message"].AsString), Is.All.EqualTo("Http request failed: the timeout was reached.").And.Exactly(4).Items);
        Assert.That(run.Requests.Select(request => request.Error), Is.All.Not.Null.And.Exactly(5).Items);
    }

    [Test]
    public async Task An_empty_answer_is_no_answer()
    {
        using var server = new LoopbackServer("");

        var run = await CallAsync(server.Url);

        Assert.That(run.Action("Call").Error!.Message, Is.EqualTo("Http request failed as there is an error: 'An error occurred while sending the request.'."));
        Assert.That((server.Requests.Count, run.Requests.Count), Is.EqualTo((5, 5)));
    }

    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")]
    [TestCase("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nno size\r\n")]
    [TestCase("HTTP/1.1 OK then\r\n\r\n")]
    [TestCase("\0\u0001\u0002 garbage\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\nContent-Length: 5\r\n\r\nplain")]
    public async Task A_malformed_answer_fails_the_call_after_its_retries(string answer)
    {
        using var server = new LoopbackServer(answer);

        var run = await CallAsync(server.Url);

        Assert.That((run.Action("Call").Status, run.Action("Call").Code), Is.EqualTo((ActionStatus.Failed, "BadRequest")));
        Assert.That(run.Requests, Has.Count.EqualTo(server.Requests.Count));
        Assert.That(run.Action("Call").RetryHistory, Has.Count.EqualTo(run.Requests.Count - 1));
    }

    // What a hostile server says of where to go on.
    [TestCase("202 Accepted", "Location: //")]
    [TestCase("202 Accepted", "Location: http://[")]
    [TestCase("202 Accepted", "Location: file:///etc/passwd")]
    [TestCase("302 Found", "Location: ftp://a/\r\nLocation: /b")]
    [TestCase("302 Found", "Location: http:///")]
    [TestCase("206 Partial Content", "Content-Range: bytes 0-1/9\r\nETag: \"\u00fc\"")]
    [TestCase("206 Partial Content", "Content-Range: bytes 5-1/-9")]
    [TestCase("200 OK", "Link: <<>>; rel=next, <http://[>; rel=next, <")]
    [TestCase("200 OK", "Content-Type: text/plain; charset=\"\\\"; =;")]
    [TestCase("429 Too Many Requests", "Retry-After: 99999999999999999999")]
    [TestCase("429 Too Many Requests", "Retry-After: -1")]
    public async Task Answers_that_lead_nowhere_end_the_call_and_not_the_engine(string status, string header)
    {
        using var server = new LoopbackServer($"HTTP/1.1 {status}\r\n{header}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]");

        var run = await RunAsync(
            $$"""
            { "Call": { "type": "Http", "inputs": { "method": "GET", "uri": "{{server.Url}}" }, "limit": { "timeout": "PT10M" },
              "runtimeConfiguration": { "contentTransfer": { "transferMode": "Chunked" }, "paginationPolicy": { "minimumItemCount": 10 } } } }
            """,
            new HttpOptions { FollowRedirects = true });

        Assert.That(run.Action("Call").Code, Is.Not.EqualTo("InternalServerError"), run.Action("Call").Error?.Message);
    }

    [Test]
    public async Task A_token_that_ends_on_the_way_is_renewed_and_no_call_is_lost()
    {
        var tokens = 0;
        var uses = new Dictionary<string, int>();
        _server.Given(Request.Create().WithPath("/token").UsingPost()).RespondWith(Response.Create().WithCallback(_ =>
        {
            var number = Interlocked.Increment(ref tokens).ToString(CultureInfo.InvariantCulture);
            return Json($$"""{"access_token":"access-token-{{number}}","token_type":"Bearer","expires_in":3600}""");
        }));
        _server.Given(Request.Create().WithPath("/api/*")).RespondWith(Response.Create().WithCallback(request =>
        {
            var token = request.Headers!["Authorization"].Single();
            lock (uses)
            {
                uses[token] = uses.GetValueOrDefault(token) + 1;
                return uses[token] <= 3 ? Json("{}") : new WireMock.ResponseMessage { StatusCode = 401 };
            }
        }));

        var run = await RunAsync($$"""
            { "Loop": { "type": "Foreach", "foreach": "@range(0, 8)", "operationOptions": "Sequential", "actions": {
                "Call": { "type": "Http", "inputs": { "method": "GET", "uri": "{{_server.Url}}/api/@{item()}", "retryPolicy": { "type": "none" },
                  "authentication": { "type": "OAuth2", "tokenUrl": "{{_server.Url}}/token", "clientId": "client-1", "clientSecret": "secret-of-client" } } } } } }
            """);

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(tokens, Is.EqualTo(3));
        Assert.That(run.Requests, Has.Count.EqualTo(3 + 8 + 2));
        Assert.That(run.ToRecord().ToJson(), Does.Not.Contain("access-token").And.Not.Contain("secret-of-client"));
    }

    [Test]
    public async Task Runs_of_one_engine_share_a_token()
    {
        _server.Given(Request.Create().WithPath("/token")).RespondWith(Response.Create().WithDelay(TimeSpan.FromMilliseconds(50))
            .WithHeader("Content-Type", "application/json").WithBody("{\"access_token\":\"access-token-1\",\"expires_in\":3600}"));
        _server.Given(Request.Create().WithPath("/api").WithHeader("Authorization", "Bearer access-token-1")).RespondWith(Response.Create());
        var workflow = Flow.Of($$"""
            { "Call": { "type": "Http", "inputs": { "method": "GET", "uri": "{{_server.Url}}/api", "retryPolicy": { "type": "none" },
              "authentication": { "type": "OAuth2", "tokenUrl": "{{_server.Url}}/token", "clientId": "client-1", "clientSecret": "secret-of-client" } } } }
            """);
        await using var engine = WorkflowEngine.Create();

        var runs = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => engine.RunAsync(workflow)));

        Assert.That(runs.Select(run => run.Status), Is.All.EqualTo(ActionStatus.Succeeded));
        Assert.That(_server.LogEntries.Count(entry => entry.RequestMessage.Path == "/token"), Is.EqualTo(1));
        Assert.That(runs.Where(run => run.ToRecord().ToJson().Contains("access-token-1", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Pages_of_a_real_server_are_collected()
    {
        _server.Given(Request.Create().WithPath("/items").WithParam("page", "2")).AtPriority(1).RespondWith(Response.Create().WithHeader("Content-Type", "application/json").WithBodyAsJson(new[] { 3 }));
        _server.Given(Request.Create().WithPath("/items")).AtPriority(2)
            .RespondWith(Response.Create().WithHeader("Content-Type", "application/json").WithHeader("Link", "</items?page=2>; rel=\"next\"").WithBodyAsJson(new[] { 1, 2 }));

        var run = await RunAsync($$"""
            { "Call": { "type": "Http", "inputs": { "method": "GET", "uri": "{{_server.Url}}/items" }, "runtimeConfiguration": { "paginationPolicy": { "minimumItemCount": 100 } } } }
            """);

        Assert.That(run.Action("Call").Outputs["body"].ToJson(), Is.EqualTo("""{"value":[1,2,3]}"""), run.Action("Call").Error?.Message);
    }

    private Task<RunResult> CallAsync(string address, HttpOptions? options = null) =>
        RunAsync($$"""{ "Call": { "type": "Http", "inputs": { "method": "GET", "uri": "{{(address.StartsWith("http", StringComparison.Ordinal) ? address : _server.Url + "/" + address)}}" } } }""", options);

    private static async Task<RunResult> RunAsync(string actions, HttpOptions? options = null)
    {
        await using var engine = WorkflowEngine.Create(settings => settings.UseHttp(options ?? HttpOptions.Default));
        return await engine.RunAsync(Flow.Of(actions), TriggerRequest.Empty, new RunOptions { Time = new VirtualTimeProvider(Start), Seed = 1 });
    }

    private static WireMock.ResponseMessage Json(string body) => new()
    {
        StatusCode = 200,
        Headers = new Dictionary<string, WireMock.Types.WireMockList<string>> { ["Content-Type"] = new("application/json") },
        BodyData = new WireMock.Util.BodyData { DetectedBodyType = WireMock.Types.BodyType.String, BodyAsString = body },
    };
}
