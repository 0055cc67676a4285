namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RunOutputTests : IDisposable
{
    private const char Escape = '\u001b';

    private const string LoopThatFailsOnce = """
        {
          "Try": { "type": "Scope", "actions": {
            "Each": { "type": "Foreach", "foreach": "@range(0, 30)", "actions": { "Divide": { "type": "Compose", "inputs": "@div(10, sub(item(), 11))" } } } } },
          "Good": { "type": "Scope", "actions": { "Inner": { "type": "Compose", "inputs": 1 } } }
        }
        """;

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Test]
    public async Task Json_is_one_record_and_nothing_else()
    {
        var shown = await _shell.CallAsync("run", _shell.Flow(LoopThatFailsOnce), "--json");

        Assert.That(shown.Json["actions"]["Each"]["repetitions"].AsArray, Has.Count.EqualTo(30));
        Assert.That(shown.Out.TrimEnd('\n'), Does.Not.Contain('\n'));
    }

    [Test]
    public async Task Json_stays_pure_on_a_terminal_and_in_quiet()
    {
        var flow = _shell.Flow("""{ "A": { "type": "Compose", "inputs": "@nofunction()" } }""");

        Assert.That((await Shell.CallOnTerminalAsync(["run", flow, "--json"])).Json["status"].AsString, Is.EqualTo("Failed"));
        Assert.That((await _shell.CallAsync("run", flow, "--json", "--quiet")).Error, Is.Empty);
    }

    [Test]
    public async Task Ndjson_is_an_event_a_line_and_ends_with_the_run()
    {
        var shown = await _shell.CallAsync("run", _shell.Flow(LoopThatFailsOnce), "--ndjson", "--virtual-time");

        var events = shown.Out.TrimEnd('\n').Split('\n').Select(line => FlowValue.Parse(line)).ToList();
        Assert.That(events, Has.All.Matches<FlowValue>(line => line["v"].AsInteger == 1 && line["run"].IsString && line["at"].AsString.EndsWith('Z')));
        Assert.That(events[0]["type"].AsString, Is.EqualTo("run.started"));
        Assert.That((events[^1]["type"].AsString, events[^1]["status"].AsString, events[^1]["code"].AsString), Is.EqualTo(("run.completed", "Failed", "ActionFailed")));
        Assert.That(events.Count(line => line["type"].AsString == "iteration.completed"), Is.EqualTo(30));
        var failed = events.Single(line => line["type"].AsString == "action.completed" && line["path"].AsString == "Try/Each[11]/Divide");
        Assert.That((failed["kind"].AsString, failed["status"].AsString, failed["error"]["code"].AsString), Is.EqualTo(("Compose", "Failed", "InvalidTemplate")));
    }

    [Test]
    public async Task Ndjson_tells_of_retries_and_requests()
    {
        var flow = _shell.Flow("""{ "Call": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.example/", "retryPolicy": { "type": "fixed", "count": 1, "interval": "PT7S" } } } }""");
        var mocks = _shell.File("mocks.json", """[ { "respond": [ { "status": 503 }, { "status": 200 } ] } ]""");

        var shown = await _shell.CallAsync("run", flow, "--ndjson", "--virtual-time", "--mocks", mocks);

        var events = shown.Out.TrimEnd('\n').Split('\n').Select(line => FlowValue.Parse(line)).ToList();
        Assert.That(
            events.Select(line => line["type"].AsString),
            Is.EqualTo(new[] { "run.started", "action.started", "http.request", "http.response", "action.retry", "http.request", "http.response", "action.completed", "run.completed" }));
        Assert.That((events[4]["attempt"].AsInteger, events[4]["code"].AsInteger, events[4]["next"].AsString), Is.EqualTo((1, 503, "PT7S")));
    }

    [TestCase("--json")]
    [TestCase("--ndjson")]
    [TestCase("--ascii")]
    public async Task Secrets_are_never_shown(string form)
    {
        var flow = _shell.Flow(
            """
            { "Say": { "type": "Compose", "inputs": "@int(parameters('key'))" },
              "Stop": { "type": "Terminate", "runAfter": { "Say": ["Failed"] }, "inputs": { "runStatus": "Failed", "runError": { "code": "X", "message": "@parameters('key')" } } } }
            """,
            """{ "key": { "type": "SecureString" } }""");

        var shown = await _shell.CallAsync("run", flow, form, "--param", "key=hunter2-hunter2");

        Assert.That(shown.Exit, Is.EqualTo(3));
        Assert.That(shown.Out + shown.Error, Does.Contain("*sanitized*").And.Not.Contain("hunter2"));
    }

    [Test]
    public async Task Plain_lines_tell_each_action_that_ended_and_the_failure_in_full()
    {
        var flow = _shell.Flow(LoopThatFailsOnce);

        var shown = await _shell.CallAsync("run", flow, "--virtual-time");

        var lines = shown.Out.TrimEnd('\n').Split('\n');
        Assert.That(lines, Has.Some.EqualTo("✓ Try/Each[0]/Divide  Compose  Succeeded  0.0s"));
        Assert.That(lines, Has.Some.Matches(@"flow\.json\(6,\d+\): error InvalidTemplate: action 'Try/Each\[11\]/Divide' \(Compose\) failed$"));
        Assert.That(lines, Has.Some.EqualTo("  Unable to process template language expressions in action 'Divide' inputs at line '0' and column '0': 'Attempt to divide an integral or decimal value by zero in function 'div'.'."));
        var carets = Array.FindIndex(lines, line => line.EndsWith('^'));
        Assert.That(lines[carets - 1].Substring(lines[carets].IndexOf('^', StringComparison.Ordinal), lines[carets].Count(c => c == '^')), Is.EqualTo("div(10, sub(item(), 11))"));
        Assert.That(lines[^1], Is.EqualTo("Failed in 0.0s: 31 succeeded · 3 failed · exit 3"));
    }

    [Test]
    public async Task Text_of_flows_cannot_drive_the_terminal()
    {
        var flow = _shell.Flow("""{ "A[red]\u001b]0;x\u0007": { "type": "Compose", "inputs": "@int(decodeUriComponent('%1B%5B31m'))" } }""");

        Assert.That((await _shell.CallAsync("run", flow)).Out, Has.None.EqualTo(Escape).And.Contain("A[red]\\u001b]0;x\\u0007"));
        Assert.That((await Shell.CallOnTerminalAsync(["run", flow])).Out, Does.Contain("A[red]\\u001b]0;x\\u0007").And.Not.Match("\u001b\\]0"));
    }

    [Test]
    public async Task A_terminal_gets_a_tree_with_one_row_a_loop_and_closed_scopes()
    {
        var shown = await Shell.CallOnTerminalAsync(["run", _shell.Flow(LoopThatFailsOnce), "--virtual-time"]);

        Assert.That(shown.Out, Has.Some.EqualTo(Escape));
        Assert.That(shown.Out, Does.Contain("━━━━━━━━━━━━ 30/30 1 failed").And.Contain("1 failed").And.Not.Contain("Inner"));
        Assert.That(shown.Out, Does.Contain(" --> ").And.Contain("^^^^"));
    }

    [Test]
    public async Task Ascii_draws_without_other_characters() =>
        Assert.That((await Shell.CallOnTerminalAsync(["run", _shell.Flow(LoopThatFailsOnce), "--ascii"])).Out, Has.All.LessThan('\u0080'));

    [TestCase("NO_COLOR", "1")]
    [TestCase("TERM", "dumb")]
    [TestCase("CI", "true")]
    public async Task The_environment_can_ask_for_plain_lines(string name, string value)
    {
        var shown = await Shell.CallOnTerminalAsync(["run", _shell.Flow()], variables: (name, value));

        Assert.That(shown.Out, Has.None.EqualTo(Escape).And.Contain("✓ Echo  Compose  Succeeded"));
    }

    [TestCase(0, 40)]
    [TestCase(3, 40)]
    public async Task A_terminal_that_tells_nonsense_of_its_width_gets_a_tree_all_the_same(int columns, int rows) =>
        Assert.That((await Shell.CallOnTerminalAsync(["run", _shell.Flow()], columns, rows)).Out, Does.Contain("Echo"));

    [Test]
    public async Task A_short_terminal_gets_plain_lines() =>
        Assert.That((await Shell.CallOnTerminalAsync(["run", _shell.Flow()], rows: 8)).Out, Has.None.EqualTo(Escape));

    [Test]
    public async Task The_response_and_the_outputs_are_shown_at_the_end()
    {
        var flow = _shell.File("flow.json", """
            { "triggers": { "manual": { "type": "Request", "kind": "Http" } },
              "actions": { "Response": { "type": "Response", "inputs": { "statusCode": 201, "body": { "ok": true } } } },
              "outputs": { "total": { "type": "Int", "value": 12 } } }
            """);

        Assert.That((await _shell.CallAsync("run", flow, "--quiet", "--virtual-time")).Out, Is.EqualTo("""
            Response 201
            {
              "ok": true
            }
            Outputs
              total: 12
            Succeeded in 0.0s: 1 succeeded

            """));
    }
}
