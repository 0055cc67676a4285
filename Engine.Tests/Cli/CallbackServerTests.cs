using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using FlowEngine.Cli;

namespace FlowEngine.Tests.Cli;

/// <summary><c>flow run</c> in real time takes callbacks on the loopback interface.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CallbackServerTests
{
    private const string Accepted = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    [Test]
    public async Task A_request_to_the_address_that_the_server_was_told_completes_the_action()
    {
        using var run = new WaitingRun();
        var address = await run.CallbackAddressAsync();

        var status = await CallAsync(address, """{ "approved": true }""", "application/json");
        var shown = await run.EndAsync();

        Assert.That(address.Host, Is.EqualTo("127.0.0.1"));
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(shown.Exit, Is.EqualTo(ExitCodes.Succeeded), shown.ToString());
        Assert.That(shown.Echo["body"]["approved"], Is.EqualTo((FlowValue)true));
        Assert.That(shown.Out, Does.Not.Contain(address.Query["?sig=".Length..]), "the token is a secret");
    }

    [TestCase("text/plain", "yes", """ "yes" """)]
    [TestCase("application/x-www-form-urlencoded", "a=1", """ { "$content-type": "application/x-www-form-urlencoded", "$content": "YT0x", "$formdata": [{ "key": "a", "value": "1" }] } """)]
    [TestCase(null, "yes", """ { "$content-type": "application/octet-stream", "$content": "eWVz" } """)]
    public async Task A_body_is_read_by_its_type_as_a_trigger_reads_it(string? type, string body, string expected)
    {
        using var run = new WaitingRun();

        await CallAsync(await run.CallbackAddressAsync(), body, type);
        var shown = await run.EndAsync();

        Assert.That(shown.Echo["body"], Is.EqualTo(FlowValue.Parse(expected)), shown.ToString());
    }

    [Test]
    public async Task What_is_not_expected_is_not_found_and_the_run_goes_on_waiting()
    {
        using var run = new WaitingRun();
        var address = await run.CallbackAddressAsync();

        var wrongToken = await CallAsync(new Uri(address.AbsoluteUri + "0"), "{}", "application/json");
        var wrongPath = await CallAsync(new Uri(address, "/runs/1/actions/Ask/run" + address.Query), "{}", "application/json");
        var broken = await CallAsync(address, "{", "application/json");
        var right = await CallAsync(address, "{}", "application/json");
        await run.EndAsync();

        Assert.That((wrongToken, wrongPath, broken, right), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.BadRequest, HttpStatusCode.OK)));
    }

    [Test]
    public async Task A_seed_does_not_tell_the_path()
    {
        using var first = new WaitingRun("--seed", "1");
        using var second = new WaitingRun("--seed", "1");
        var addresses = new[] { await first.CallbackAddressAsync(), await second.CallbackAddressAsync() };

        foreach (var address in addresses) await CallAsync(address, "{}", "application/json");
        await Task.WhenAll(first.EndAsync(), second.EndAsync());

        Assert.That(addresses[0].AbsolutePath, Is.Not.EqualTo(addresses[1].AbsolutePath));
        Assert.That(addresses[0].Segments[1], Has.Length.EqualTo(33));
    }

    [Test]
    public async Task The_address_of_a_tunnel_is_told_instead()
    {
        var local = new Uri($"http://127.0.0.1:{FreePort()}/");
        using var run = new WaitingRun("--listen", local.AbsoluteUri, "--callback-address", "https://tunnel.example/x");
        var address = await run.CallbackAddressAsync();

        var status = await CallAsync(new Uri(local, address.PathAndQuery), "{}", "application/json");
        var shown = await run.EndAsync();

        Assert.That(address.AbsoluteUri, Does.StartWith("https://tunnel.example/x/"));
        Assert.That((status, shown.Exit), Is.EqualTo((HttpStatusCode.OK, ExitCodes.Succeeded)), shown.ToString());
    }

    [TestCase("--listen", "https://127.0.0.1:1/", "takes an address with http")]
    [TestCase("--listen", "nowhere", "not 'nowhere'")]
    [TestCase("--listen", "http://127.0.0.1:8080/ --virtual-time", "real time")]
    public async Task What_makes_no_sense_is_refused(string option, string value, string says)
    {
        using var shell = new Shell();

        var shown = await shell.CallAsync(["run", shell.Flow(), option, .. value.Split(' ')]);

        Assert.That((shown.Exit, shown.Error), Is.EqualTo((ExitCodes.Usage, shown.Error)));
        Assert.That(shown.Error, Does.Contain(says));
    }

    [Test]
    public async Task A_flow_that_nobody_calls_back_listens_to_nothing()
    {
        using var shell = new Shell();

        var shown = await shell.CallAsync("run", shell.Flow());

        Assert.That(shown.Error, Does.Not.Contain("callbacks"));
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static async Task<HttpStatusCode> CallAsync(Uri address, string body, string? type)
    {
        using var client = new HttpClient();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var answer = await client.PostAsync(address, content);
        return answer.StatusCode;
    }

    /// <summary>A run of the command that waits to be called back.</summary>
    private sealed class WaitingRun : IDisposable
    {
        private readonly Shell _shell = new();
        private readonly LoopbackServer _server = new(Accepted);
        private readonly Task<Shown> _run;

        public WaitingRun(params string[] options)
        {
            var flow = _shell.Flow(
                $$"""
                { "Ask": { "type": "HttpWebhook", "inputs": { "subscribe": { "method": "POST", "uri": "{{_server.Url}}subscribe", "body": { "url": "@listCallbackUrl()" } } } },
                  "Echo": { "type": "Compose", "inputs": "@outputs('Ask')", "runAfter": { "Ask": ["Succeeded"] } } }
                """);
            _run = Task.Run(() => _shell.CallAsync(["run", flow, "--json", .. options]));
        }

        public async Task<Uri> CallbackAddressAsync()
        {
            var subscription = await _server.First;
            return new Uri(FlowValue.Parse(subscription[(subscription.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..])["url"].AsString);
        }

        public Task<Shown> EndAsync() => _run;

        public void Dispose()
        {
            _server.Dispose();
            _shell.Dispose();
        }
    }
}
