namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ExitCodeTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Test]
    public async Task A_run_that_succeeds_ends_with_0() => Assert.That((await _shell.CallAsync("run", _shell.Flow())).Exit, Is.Zero);

    [TestCase("valdate", "there is no command 'valdate'. Did you mean 'validate'?", "See 'flow --help'.")]
    [TestCase("run --bdy", "there is no option '--bdy'. Did you mean '--body'?", "See 'flow run --help'.")]
    [TestCase("run x.json --hlep", "there is no option '--hlep'. Did you mean '--help'?", "See 'flow run --help'.")]
    [TestCase("run", "Required argument 'FILE' missing for command: 'run'.", "See 'flow run --help'.")]
    public async Task Wrong_usage_is_told_in_two_lines(string line, string said, string help)
    {
        var shown = await _shell.CallAsync(line.Split(' '));

        Assert.That(shown, Is.EqualTo(new Shown(1, "", $"flow: {said}\n{help}\n")));
    }

    [TestCase("run x.json --seed abc", "--seed takes a whole number, not 'abc'.")]
    [TestCase("run x.json --seed 99999999999", "--seed takes a whole number, not '99999999999'.")]
    [TestCase("run x.json --virtual-time --occurrences 0", "--occurrences takes a whole number from 1, not '0'.")]
    [TestCase("test x.json --parallel 1.5", "--parallel takes a whole number from 1, not '1.5'.")]
    [TestCase("eval @guid() --seed 1e3", "--seed takes a whole number, not '1e3'.")]
    public async Task What_is_no_number_is_told_in_one_line(string line, string said)
    {
        var shown = await _shell.CallAsync(line.Split(' '));

        Assert.That(shown, Is.EqualTo(new Shown(1, "", $"flow: {said}\n")));
    }

    [TestCase("run", "nowhere.json")]
    [TestCase("validate", "nowhere.json")]
    [TestCase("eval", "--cases", "nowhere.jsonl")]
    [TestCase("eval", "1", "--context", "nowhere.json")]
    public async Task A_file_that_is_not_there_is_wrong_usage(params string[] args)
    {
        var shown = await _shell.CallAsync(args);

        Assert.That((shown.Exit, shown.Out), Is.EqualTo((1, "")));
        Assert.That(shown.Error, Does.Contain("nowhere.json"));
    }

    [TestCase("--body", "@nowhere.json")]
    [TestCase("--parameters", "nowhere.json")]
    [TestCase("--mocks", "nowhere.json")]
    [TestCase("--param", "x=@nowhere.json")]
    [TestCase("--header", "no-equals-sign")]
    [TestCase("--param", "=nameless")]
    [TestCase("--timeout", "soon")]
    [TestCase("--timeout", "0s")]
    [TestCase("--now", "yesterday")]
    [TestCase("--seed", "lucky")]
    [TestCase("--trigger", "nobody")]
    [TestCase("--json", "--ndjson")]
    public async Task A_value_that_makes_no_sense_is_wrong_usage(params string[] args)
    {
        var shown = await _shell.CallAsync(["run", _shell.Flow(), .. args]);

        Assert.That((shown.Exit, shown.Out), Is.EqualTo((1, "")));
        Assert.That(shown.Error, Is.Not.Empty);
    }

    [Test]
    public async Task Several_triggers_without_a_choice_are_wrong_usage_and_are_listed()
    {
        var flow = _shell.File("flow.json", """
            { "triggers": { "a": { "type": "Request", "kind": "Http" }, "b": { "type": "Recurrence", "recurrence": { "frequency": "Day", "interval": 1 } } }, "actions": {} }
            """);

        var shown = await _shell.CallAsync("run", flow);
        Assert.That((shown.Exit, shown.Error), Is.EqualTo((1, "flow: the flow has several triggers; name one with --trigger: a, b.\n")));

        Assert.That((await _shell.CallAsync("run", flow, "--trigger", "A", "--json")).Json["trigger"]["name"].AsString, Is.EqualTo("a"));
    }

    [Test]
    public async Task A_definition_that_is_not_valid_ends_with_2_and_with_json_prints_its_diagnostics()
    {
        var flow = _shell.Flow("""{ "A": { "type": "Compose", "inputs": 1, "runAfter": { "Nobody": ["Succeeded"] } } }""");

        var plain = await _shell.CallAsync("run", flow);
        Assert.That((plain.Exit, plain.Out), Is.EqualTo((2, "")));
        Assert.That(plain.Error, Does.StartWith(flow + "("));

        var json = await _shell.CallAsync("run", flow, "--json");
        Assert.That(json.Exit, Is.EqualTo(2));
        Assert.That(json.Json["errors"], Is.EqualTo(FlowValue.Integer(1)));
        Assert.That(json.Json["files"][0]["file"].AsString, Is.EqualTo(flow));
        Assert.That(json.Json["files"][0]["diagnostics"][0]["severity"].AsString, Is.EqualTo("error"));
    }

    [TestCase("--param", "unknown=1")]
    [TestCase("--param", "count=many")]
    public async Task A_parameter_that_does_not_fit_ends_with_2(params string[] args)
    {
        var flow = _shell.Flow(parameters: """{ "count": { "type": "Int", "defaultValue": 1 } }""");

        var shown = await _shell.CallAsync(["run", flow, "--json", .. args]);

        Assert.That((shown.Exit, shown.Out), Is.EqualTo((2, "")));
    }

    [Test]
    public async Task A_run_that_fails_ends_with_3_and_prints_its_record()
    {
        var shown = await _shell.CallAsync("run", _shell.Flow("""{ "A": { "type": "Compose", "inputs": "@int('x')" } }"""), "--json");

        Assert.That(shown.Exit, Is.EqualTo(3));
        Assert.That(shown.Json["status"].AsString, Is.EqualTo("Failed"));
    }

    [Test]
    public async Task A_run_that_cancels_itself_ends_with_3()
    {
        var shown = await _shell.CallAsync("run", _shell.Flow("""{ "T": { "type": "Terminate", "inputs": { "runStatus": "Cancelled" } } }"""), "--json");

        Assert.That((shown.Exit, shown.Json["status"].AsString), Is.EqualTo((3, "Cancelled")));
    }

    [TestCase("2s")]
    [TestCase("PT2S")]
    public async Task A_run_beyond_its_timeout_is_TimedOut_and_ends_with_3(string timeout)
    {
        var flow = _shell.Flow("""{ "W": { "type": "Wait", "inputs": { "interval": { "unit": "Hour", "count": 1 } } } }""");

        var shown = await _shell.CallAsync("run", flow, "--json", "--virtual-time", "--timeout", timeout);

        Assert.That((shown.Exit, shown.Json["status"].AsString), Is.EqualTo((3, "TimedOut")));
    }

    [Test]
    public async Task A_timeout_bounds_the_real_clock_too_where_time_is_virtual()
    {
        var flow = _shell.Flow("""
            { "Forever": { "type": "Until", "expression": "@equals(1, 2)", "limit": { "count": 5000, "timeout": "P1D" }, "actions": {
              "All": { "type": "Foreach", "foreach": "@range(0, 20000)", "actions": { "One": { "type": "Compose", "inputs": "@item()" } } } } } }
            """);

        var shown = await _shell.CallAsync("run", flow, "--ndjson", "--virtual-time", "--timeout", "20ms");

        Assert.That(shown.Exit, Is.EqualTo(3));
        Assert.That(shown.Out.TrimEnd('\n').Split('\n')[^1], Does.Contain("\"status\":\"TimedOut\""));
    }

    [Test]
    public async Task A_run_that_the_user_cancels_shows_its_record_and_ends_with_130()
    {
        using var interrupt = new CancellationTokenSource();
        var flow = _shell.Flow("""{ "W": { "type": "Wait", "inputs": { "interval": { "unit": "Hour", "count": 1 } } } }""");
        var call = Shell.CallAsync(["run", flow, "--json"], "", interrupt.Token);

        await interrupt.CancelAsync();

        var shown = await call;
        Assert.That((shown.Exit, shown.Json["status"].AsString), Is.EqualTo((130, "Cancelled")));
    }

    [Test]
    public async Task A_run_that_never_suspends_can_be_cancelled()
    {
        using var interrupt = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        var flow = _shell.Flow("""
            { "Forever": { "type": "Until", "expression": "@equals(1, 2)", "limit": { "count": 5000, "timeout": "P1D" }, "actions": {
              "All": { "type": "Foreach", "foreach": "@range(0, 20000)", "actions": { "One": { "type": "Compose", "inputs": "@item()" } } } } } }
            """);

        Assert.That((await Shell.CallAsync(["run", flow, "--quiet"], "", interrupt.Token)).Exit, Is.EqualTo(130));
    }

    [TestCase("add(1, 2)", 0)]
    [TestCase("add(1,", 2)]
    [TestCase("div(1, 0)", 3)]
    public async Task An_expression_ends_with_0_or_2_where_it_does_not_parse_or_3_where_it_fails(string expression, int exit) =>
        Assert.That((await _shell.CallAsync("eval", expression)).Exit, Is.EqualTo(exit));

    [TestCase("--help")]
    [TestCase("run", "--help")]
    [TestCase("--version")]
    public async Task Help_and_version_end_with_0(params string[] args)
    {
        var shown = await _shell.CallAsync(args);

        Assert.That((shown.Exit, shown.Error), Is.EqualTo((0, "")));
        Assert.That(shown.Out, Is.Not.Empty);
    }
}
