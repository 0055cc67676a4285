using FlowEngine.Actions;

namespace FlowEngine.Tests;

/// <summary>Redirects, where they are followed.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class HttpRedirectTests
{
    [TestCase("POST", 301, "GET", false)]
    [TestCase("POST", 302, "GET", false)]
    [TestCase("POST", 303, "GET", false)]
    [TestCase("PUT", 303, "GET", false)]
    [TestCase("PUT", 301, "PUT", true)]
    [TestCase("POST", 307, "POST", true)]
    [TestCase("POST", 308, "POST", true)]
    public async Task Methods_and_bodies_go_on_as_the_status_says(string method, int status, string then, bool withBody)
    {
        using var bench = Following($$"""
            [{"match":{"uri":"https://api.test/a"},"respond":{"status":{{status}},"headers":{"Location":"/b?c=1"} } },
             {"match":{"method":"{{then}}","uri":"https://api.test/b?c=1"{{(withBody ? ""","body":"text" """ : "")}} },"respond":{"body":"there"} }]
            """);

        var outcome = await bench.RunAsync($$"""{"method":"{{method}}","uri":"https://api.test/a","body":"text"}""");

        Assert.That(outcome.Outputs["body"].AsStringOrNull, Is.EqualTo("there"), outcome.Error?.Message);
        Assert.That(bench.Requests.Select(request => request.Attempt), Is.EqualTo(new[] { 1, 1 }));
    }

    [TestCase("https://api.test/b", "Basic dTpw,id=7,v")]
    [TestCase("https://api.test:444/b", ",,v")]
    [TestCase("https://other.test/b", ",,v")]
    public async Task Credentials_stay_with_their_origin(string location, string seen)
    {
        using var bench = new HttpBench(new Redirecting(location, ["Authorization", "Cookie", "X-Own"])) { Outbound = new OutboundState(new HttpOptions { FollowRedirects = true }) };

        var outcome = await bench.RunAsync("""
            {"method":"GET","uri":"https://api.test/a","headers":{"X-Own":"v"},"cookie":"id=7","authentication":{"type":"Basic","username":"u","password":"p"}}
            """);

        Assert.That(outcome.Outputs["body"].AsStringOrNull, Is.EqualTo(seen));
    }

    [Test]
    public async Task Encryption_is_not_left()
    {
        using var bench = Following("""[{"respond":{"status":302,"headers":{"Location":"http://api.test/b"}}}]""");

        var outcome = await bench.RunAsync("""{"method":"GET","uri":"https://api.test/a"}""");

        Assert.That(outcome.Code, Is.EqualTo("Found"));
        Assert.That(bench.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_circle_ends_after_ten()
    {
        using var bench = Following("""[{"respond":{"status":302,"headers":{"Location":"/a"}}}]""");

        var outcome = await bench.RunAsync("""{"method":"GET","uri":"https://api.test/a"}""");

        Assert.That(outcome.Error!.Message, Is.EqualTo("Http request failed as there is an error: 'the call was redirected more than 10 times'."));
        Assert.That(bench.Requests, Has.Count.EqualTo(11));
    }

    [Test]
    public async Task A_redirect_to_an_address_inside_meets_the_guard()
    {
        using var inside = new LoopbackServer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var outside = new LoopbackServer($"HTTP/1.1 302 Found\r\nLocation: {inside.Url}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var guard = new OutboundHandler(EgressPolicy.PublicOnly with { AllowedHosts = ["public.test"] }, (_, _) => Task.FromResult<System.Net.IPAddress[]>([System.Net.IPAddress.Loopback]));
        using var bench = new HttpBench(guard) { Outbound = new OutboundState(new HttpOptions { FollowRedirects = true }) };

        var outcome = await bench.RunAsync($$"""{"method":"GET","uri":"http://public.test:{{outside.Port}}/" }""");

        Assert.That(outcome.Code, Is.EqualTo("EgressDenied"));
        Assert.That((outside.Requests.Count, inside.Requests.Count), Is.EqualTo((1, 0)));
    }

    // Security row 1: the address comes from the server.
    [TestCase("https://api.test/status", "Bearer token")]
    [TestCase("https://elsewhere.test/status", null)]
    public async Task An_accepted_operation_is_polled_with_credentials_at_its_own_origin_only(string location, string? seen)
    {
        using var bench = new HttpBench(new Redirecting(location, ["Authorization"], 202));

        var outcome = await bench.RunAsync("""{"method":"POST","uri":"https://api.test/a","authentication":{"type":"Raw","value":"Bearer token"}}""");

        Assert.That(outcome.Outputs["body"].AsStringOrNull, Is.EqualTo(seen));
    }

    private static HttpBench Following(string mocks) => new(mocks) { Outbound = new OutboundState(new HttpOptions { FollowRedirects = true }) };

    /// <summary>Sends to a place, and there says which headers arrived.</summary>
    private sealed class Redirecting(string location, string[] headers, int status = 302) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri != new Uri(location))
            {
                var response = new HttpResponseMessage((System.Net.HttpStatusCode)status);
                response.Headers.Location = new Uri(location);
                return Task.FromResult(response);
            }

            var seen = headers.Select(name => request.Headers.TryGetValues(name, out var values) ? string.Join(';', values) : "");
            return Task.FromResult(new HttpResponseMessage { Content = new StringContent(string.Join(',', seen)) });
        }
    }
}
