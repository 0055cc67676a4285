using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine.Tests;

/// <summary>Runtime reference, 3.14 and 2.1; the statuses are recorded (scenarios http-status-…).</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class HttpActionTests
{
    private const string Get = """{"method":"GET","uri":"https://api.example.test/a","retryPolicy":{"type":"none"}}""";

    [TestCase(200, "OK", ActionStatus.Succeeded)]
    [TestCase(201, "Created", ActionStatus.Succeeded)]
    [TestCase(204, "NoContent", ActionStatus.Succeeded)]
    [TestCase(206, "PartialContent", ActionStatus.Succeeded)]
    [TestCase(302, "Found", ActionStatus.Failed)]
    [TestCase(400, "BadRequest", ActionStatus.Failed)]
    [TestCase(401, "Unauthorized", ActionStatus.Failed)]
    [TestCase(404, "NotFound", ActionStatus.Failed)]
    [TestCase(412, "PreconditionFailed", ActionStatus.Failed)]
    [TestCase(422, "422", ActionStatus.Failed)]
    [TestCase(429, "429", ActionStatus.Failed)]
    [TestCase(500, "InternalServerError", ActionStatus.Failed)]
    [TestCase(503, "ServiceUnavailable", ActionStatus.Failed)]
    public async Task A_status_gives_the_action_its_status_and_code(int status, string code, ActionStatus expected)
    {
        using var bench = new HttpBench($$"""[{"respond":{"status":{{status}},"headers":{"Content-Type":"text/plain"},"body":"nope"} }]""");

        var outcome = await bench.RunAsync(Get);

        Assert.That(outcome.Status, Is.EqualTo(expected));
        Assert.That(outcome.Code, Is.EqualTo(code));
        Assert.That(outcome.Error, Is.Null);
        Assert.That(outcome.Outputs["statusCode"].AsInteger, Is.EqualTo(status));
        Assert.That(outcome.Outputs["body"].AsString, Is.EqualTo("nope"));
    }

    [Test]
    public async Task Outputs_have_headers_in_the_spelling_of_NET_joined_and_with_the_length_of_the_body()
    {
        using var bench = new HttpBench("""
            [{"respond":{"headers":{"etag":"\"1\"","x-request-id":"r","X-own":["a","b"],"cache-control":"max-age=5, no-store","content-type":"text/plain"},"body":"ä"}}]
            """);

        var headers = (await bench.RunAsync(Get)).Outputs["headers"].AsObject;

        Assert.That(headers.Names.ToArray(), Is.EquivalentTo(new[] { "ETag", "X-Request-ID", "X-own", "Cache-Control", "Content-Type", "Content-Length" }));
        Assert.That(headers["X-own"].AsString, Is.EqualTo("a,b"));
        Assert.That(headers["Cache-Control"].AsString, Is.EqualTo("no-store, max-age=5"));
        Assert.That(headers["Content-Length"].AsString, Is.EqualTo("2"));
    }

    [Test]
    public async Task An_empty_answer_has_no_body_and_the_length_0()
    {
        using var bench = new HttpBench("""[{"respond":{"status":204}}]""");

        Assert.That((await bench.RunAsync(Get)).Outputs.ToJson(), Is.EqualTo("""{"statusCode":204,"headers":{"Content-Length":"0"}}"""));
    }

    [Test]
    public async Task JSON_that_does_not_parse_fails_without_outputs()
    {
        using var bench = new HttpBench("""[{"respond":{"headers":{"Content-Type":"application/json"},"body":"hello"}}]""");

        var outcome = await bench.RunAsync(Get);

        Assert.That(outcome.HasOutputs, Is.False);
        Assert.That(outcome.Code, Is.EqualTo("BadRequest"));
        Assert.That(outcome.Error!.Message, Does.StartWith(
            "Http request failed: the content was not a valid JSON. Error while parsing JSON: 'Unexpected character encountered while parsing value: h. Path ''"));
    }

    [TestCase("""{"b":"x y&z=1","c":"äö","d":"a/b?c#d+e"}""", "https://api.example.test/p?b=x%20y%26z%3D1&c=%C3%A4%C3%B6&d=a%2Fb%3Fc%23d%2Be")]
    [TestCase("""{"n":1,"t":true,"z":null}""", "https://api.example.test/p?n=1&t=True&z=")]
    [TestCase("{}", "https://api.example.test/p?old=1")]
    public async Task Queries_replace_the_query_string(string queries, string uri)
    {
        using var bench = new HttpBench("""[{"respond":{}}]""");

        await bench.RunAsync($$"""{"method":"get","uri":"https://api.example.test/p?old=1","queries":{{queries}} }""");

        Assert.That(bench.Requests[0].Uri!.AbsoluteUri, Is.EqualTo(uri));
        Assert.That(bench.Requests[0].Method.Method, Is.EqualTo("GET"));
    }

    [Test]
    public async Task Secrets_of_authentication_are_masked_and_the_policy_has_a_capital()
    {
        using var bench = new HttpBench("""[{"match":{"headers":{"Authorization":"Basic dXNlcjpwQHNzOndvcmQ="}},"respond":{}}]""");

        var outcome = await bench.RunAsync("""
            {"method":"GET","uri":"https://api.example.test/p","authentication":{"type":"Basic","username":"user","password":"p@ss:word"},"retryPolicy":{"type":"none"}}
            """);

        Assert.That(outcome.Status, Is.EqualTo(ActionStatus.Succeeded), outcome.Error?.Message);
        Assert.That(bench.RecordedInputs.ToJson(), Is.EqualTo(
            """{"method":"GET","uri":"https://api.example.test/p","authentication":{"type":"Basic","username":"user","password":"*sanitized*"},"retryPolicy":{"type":"None"}}"""));
    }

    [TestCase("""{"type":"Raw","value":"Bearer abc"}""", "Bearer abc")]
    [TestCase("""{"type":"None"}""", null)]
    public async Task Raw_authentication_is_the_whole_header(string authentication, string? header)
    {
        using var bench = new HttpBench(new HeaderEcho("Authorization"));

        var outcome = await bench.RunAsync($$"""{"method":"GET","uri":"https://api.example.test/p","authentication":{{authentication}} }""");

        Assert.That(outcome.Outputs["body"].AsStringOrNull, Is.EqualTo(header));
    }

    [TestCase("unresolved", "UnresolvableHostName", "The provided host name 'api.example.test' could not be resolved.")]
    [TestCase("timeout", "BadRequest", "Http request failed: the timeout was reached.")]
    [TestCase("reset", "BadRequest", "Http request failed as there is an error: 'An error occurred while sending the request.'.")]
    public async Task No_answer_fails_without_outputs(string fault, string code, string message)
    {
        using var bench = new HttpBench($$"""[{"respond":{"fault":"{{fault}}"} }]""");

        var outcome = await bench.RunAsync(Get);

        Assert.That(outcome.Status, Is.EqualTo(ActionStatus.Failed));
        Assert.That(outcome.HasOutputs, Is.False);
        Assert.That(outcome.Code, Is.EqualTo(code));
        Assert.That(outcome.Error, Is.EqualTo(new ActionError(code, message)));
    }

    [TestCase(HostProfile.Consumption, "{}", 120)]
    [TestCase(HostProfile.PowerAutomate, "{}", 120)]
    [TestCase(HostProfile.Standard, "{}", 225)]
    [TestCase(HostProfile.Standard, """{"runtimeConfiguration":{"requestOptions":{"timeout":"00:01:30"}}}""", 90)]
    public async Task The_time_limit_of_a_request_is_the_hosts(HostProfile host, string members, int seconds)
    {
        using var bench = new HttpBench("""[{"respond":{"fault":"timeout"}}]""") { Host = host };

        await bench.RunAsync(Get, members);

        Assert.That(bench.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
    }

    [Test]
    public async Task A_delay_below_the_limit_is_waited_for()
    {
        using var bench = new HttpBench("""[{"respond":{"delay":"PT119S","body":"late"}}]""");

        Assert.That((await bench.RunAsync(Get)).Outputs["body"].AsString, Is.EqualTo("late"));
        Assert.That(bench.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(119)));
    }

    [Test]
    public async Task A_request_that_no_mock_answers_fails_at_once_and_names_the_nearest()
    {
        using var bench = new HttpBench("""[{"match":{"method":"POST","uri":"https://api.example.test/*"},"respond":{}}]""");

        var outcome = await bench.RunAsync("""{"method":"GET","uri":"https://api.example.test/a"}""");

        Assert.That(outcome.Code, Is.EqualTo("MockNotFound"));
        Assert.That(outcome.Error!.Message, Is.EqualTo(
            "No mock answers GET https://api.example.test/a. The nearest is POST https://api.example.test/*: the method is GET, not POST."));
        Assert.That(bench.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_202_with_Location_is_polled_with_GET_until_another_status()
    {
        using var bench = new HttpBench("""
            [{"match":{"method":"POST","uri":"https://api.example.test/start"},"respond":{"status":202,"headers":{"Location":"/status","Retry-After":"1"}}},
             {"match":{"method":"GET","uri":"https://api.example.test/status","headers":{"Authorization":"Bearer t"}},
              "respond":[{"status":202},{"status":200,"headers":{"Content-Type":"text/plain"},"body":"done"}]}]
            """);

        var outcome = await bench.RunAsync("""{"method":"POST","uri":"https://api.example.test/start","body":{"go":true},"authentication":{"type":"Raw","value":"Bearer t"}}""");

        Assert.That(outcome.Outputs["body"].AsStringOrNull, Is.EqualTo("done"), outcome.Error?.Message);
        Assert.That(bench.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10) }));
        Assert.That(bench.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Every_202_may_name_another_place_to_ask_at_and_its_own_wait()
    {
        using var bench = new HttpBench("""
            [{"match":{"method":"POST","uri":"https://api.example.test/start"},"respond":{"status":202,"headers":{"Location":"https://api.example.test/jobs/1/state"}}},
             {"match":{"method":"GET","uri":"https://api.example.test/jobs/1/state"},"respond":{"status":202,"headers":{"Location":"../2/state?part=b","Retry-After":"7"}}},
             {"match":{"method":"GET","uri":"https://api.example.test/jobs/2/state?part=b"},"respond":[{"status":202,"headers":{"Retry-After":"0"}},{"status":202,"headers":{"Location":"//other.example.test/end","Retry-After":"3"}}]},
             {"match":{"method":"GET","uri":"https://other.example.test/end"},"respond":{"status":409,"headers":{"Content-Type":"text/plain"},"body":"failed"}}]
            """);

        var outcome = await bench.RunAsync("""{"method":"POST","uri":"https://api.example.test/start","body":{"go":true}}""");

        Assert.That((outcome.Code, outcome.Outputs["body"].AsStringOrNull), Is.EqualTo(("Conflict", "failed")), outcome.Error?.Message);
        Assert.That(bench.Waits.Select(wait => wait.TotalSeconds), Is.EqualTo(new[] { 10, 7, 1, 3 }));
    }

    [TestCase("""{"Location":"/status"}""", """{"operationOptions":"DisableAsyncPattern"}""")]
    [TestCase("{}", "{}")]
    public async Task A_202_is_final_without_Location_or_with_the_pattern_off(string headers, string members)
    {
        using var bench = new HttpBench($$"""[{"respond":{"status":202,"headers":{{headers}} } }]""");

        var outcome = await bench.RunAsync(Get, members);

        Assert.That(outcome.Code, Is.EqualTo("Accepted"));
        Assert.That(bench.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("""{"method":"GET"}""", "uri")]
    [TestCase("""{"uri":"https://a.test"}""", "method")]
    [TestCase("""{"method":"G T","uri":"https://a.test"}""", "method")]
    [TestCase("""{"method":"GET","uri":"/relative"}""", "absolute URI")]
    [TestCase("""{"method":"GET","uri":"ftp://a.test"}""", "'ftp' scheme")]
    [TestCase("""{"method":"GET","uri":"https://a.test","headers":{"X":"a\r\nEvil: 1"}}""", "'X'")]
    [TestCase("""{"method":"GET","uri":"https://a.test","headers":{"X Y":"a"}}""", "X Y")]
    [TestCase("""{"method":"GET","uri":"https://a.test","cookie":"a\nEvil: 1"}""", "Cookie")]
    [TestCase("""{"method":"GET","uri":"https://a.test","authentication":{"type":"Raw","value":"x\r\ny"}}""", "Authorization")]
    [TestCase("""{"method":"POST","uri":"https://a.test","body":{"$content-type":"a\r\nb","$content":""}}""", "Content-Type")]
    [TestCase("5", "object")]
    public async Task Inputs_that_can_not_be_sent_fail_before_anything_is_sent(string inputs, string named)
    {
        using var bench = new HttpBench("""[{"respond":{}}]""");

        var outcome = await bench.RunAsync(inputs);

        Assert.That(outcome.Status, Is.EqualTo(ActionStatus.Failed));
        Assert.That(outcome.Error!.Message, Does.StartWith("Http request failed as there is an error: '").And.Contains(named));
        Assert.That(bench.Requests, Is.Empty);
    }

    [Test]
    public void Cancelling_ends_the_action_with_its_token()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        using var bench = new HttpBench("""[{"respond":{}}]""");

        Assert.That(async () => await bench.RunAsync(Get, cancellation: cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private sealed class HeaderEcho(string name) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage
        {
            Content = request.Headers.TryGetValues(name, out var values) ? new StringContent(values.Single()) : new ByteArrayContent([]),
        });
    }
}
