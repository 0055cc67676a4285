using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FlowEngine.Actions;

namespace FlowEngine.Tests;

/// <summary>The Http action over real sockets, on loopback only.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class OutboundHandlerTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

    [Test]
    public async Task The_wire_has_exactly_what_the_action_says()
    {
        using var server = new LoopbackServer(Ok);
        using var bench = new HttpBench(new OutboundHandler());

        var outcome = await bench.RunAsync($$"""
            {"method":"post","uri":"{{server.Url}}p?x=1","headers":{"X-Own":"a b","Host":"evil.example","Content-Length":"1","Transfer-Encoding":"chunked","Connection":"Upgrade",
             "Accept-Language":"de","Origin":"https://o.example","Cookie":"no=1","If-None-Match":"unquoted"},"cookie":"s=1","body":{"a":"ä"} }
            """, """{"operationOptions":"SuppressWorkflowHeaders"}""");

        Assert.That(outcome.Outputs["body"].AsStringOrNull, Is.EqualTo("ok"), outcome.Error?.Message);
        Assert.That(server.Requests[0], Is.EqualTo(
            $"POST /p?x=1 HTTP/1.1\r\nHost: 127.0.0.1:{server.Port}\r\nX-Own: a b\r\nIf-None-Match: unquoted\r\nCookie: s=1\r\nAccept-Encoding: gzip, deflate, br\r\n"
            + "Content-Type: application/json; charset=utf-8\r\nContent-Length: 10\r\n\r\n{\"a\":\"Ã¤\"}"));
    }

    [Test]
    public async Task Naughty_names_and_values_never_reach_the_wire_as_headers()
    {
        using var server = new LoopbackServer(Ok);
        using var bench = new HttpBench(new OutboundHandler());
        string[] naughty =
        [
            "a\r\nX-Evil: 1", "a\nX-Evil: 1", "a\rX-Evil: 1", "a\0b", "\r\n\r\nGET / HTTP/1.1", "\u2028X-Evil: 1", "\u0085X-Evil: 1", "a\u000bb", "ｅｖｉｌ", "田中さん", "\u202Etest",
            "\ud800", "💥",
        ];

        foreach (var text in naughty)
        {
            var asValue = FlowValue.Object(("method", FlowValue.String("GET")), ("uri", FlowValue.String(server.Url)), ("headers", FlowValue.Object(("X-Own", FlowValue.String(text)))));
            var asName = FlowValue.Object(("method", FlowValue.String("GET")), ("uri", FlowValue.String(server.Url)), ("headers", FlowValue.Object(("X" + text, FlowValue.String("v")))));
            Assert.That((await bench.RunAsync(asValue.ToJson())).Error?.Code, Is.EqualTo("BadRequest"), text);
            Assert.That((await bench.RunAsync(asName.ToJson())).Error?.Code, Is.EqualTo("BadRequest"), text);
        }

        foreach (var harmless in new[] { "", "a: b", "{\"a\":[1]}", "<script>alert(1)</script>", "$(touch /tmp/x)", "tab\there", "../../etc/passwd%00" })
        {
            var inputs = FlowValue.Object(("method", FlowValue.String("GET")), ("uri", FlowValue.String(server.Url)), ("headers", FlowValue.Object(("X-Own", FlowValue.String(harmless)))));
            Assert.That((await bench.RunAsync(inputs.ToJson())).Status, Is.EqualTo(ActionStatus.Succeeded), harmless);
            Assert.That(server.Requests[^1], Does.Contain($"\r\nX-Own: {harmless}\r\n"));
        }

        Assert.That(server.Requests, Has.Count.EqualTo(7));
    }

    [Test]
    public async Task A_server_that_fails_twice_gets_three_requests()
    {
        const string Failing = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        using var server = new LoopbackServer(Failing, Failing, Ok);
        using var bench = new HttpBench(new OutboundHandler());

        var outcome = await bench.RunAsync($$"""{"method":"GET","uri":"{{server.Url}}" }""");

        Assert.That(outcome.Code, Is.EqualTo("OK"));
        Assert.That(server.Requests, Has.Count.EqualTo(3));
        Assert.That(bench.RetryHistory.Select(attempt => attempt["code"].AsString), Is.EqualTo(new[] { "ServiceUnavailable", "ServiceUnavailable" }));
    }

    [Test]
    public async Task Redirects_are_not_followed()
    {
        using var server = new LoopbackServer("HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var bench = new HttpBench(new OutboundHandler());

        var outcome = await bench.RunAsync($$"""{"method":"GET","uri":"{{server.Url}}" }""");

        Assert.That((outcome.Status, outcome.Code), Is.EqualTo((ActionStatus.Failed, "Found")));
        Assert.That(outcome.Outputs["headers"]["Location"].AsString, Is.EqualTo("/other"));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("{}", "text")]
    [TestCase("""{"operationOptions":"DisableAutomaticDecompression"}""", null)]
    public async Task Answers_are_decompressed_unless_that_is_off(string members, string? body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write("text"u8);
        var head = $"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\nConnection: close\r\n\r\n";
        using var server = new LoopbackServer([.. Encoding.ASCII.GetBytes(head), .. packed.ToArray()]);
        using var bench = new HttpBench(new OutboundHandler());

        var outcome = await bench.RunAsync($$"""{"method":"GET","uri":"{{server.Url}}" }""", members);

        var bytes = body is null ? packed.ToArray() : Encoding.UTF8.GetBytes(body);
        Assert.That(outcome.Outputs["body"]["$content"].AsString, Is.EqualTo(Convert.ToBase64String(bytes)));
        Assert.That(outcome.Outputs["headers"]["Content-Length"].AsString, Is.EqualTo(bytes.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [TestCase("application/json")]
    [TestCase("text/plain")]
    public async Task What_stays_compressed_is_bytes_whatever_its_type(string type)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write("{}"u8);
        var head = $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\nConnection: close\r\n\r\n";
        using var server = new LoopbackServer([.. Encoding.ASCII.GetBytes(head), .. packed.ToArray()]);
        using var bench = new HttpBench(new OutboundHandler());

        var outcome = await bench.RunAsync($$"""{"method":"GET","uri":"{{server.Url}}" }""", """{"operationOptions":"DisableAutomaticDecompression"}""");

        Assert.That(outcome.Status, Is.EqualTo(ActionStatus.Succeeded), outcome.Error?.Message);
        Assert.That(outcome.Outputs["body"]["$content-type"].AsString, Is.EqualTo(type));
        Assert.That(outcome.Outputs["body"]["$content"].AsString, Is.EqualTo(Convert.ToBase64String(packed.ToArray())));
    }

    [Test]
    public async Task A_closed_port_refuses_in_the_words_of_the_service()
    {
        int port;
        using (var server = new LoopbackServer(Ok)) port = server.Port;
        using var bench = new HttpBench(new OutboundHandler());

        var outcome = await bench.RunAsync($$"""{"method":"GET","uri":"http://127.0.0.1:{{port}}","retryPolicy":{"type":"none"} }""");

        Assert.That(outcome.Error!.Message, Is.EqualTo(
            "Http request failed as there is an error: 'No connection could be made because the target machine actively refused it.'."));
    }

    [TestCase("127.0.0.1")]
    [TestCase("localhost")]
    [TestCase("2130706433")]
    [TestCase("0x7f.1")]
    [TestCase("127.1")]
    [TestCase("0")]
    [TestCase("[::1]")]
    [TestCase("[::ffff:127.0.0.1]")]
    [TestCase("[64:ff9b::7f00:1]")]
    [TestCase("169.254.169.254")]
    [TestCase("10.0.0.1")]
    [TestCase("100.64.0.1")]
    [TestCase("[fd00::1]")]
    [TestCase("rebinding.test")]
    public async Task The_policy_refuses_hosts_that_lead_inside(string host)
    {
        using var bench = new HttpBench(new OutboundHandler(EgressPolicy.PublicOnly, ResolveAsync));

        var outcome = await bench.RunAsync($$"""{"method":"GET","uri":"http://{{host}}:9/" }""");

        Assert.That(outcome.Code, Is.EqualTo("EgressDenied"), outcome.Error?.Message);
        Assert.That(bench.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_host_on_the_list_is_let_through()
    {
        using var server = new LoopbackServer(Ok);
        using var bench = new HttpBench(new OutboundHandler(EgressPolicy.PublicOnly with { AllowedHosts = ["INSIDE.test"] }, ResolveAsync));

        Assert.That((await bench.RunAsync($$"""{"method":"GET","uri":"http://inside.test:{{server.Port}}/" }""")).Code, Is.EqualTo("OK"));
    }

    [Test]
    public async Task The_policy_refuses_user_information()
    {
        using var bench = new HttpBench(new OutboundHandler(EgressPolicy.PublicOnly, ResolveAsync));

        Assert.That((await bench.RunAsync("""{"method":"GET","uri":"http://user:pw@inside.test/"}""")).Code, Is.EqualTo("EgressDenied"));
    }

    [Test]
    public async Task An_unknown_name_is_unresolvable_with_the_policy_on()
    {
        using var bench = new HttpBench(new OutboundHandler(EgressPolicy.PublicOnly, ResolveAsync));

        var outcome = await bench.RunAsync("""{"method":"GET","uri":"http://nowhere.test/","retryPolicy":{"type":"none"}}""");

        Assert.That(outcome.Error, Is.EqualTo(new ActionError("UnresolvableHostName", "The provided host name 'nowhere.test' could not be resolved.")));
    }

    // One public address and one inside: any address that is not public refuses the host.
    private static Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation) => host switch
    {
        "localhost" or "inside.test" => Task.FromResult<IPAddress[]>([IPAddress.Loopback]),
        "rebinding.test" => Task.FromResult<IPAddress[]>([IPAddress.Parse("93.184.215.14"), IPAddress.Parse("10.1.2.3")]),
        _ => throw new SocketException((int)SocketError.HostNotFound),
    };
}
