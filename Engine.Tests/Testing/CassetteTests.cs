using FlowEngine.Actions;
using FlowEngine.Testing;

namespace FlowEngine.Tests;

/// <summary>Recorded calls: what is kept of them, and how runs follow or leave them.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class CassetteTests
{
    private const string Flow = """
        {
          "parameters": { "key": { "type": "SecureString", "defaultValue": "very-secret-key" }, "item": { "type": "String", "defaultValue": "bicycle" } },
          "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": {} } },
          "actions": {
            "Get": {
              "type": "Http",
              "inputs": {
                "method": "GET",
                "uri": "https://shop.example/items?sig=abcdef&of=@{parameters('key')}",
                "headers": { "Authorization": "Bearer @{parameters('key')}", "X-Api-Key": "other-key" },
                "retryPolicy": { "type": "fixed", "count": 2, "interval": "PT20S" }
              }
            },
            "Post": {
              "type": "Http",
              "inputs": { "method": "POST", "uri": "https://shop.example/orders", "body": { "item": "@parameters('item')", "count": "@body('Get')['count']" } },
              "runAfter": { "Get": ["Succeeded"] }
            }
          }
        }
        """;

    private const string Mocks = """
        [
          { "match": { "method": "GET" }, "respond": [{ "status": 503 }, { "body": { "count": 7, "password": "hush" } }] },
          { "match": { "method": "POST" }, "respond": { "status": 201, "headers": { "Set-Cookie": "session=1" } } }
        ]
        """;

    [Test]
    public async Task A_replay_gives_the_same_answers_in_the_same_order()
    {
        using var shell = new Shell();
        var file = await RecordAsync(shell);

        var run = await FlowTest.Parse(Flow).Replay(file).RunAsync();

        run.Expect(ActionStatus.Succeeded);
        Assert.That(run["Get"].Attempts, Is.EqualTo(2), "the 503 comes first again");
        Assert.That(run["Post"].Code, Is.EqualTo("Created"));
        Assert.That(run.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(20)), "the wait before the retry");
    }

    [TestCase("[\"order\", \"method\", \"uri\"]", "tricycle", null, Description = "bodies differ and are not compared")]
    [TestCase("[\"order\", \"method\", \"uri\", \"body\"]", "tricycle", "call 3")]
    [TestCase("[\"method\", \"body\"]", "tricycle", "call 3")]
    [TestCase("[]", "tricycle", null)]
    public async Task A_cassette_says_what_its_calls_are_matched_on(string matchOn, string item, string? divergence)
    {
        using var shell = new Shell();
        var file = await RecordAsync(shell);
        await File.WriteAllTextAsync(file, FlowValue.Parse(await File.ReadAllTextAsync(file)).AsObject.ToBuilder().Set("matchOn", FlowValue.Parse(matchOn)).ToValue().ToJson());
        var test = FlowTest.Parse(Flow).WithParameter("item", item).Replay(file);

        if (divergence is null) (await test.RunAsync()).Expect(ActionStatus.Succeeded);
        else Assert.That(async () => await test.RunAsync(), Throws.TypeOf<FlowTestException>().With.Message.Contains(divergence));
    }

    [Test]
    public async Task Without_the_order_each_call_plays_the_first_that_fits()
    {
        using var shell = new Shell();
        var file = await RecordAsync(shell);
        var cassette = Cassette.Load(file);
        (cassette with { MatchOn = CassetteMatch.Method | CassetteMatch.Uri, Calls = [cassette.Calls[2], cassette.Calls[0], cassette.Calls[1]] }).Save(file);

        var run = await FlowTest.Parse(Flow).Replay(file).RunAsync();

        Assert.That((run["Get"].Attempts, run["Post"].Code), Is.EqualTo((2, "Created")));
    }

    [Test]
    public async Task What_a_cassette_can_not_be_matched_on_is_refused()
    {
        using var shell = new Shell();
        var file = await RecordAsync(shell);
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("\"order\"", "\"oder\"", StringComparison.Ordinal));

        Assert.That(() => Cassette.Load(file), Throws.TypeOf<MockFormatException>().With.Message.Contains("must be one of order, method, uri, body, but is \"oder\""));
    }

    [Test]
    public async Task Secrets_are_scrubbed_by_name_and_by_value()
    {
        using var shell = new Shell();
        var text = await File.ReadAllTextAsync(await RecordAsync(shell));

        Assert.That(text, Does.Contain("Bearer *sanitized*").And.Contain("sig=*sanitized*").And.Contain("bicycle"));
        foreach (var secret in new[] { "very-secret-key", "other-key", "abcdef", "hush", "session=1" }) Assert.That(text, Does.Not.Contain(secret));
    }

    [Test]
    public async Task A_strict_replay_diverges_where_a_body_differs()
    {
        using var shell = new Shell();
        var file = await RecordAsync(shell);

        var failure = Assert.ThrowsAsync<FlowTestException>(() => FlowTest.Parse(Flow).WithParameter("item", "car").Replay(file).RunAsync());

        Assert.That(failure!.Message, Does.Contain("at call 3: action 'Post' sends POST https://shop.example/orders").And.Contain("car").And.Contain("but recorded was").And.Contain("bicycle"));
    }

    [Test]
    public async Task A_loose_replay_goes_by_the_action_only()
    {
        using var shell = new Shell();
        var file = await RecordAsync(shell);

        var run = await FlowTest.Parse(Flow).WithParameter("item", "car").Replay(file, ReplayMode.Loose).RunAsync();

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded));
    }

    [Test]
    public async Task A_call_that_is_left_over_diverges()
    {
        using var shell = new Shell();
        var file = await RecordAsync(shell);

        var failure = Assert.ThrowsAsync<FlowTestException>(() => FlowTest.Parse(Flow).MockAction("Post", mock => mock.Succeeds()).Replay(file).RunAsync());

        Assert.That(failure!.Message, Does.Contain("at call 3: POST https://shop.example/orders by action 'Post' was recorded, but the run ended without it"));
    }

    [Test]
    public void A_long_or_binary_body_goes_to_a_file_beside_and_comes_back()
    {
        using var shell = new Shell();
        var bytes = new byte[] { 0xFF, 0xFE, 0x00, 0x80 };
        var cassette = new Cassette
        {
            Flow = "flow",
            FlowHash = "",
            Calls =
            [
                new CassetteCall("A", "GET", "https://a.example/", FlowValue.EmptyObject, null, new MockResponse(200, [new("Content-Type", ["application/octet-stream"])], bytes, TimeSpan.Zero)),
                new CassetteCall("B", "GET", "https://a.example/", FlowValue.EmptyObject, null, new MockResponse(200, [], new byte[9000], TimeSpan.Zero)),
            ],
        };

        cassette.Save(shell.Path("tape.json"));
        var read = Cassette.Load(shell.Path("tape.json"));

        Assert.That(read.Calls[0].Response.Body.ToArray(), Is.EqualTo(bytes));
        Assert.That(read.Calls[1].Response.Body.Length, Is.EqualTo(9000));
        Assert.That(read.Calls[1].Response.Headers, Is.Empty, "no type is made up");
        Assert.That(Directory.EnumerateFiles(shell.Path("tape.bodies")).Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task The_command_records_and_replays_and_tells_where_it_diverges()
    {
        using var shell = new Shell();
        var (flow, mocks, tape) = (shell.File("flow.json", Flow), shell.File("mocks.json", Mocks), shell.Path("tape.json"));

        var recorded = await shell.CallAsync("run", flow, "--mocks", mocks, "--virtual-time", "--record", tape);
        var same = await shell.CallAsync("run", flow, "--virtual-time", "--replay", tape);
        var other = await shell.CallAsync("run", flow, "--virtual-time", "--replay", tape, "--param", "item=car", "--json");
        var loose = await shell.CallAsync("run", flow, "--virtual-time", "--replay", tape, "--loose", "--param", "item=car");

        Assert.That(new[] { recorded.Exit, same.Exit, other.Exit, loose.Exit }, Is.EqualTo(new[] { 0, 0, 7, 0 }), other.Error);
        Assert.That(other.Error, Does.Contain("diverges from the cassette at call 3: action 'Post'").And.Not.Contain("very-secret-key"));
        Assert.That(other.Json["actions"]["Post"]["error"]["code"].AsString, Is.EqualTo("ReplayDiverged"));
    }

    [Test]
    public async Task Secrets_of_a_child_run_are_in_no_cassette_and_in_no_divergence()
    {
        const string Child = """
            { "definition": {
                "parameters": { "key": { "type": "SecureString", "defaultValue": "child-secret-key" }, "item": { "type": "String", "defaultValue": "bicycle" } },
                "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": {} } },
                "actions": {
                  "Pin": { "type": "Compose", "inputs": "hidden-by-child", "runtimeConfiguration": { "secureData": { "properties": ["inputs", "outputs"] } } },
                  "Post": { "type": "Http", "runAfter": { "Pin": ["Succeeded"] },
                    "inputs": { "method": "POST", "uri": "https://shop.example/orders", "headers": { "X-Thing": "@parameters('key')" }, "body": "ITEM @{parameters('key')} hidden-by-child", "retryPolicy": { "type": "none" } } },
                  "Answer": { "type": "Response", "inputs": { "statusCode": 200 }, "runAfter": { "Post": ["Succeeded", "Failed"] } } } },
              "kind": "Stateful" }
            """;
        using var shell = new Shell();
        var parent = shell.File("parent/workflow.json", """
            { "definition": { "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": {} } },
                "actions": { "Call": { "type": "Workflow", "inputs": { "host": { "workflow": { "id": "child" } } } } } }, "kind": "Stateful" }
            """);
        shell.File("child/workflow.json", Child.Replace("ITEM", "bicycle", StringComparison.Ordinal));
        var (mocks, tape) = (shell.File("mocks.json", """[{ "match": { "method": "POST" }, "respond": { "status": 201 } }]"""), shell.Path("tape.json"));

        var recorded = await shell.CallAsync("run", parent, "--mocks", mocks, "--virtual-time", "--record", tape);
        shell.File("child/workflow.json", Child.Replace("ITEM", "car", StringComparison.Ordinal));
        var other = await shell.CallAsync("run", parent, "--virtual-time", "--replay", tape);
        var events = await shell.CallAsync("run", shell.Path("child/workflow.json"), "--virtual-time", "--replay", tape, "--ndjson");

        var text = await File.ReadAllTextAsync(tape);
        Assert.That((recorded.Exit, other.Exit), Is.EqualTo((0, 7)), recorded.Error + other.Error);
        Assert.That(text, Does.Contain("bicycle"));
        Assert.That(other.Error, Does.Contain("action 'Post' sends"));
        Assert.That(events.Out, Does.Contain("\"error\":\"The run diverges from the cassette at call 1"));
        foreach (var secret in new[] { "child-secret-key", "hidden-by-child" }) Assert.That(text + other.Error + other.Out + events.Out + events.Error, Does.Not.Contain(secret));
    }

    [Test]
    public async Task A_cassette_that_makes_no_sense_is_an_invalid_input()
    {
        using var shell = new Shell();

        var shown = await shell.CallAsync("run", shell.File("flow.json", Flow), "--replay", shell.File("tape.json", """{ "version": 1, "calls": [{ "request": { "method": "GET" }, "response": {} }] }"""));

        Assert.That(shown.Exit, Is.EqualTo(2));
        Assert.That(shown.Error + shown.Out, Does.Contain("tape.json(1,").And.Contain("A request has 'method' and 'uri'"));
    }

    [TestCase("client_secret=k1&grant_type=client_credentials", "client_secret=*sanitized*&grant_type=client_credentials")]
    [TestCase("grant_type=password&password=k1", "grant_type=password&password=*sanitized*")]
    [TestCase("/a?page=2&api_key=k1#top", "/a?page=2&api_key=*sanitized*#top")]
    [TestCase("""{"token":"k1","nextToken":"page2"}""", """{"token":"*sanitized*","nextToken":"page2"}""")]
    [TestCase("""{"api-key" : "k1"}""", """{"api-key" : "*sanitized*"}""")]
    [TestCase("""{"pin":1,"password":-12.5e3,"n":2}""", """{"pin":1,"password":"*sanitized*","n":2}""")]
    [TestCase("""{"a":"{\"password\":\"k\\\"1\",\"b\":1}"}""", """{"a":"{\"password\":\"*sanitized*\",\"b\":1}"}""")]
    [TestCase("""{"secretary":"Ann","keyboard":"k1"}""", """{"secretary":"Ann","keyboard":"k1"}""")]
    public void Members_and_parameters_named_like_secrets_are_scrubbed(string body, string expected)
    {
        var call = new CassetteCall("A", "POST", "https://a.example/", FlowValue.EmptyObject, body, new MockResponse(200, [], System.Text.Encoding.UTF8.GetBytes(body), TimeSpan.Zero));

        var scrubbed = new Scrubber((text, _) => text).Apply(call);

        Assert.That(scrubbed.Body, Is.EqualTo(expected));
        Assert.That(System.Text.Encoding.UTF8.GetString(scrubbed.Response.Body.Span), Is.EqualTo(expected));
    }

    [TestCase("a*sanitized*c", "abc", true)]
    [TestCase("a*sanitized*c*sanitized*e", "abcde", true)]
    [TestCase("a*sanitized*c", "abcd", false)]
    [TestCase("aba*sanitized*aba", "aba", false)]
    [TestCase("a*c", "abc", false)]
    public void A_mark_stands_for_whatever_was_secret(string scrubbed, string text, bool fits) => Assert.That(Scrubber.Fits(scrubbed, text), Is.EqualTo(fits));

    private static async Task<string> RecordAsync(Shell shell)
    {
        var file = shell.Path("tape.json");
        await FlowTest.Parse(Flow).WithMocks(MockSet.Parse(Mocks)).RecordTo(file).RunAsync();
        return file;
    }
}
