namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TrustTests : IDisposable
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [TestCase(0, 1)]
    [TestCase(5, 0, "--untrusted")]
    [TestCase(5, 0, "--untrusted", "--record", "tape.json")]
    public async Task A_flow_of_strangers_reaches_no_address_inside(int exit, int requests, params string[] options)
    {
        using var server = new LoopbackServer(Ok);
        var flow = _shell.Flow($$"""{ "Call": { "type": "Http", "inputs": { "method": "GET", "uri": "{{server.Url}}" } } }""");

        var shown = await _shell.CallAsync(["run", flow, "--json", .. options.Select(option => option == "tape.json" ? _shell.Path(option) : option)]);

        Assert.That((shown.Exit, server.Requests.Count), Is.EqualTo((exit, requests)), shown.Error);
        if (exit != 0) Assert.That(shown.Json["actions"]["Call"]["code"].AsString, Is.EqualTo("EgressDenied"));
    }

    [TestCase("")]
    [TestCase("loop")]
    public async Task A_request_of_a_child_or_a_repetition_that_is_refused_counts_too(string kind)
    {
        const string Request = """{ "Get": { "type": "Http", "inputs": { "method": "GET", "uri": "http://169.254.169.254/", "retryPolicy": { "type": "none" } } }, "Answer": { "type": "Response", "inputs": { "statusCode": 500 }, "runAfter": { "Get": ["Failed"] } } }""";
        var inner = kind == "loop" ? """{ "Loop": { "type": "Foreach", "foreach": "@range(0, 2)", "actions": { "Get": { "type": "Http", "inputs": { "method": "GET", "uri": "http://169.254.169.254/" } } } } }""" : """{ "Call": { "type": "Workflow", "inputs": { "host": { "workflow": { "id": "child" } }, "retryPolicy": { "type": "none" } } } }""";
        _shell.File("child/workflow.json", $$"""{ "definition": { "triggers": { "manual": { "type": "Request" } }, "actions": {{Request}} }, "kind": "Stateful" }""");
        var parent = _shell.File("parent/workflow.json", $$"""{ "definition": { "triggers": { "manual": { "type": "Request" } }, "actions": {{inner}} }, "kind": "Stateful" }""");

        var shown = await _shell.CallAsync("run", parent, "--untrusted", "--json");

        Assert.That(shown.Exit, Is.EqualTo(5), shown.ToString());
    }

    [Test]
    public async Task What_the_user_ends_is_cancelled_whatever_was_refused_before()
    {
        using var interrupt = new CancellationTokenSource();
        var flow = _shell.Flow("""
            { "Call": { "type": "Http", "inputs": { "method": "GET", "uri": "http://169.254.169.254/", "retryPolicy": { "type": "none" } } },
              "Wait": { "type": "Wait", "inputs": { "interval": { "unit": "Hour", "count": 1 } }, "runAfter": { "Call": ["Failed"] } } }
            """);
        using var output = new Interrupting(interrupt, "Wait");

        var exit = await FlowEngine.Cli.FlowCommand.InvokeAsync(["run", flow, "--untrusted", "--ndjson"], new FlowEngine.Cli.CommandConsole(output, TextWriter.Null, TextReader.Null), interrupt.Token);

        Assert.That(exit, Is.EqualTo(130), output.ToString());
    }

    // Cancels once the action has begun.
    private sealed class Interrupting(CancellationTokenSource interrupt, string action) : StringWriter
    {
        public override void WriteLine()
        {
            base.WriteLine();
            if (ToString().Contains($"\"path\":\"{action}\"", StringComparison.Ordinal)) _ = Task.Run(interrupt.Cancel);
        }
    }

    [Test]
    public async Task A_flow_that_can_do_without_the_answer_succeeds()
    {
        var flow = _shell.Flow("""
            { "Call": { "type": "Http", "inputs": { "method": "GET", "uri": "http://169.254.169.254/" } },
              "Else": { "type": "Compose", "inputs": 1, "runAfter": { "Call": ["Failed"] } } }
            """);

        Assert.That((await _shell.CallAsync("run", flow, "--json", "--untrusted")).Exit, Is.Zero);
    }

    [TestCase("501 actions", "501 actions; 500 are allowed")]
    [TestCase("nested", "exceeds the maximum nesting limit")]
    [TestCase("6 MB", "bytes are not read")]
    [TestCase("archive of 6 MB", "bytes are not read")]
    [TestCase("archive of 12 MB", "10,485,760 bytes")]
    [TestCase("archive of 600 entries", "500 entries")]
    public async Task A_flow_of_strangers_may_be_only_so_large(string what, string message)
    {
        var one = """{ "triggers": { "manual": { "type": "Request" } }, "actions": { "A": { "type": "Compose", "inputs": 1 } } }""";
        var noise = new byte[6 * 1024 * 1024];
        new Random(1).NextBytes(noise);
        var nested = """ "Last": { "type": "Compose", "inputs": 1 } """;
        for (var i = 0; i < 9; i++) nested = $$""" "S{{i}}": { "type": "Scope", "actions": { {{nested}} } } """;
        var flow = what switch
        {
            "501 actions" => _shell.Flow("{" + string.Join(",", Enumerable.Range(0, 501).Select(i => $$""" "A{{i}}": { "type": "Compose", "inputs": 1 } """)) + "}"),
            "nested" => _shell.Flow("{" + nested + "}"),
            "6 MB" => _shell.File("flow.json", one + new string(' ', 6 * 1024 * 1024)),
            "archive of 6 MB" => _shell.File("a.zip", Zip.OfBytes(("flow.json", System.Text.Encoding.UTF8.GetBytes(one)), ("noise.bin", noise))),
            "archive of 12 MB" => _shell.File("a.zip", Zip.OfBytes([("flow.json", System.Text.Encoding.UTF8.GetBytes(one)), .. Enumerable.Range(0, 15).Select(i => ($"{i}.json", System.Text.Encoding.UTF8.GetBytes(new string(' ', 900_000))))])),
            _ => _shell.File("a.zip", Zip.Of([("flow.json", one), .. Enumerable.Range(0, 600).Select(i => ($"{i}.txt", ""))])),
        };

        var own = await _shell.CallAsync("run", flow, "--quiet");
        var strangers = await _shell.CallAsync("run", flow, "--untrusted", "--quiet");

        Assert.That((own.Exit, strangers.Exit), Is.EqualTo((0, 2)), own + "\n" + strangers);
        Assert.That(strangers.Error, Does.Contain(message));
    }

    [Test]
    public async Task A_flow_of_strangers_has_a_small_budget()
    {
        var flow = _shell.Flow("""{ "Big": { "type": "Compose", "inputs": "@length(join(range(0, 100000), 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'))" } }""");

        Assert.That((await _shell.CallAsync("run", flow, "--json")).Exit, Is.Zero);
        Assert.That((await _shell.CallAsync("run", flow, "--json", "--untrusted")).Exit, Is.EqualTo(3));
    }

    [Test]
    public async Task Redirects_are_followed_when_asked_for()
    {
        using var target = new LoopbackServer(Ok);
        using var first = new LoopbackServer($"HTTP/1.1 302 Found\r\nLocation: {target.Url}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var flow = _shell.Flow($$"""{ "Call": { "type": "Http", "inputs": { "method": "GET", "uri": "{{first.Url}}" } } }""");

        Assert.That((await _shell.CallAsync("run", flow, "--json")).Exit, Is.EqualTo(3));
        Assert.That((await _shell.CallAsync("run", flow, "--json", "--follow-redirects")).Exit, Is.Zero);
    }

    [Test]
    public async Task A_proxy_with_a_password_is_told_it()
    {
        using var proxy = new LoopbackServer(
            "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", Ok);
        var flow = _shell.Flow("""{ "Call": { "type": "Http", "inputs": { "method": "GET", "uri": "http://api.test/" } } }""");

        var shown = await _shell.CallAsync("run", flow, "--json", "--proxy", $"http://user:p%40ss@127.0.0.1:{proxy.Port}");

        Assert.That(shown.Exit, Is.Zero, shown.Out);
        Assert.That(proxy.Requests[^1], Does.Contain("Proxy-Authorization: Basic dXNlcjpwQHNz"));
        Assert.That(shown.Out, Does.Not.Contain("p@ss").And.Not.Contain("dXNlcjpwQHNz"));
    }

    [Test]
    public async Task A_proxy_that_is_no_address_is_wrong_usage() =>
        Assert.That((await _shell.CallAsync("run", _shell.Flow(), "--proxy", "proxy:8080")).Exit, Is.EqualTo(1));
}
