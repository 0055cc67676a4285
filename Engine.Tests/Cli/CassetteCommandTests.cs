using FlowEngine.Testing;

namespace FlowEngine.Tests;

/// <summary><c>flow cassette show|scrub|to-wiremock</c>.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class CassetteCommandTests
{
    private const string Flow = """
        {
          "triggers": { "manual": { "type": "Request", "inputs": {} } },
          "actions": {
            "Get": { "type": "Http", "inputs": { "method": "GET", "uri": "https://a.example/x?sig=abc&n=1", "retryPolicy": { "type": "fixed", "count": 2, "interval": "PT20S" } } },
            "Post": { "type": "Http", "inputs": { "method": "POST", "uri": "https://a.example/y", "body": { "password": "p", "of": "top-secret-thing" } }, "runAfter": { "Get": [ "Succeeded" ] } }
          }
        }
        """;

    private static async Task<string> RecordAsync(Shell shell)
    {
        await FlowTest.Parse(Flow)
            .MockHttp(mock => mock.Get("https://a.example/x").Returns(503).ThenJson(200, """{ "n": 7 }"""))
            .MockHttp(mock => mock.Post("https://a.example/y").Returns(201, FlowValue.String("made of top-secret-thing")))
            .RecordTo(shell.Path("tape.json")).RunAsync();
        return shell.Path("tape.json");
    }

    [Test]
    public async Task Show_lists_the_calls_with_what_answered()
    {
        using var shell = new Shell();
        var shown = await shell.CallAsync("cassette", "show", await RecordAsync(shell));

        Assert.That(shown.Exit, Is.Zero);
        Assert.That(shown.Out.Split('\n'), Has.Some.EqualTo("1  Get  GET https://a.example/x?sig=*sanitized*&n=1 -> 503, 0 B").And.Some.StartsWith("3  Post  POST https://a.example/y (").And.Some.StartsWith("3 calls of"));
    }

    [Test]
    public async Task Scrub_takes_values_out_wherever_they_turn_up()
    {
        using var shell = new Shell();
        var file = await RecordAsync(shell);
        var shown = await shell.CallAsync("cassette", "scrub", file, "--value", "top-secret-thing", "--output", shell.Path("clean.json"));

        Assert.That(shown.Exit, Is.Zero, shown.ToString());
        Assert.That(await File.ReadAllTextAsync(file), Does.Contain("top-secret-thing"));
        Assert.That(await File.ReadAllTextAsync(shell.Path("clean.json")), Does.Not.Contain("top-secret-thing").And.Contain("made of *sanitized*"));
        Assert.That((await FlowTest.Parse(Flow).Replay(shell.Path("clean.json")).RunAsync()).Status, Is.EqualTo(FlowEngine.Actions.ActionStatus.Succeeded), "what was scrubbed fits anything");
    }

    [Test]
    public async Task To_wiremock_writes_mappings_that_answer_alike()
    {
        using var shell = new Shell();
        var shown = await shell.CallAsync("cassette", "to-wiremock", await RecordAsync(shell));
        shell.File("stubs.json", shown.Out);

        var run = await FlowTest.Parse(Flow).WithMocks(shell.Path("stubs.json")).RunAsync();

        Assert.That(shown.Json["mappings"].AsArray, Has.Count.EqualTo(3));
        Assert.That(shown.Json["mappings"][0]["request"]["urlPattern"].AsString, Does.StartWith("/x\\?sig=.*&n=1"));
        Assert.That(shown.Json["mappings"][2]["request"]["bodyPatterns"][0]["equalToJson"]["password"].AsString, Is.EqualTo("${json-unit.any-string}"));
        Assert.That(run.Requests.Select(request => request.StatusCode), Is.EqualTo(new int?[] { 503, 200, 201 }));
        Assert.That((run["Get"].Body["n"], run["Post"].Body.AsString), Is.EqualTo((FlowValue.Integer(7), "made of top-secret-thing")));
    }

    [Test]
    public async Task A_file_that_is_no_cassette_exits_with_2_and_a_missing_one_with_1()
    {
        using var shell = new Shell();

        Assert.That((await shell.CallAsync("cassette", "show", shell.File("no.json", "{}"))).Exit, Is.EqualTo(2));
        Assert.That((await shell.CallAsync("cassette", "show", shell.Path("none.json"))).Exit, Is.EqualTo(1));
    }
}
