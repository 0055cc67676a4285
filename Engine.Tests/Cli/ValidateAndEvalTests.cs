namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ValidateAndEvalTests : IDisposable
{
    private const string Unknown = """{ "A": { "type": "Compose", "inputs": "@nofunction()" } }""";

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Test]
    public async Task All_files_of_a_folder_that_are_known_are_validated()
    {
        _shell.Flow();
        _shell.Flow("""{ "A": { "type": "Compose", "inputs": 1, "runAfter": { "Nobody": ["Succeeded"] } } }""", name: "bad.json");
        _shell.File("package.json", """{ "name": "no flow" }""");
        _shell.File("mocks.json", """[ { "respond": { "status": 200 } } ]""");

        var shown = await _shell.CallAsync("validate", _shell.Path(""), "--json");

        Assert.That(shown.Exit, Is.EqualTo(2));
        Assert.That(
            shown.Json["files"].AsArray.AsSpan().ToArray().Select(file => Path.GetFileName(file["file"].AsString)),
            Is.EqualTo(new[] { "bad.json", "flow.json", "mocks.json" }));
        Assert.That((shown.Json["errors"].AsInteger, shown.Json["warnings"].AsInteger), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task A_file_of_callbacks_is_one_of_mocks()
    {
        var mocks = _shell.File("mocks.json", """[ { "action": "Ask", "callback": { "after": "tomorrow" } } ]""");

        var shown = await _shell.CallAsync("validate", mocks);

        Assert.That(shown.Exit, Is.EqualTo(2));
        Assert.That(shown.Out, Does.Contain("mocks.json(1,").And.Contain("FE7002"));
    }

    [TestCase("a.flowtest.json", """{ "flow": "flow.json", "tests": [ { "name": "t", "expect": { "status": "Suceeded" } } ] }""", "(1,72): error FE7002: There is no status 'Suceeded'", "Did you mean 'Succeeded'?")]
    [TestCase("a.flowtest.json", """{ "flow": "flow.json", "tests": [ { "name": "t", "mocks": "none.json" } ] }""", "(1,59): error FE", "none.json")]
    [TestCase("a.flowtest.json", """{ "flow": "flow.json", "tests": [ { "name": "t", "mocks": [ { "file": "bad.json" } ] } ] }""", "(1,71): error FE7001", "bad.json(1,16): error FE7001: 'match' has no member 'metod'")]
    [TestCase("mapping.json", """{ "request": { "urlPath": "/a", "metod": "GET" }, "response": { "status": 200 } }""", "(1,33): error FE7001", "Did you mean 'method'?")]
    [TestCase("tape.json", """{ "version": 1, "matchOn": [ "ordr" ], "calls": [ { "request": { "method": "GET", "uri": "https://a.example" }, "response": { "status": 200 } } ] }""", "(1,30): error FE7002", "order, method, uri, body")]
    public async Task A_file_of_the_test_kit_is_validated_as_what_it_is(string name, string text, string place, string words)
    {
        _shell.Flow();
        _shell.File("bad.json", """[ { "match": { "metod": "GET" }, "respond": 200 } ]""");

        var shown = await _shell.CallAsync("validate", _shell.File(name, text));

        Assert.That(shown.Exit, Is.EqualTo(2), shown.ToString());
        Assert.That(shown.Out, Does.Contain(name + place).And.Contain(words));
    }

    [Test]
    public async Task A_file_that_is_none_of_the_test_kit_stays_unknown()
    {
        _shell.File("log.json", """[ { "request": "GET /", "response": 200 } ]""");
        _shell.File("list.json", """{ "calls": [], "version": 2 }""");

        Assert.That((await _shell.CallAsync("validate", _shell.Path(""), "--json")).Json["files"].ToJson(), Is.EqualTo("[]"));
    }

    [TestCase(0, "")]
    [TestCase(2, "--fail-on", "warning")]
    public async Task Warnings_fail_only_where_asked(int exit, params string[] args)
    {
        var shown = await _shell.CallAsync(["validate", _shell.Flow(Unknown), "--json", .. args.Where(arg => arg.Length > 0)]);

        Assert.That((shown.Exit, shown.Json["errors"].AsInteger, shown.Json["warnings"].AsInteger), Is.EqualTo((exit, 0, 1)));
    }

    [Test]
    public async Task Of_a_file_with_several_workflows_all_are_validated_and_one_is_run()
    {
        static string Resource(string name, string inputs) =>
            $$$$"""{"type":"Microsoft.Logic/workflows","name":"{{{{name}}}}","properties":{"definition":{"triggers":{"manual":{"type":"Request"}},"actions":{"Echo":{"type":"Compose","inputs":"{{{{inputs}}}}"} } } }}""";
        var file = _shell.File("template.json", $$"""{"resources":[{{Resource("good", "[toUpper('a')]")}},{{Resource("bad", "@nofunction()")}}]}""");

        var both = await _shell.CallAsync("validate", file, "--json");
        Assert.That((both.Json["files"].AsArray.Count, both.Json["errors"].AsInteger, both.Json["warnings"].AsInteger), Is.EqualTo((1, 0, 1)));
        Assert.That((await _shell.CallAsync("validate", file, "--flow", "GOOD", "--json")).Json["warnings"].AsInteger, Is.Zero);
        var undecided = await _shell.CallAsync("run", file);
        Assert.That(undecided.Exit, Is.EqualTo(1));
        Assert.That(undecided.Error, Does.Contain("good, bad").And.Contain("--flow"));
        Assert.That((await _shell.CallAsync("validate", file, "--flow", "other")).Exit, Is.EqualTo(1));
        Assert.That((await _shell.CallAsync("run", file, "--flow", "good", "--json")).Echo, Is.EqualTo(FlowValue.String("A")));
    }

    [TestCase("")]
    [TestCase("not JSON")]
    [TestCase("""{ "some": "JSON" }""")]
    [TestCase("[1]")]
    public async Task A_file_of_no_known_kind_is_an_error(string content)
    {
        var shown = await _shell.CallAsync("validate", _shell.File("x.json", content), "--json");

        Assert.That((shown.Exit, shown.Json["errors"].AsInteger), Is.EqualTo((2, 1)));
    }

    [Test]
    public async Task A_binary_file_is_an_error_and_a_byte_order_mark_is_none()
    {
        Assert.That((await _shell.CallAsync("run", _shell.File("x.bin", [0, 1, 2, 255]))).Exit, Is.EqualTo(2));
        var flow = File.ReadAllBytes(_shell.Flow());
        Assert.That((await _shell.CallAsync("run", _shell.File("bom.json", [0xEF, 0xBB, 0xBF, .. flow]))).Exit, Is.Zero);
    }

    [Test]
    public async Task Plain_diagnostics_have_the_form_that_editors_know_with_an_excerpt()
    {
        var flow = _shell.Flow(Unknown);

        var lines = (await _shell.CallAsync("validate", flow)).Out.Split('\n');

        Assert.That(lines[0], Does.Match(@"^.*flow\.json\(\d+,\d+\): warning FE\d{4}: "));
        Assert.That(lines[2], Does.EndWith("^"));
        Assert.That(lines[3], Is.EqualTo("1 file: 0 errors, 1 warning"));
    }

    [TestCase("add(1, 2)", "3")]
    [TestCase("@add(1, 2)", "3")]
    [TestCase("x @{add(1, 2)}", "\"x 3\"")]
    [TestCase("variables('n')", "7")]
    public async Task An_expression_gives_its_value_as_JSON(string expression, string expected)
    {
        var context = _shell.File("context.json", """{ "variables": { "n": 7 } }""");

        Assert.That((await _shell.CallAsync("eval", expression, "--context", context)).Out, Is.EqualTo(expected + "\n"));
    }

    [Test]
    public async Task A_failed_expression_is_shown_with_carets_on_standard_error()
    {
        var shown = await _shell.CallAsync("eval", "add(1, div(1, 0))");

        Assert.That(shown.Out, Is.Empty);
        Assert.That(shown.Error, Does.EndWith("  | @add(1, div(1, 0))\n  |         ^^^^^^^^^\n"));
    }

    [TestCase("tutorial", 0, "true\n")]
    [TestCase("extended", 3, "")]
    [TestCase("strict", 3, "")]
    public async Task The_lenient_rules_hold_where_they_are_asked_for(string dialect, int exit, string expected)
    {
        var shown = await _shell.CallAsync("eval", "greater('5', 1)", "--dialect", dialect);

        Assert.That((shown.Exit, shown.Out), Is.EqualTo((exit, expected)));
    }

    [Test]
    public async Task A_trace_shows_the_inner_values_first()
    {
        var shown = await _shell.CallAsync("eval", "add(1, mul(2, 3))", "--trace");

        Assert.That(shown.Out, Is.EqualTo("7\n"));
        Assert.That(shown.Error.IndexOf("mul(2, 3) -> 6", StringComparison.Ordinal), Is.GreaterThanOrEqualTo(0).And.LessThan(shown.Error.IndexOf("add(1, mul(2, 3)) -> 7", StringComparison.Ordinal)));
    }

    [Test]
    public async Task Cases_are_answered_one_line_each_whatever_they_hold()
    {
        var cases = _shell.File("cases.jsonl", """
            {"id":"a","expr":"@add(1,2)"}
            {"id":2,"expr":"@add(1,"}
            {"id":"c","expr":"@div(1,0)"}
            no JSON
            {"id":"e"}
            {"id":"f","expr":{"@{'x'}":["@variables('n')"]},"context":{"variables":{"n":1.0}}}
            {"id":"g","expr":"@abs(-1)"}
            {"id":"h","expr":"@abs(-1)","dialect":"extended"}
            """);

        var shown = await _shell.CallAsync("eval", "--cases", cases);

        var answers = shown.Out.TrimEnd('\n').Split('\n').Select(line => FlowValue.Parse(line)).ToList();
        Assert.That(shown.Exit, Is.Zero);
        Assert.That(shown.Out, Does.StartWith("""{"id":"a","value":3}""" + "\n"));
        Assert.That(answers.Select(answer => answer["error"]["stage"].AsStringOrNull), Is.EqualTo(new[] { null, "parse", "evaluate", "parse", "parse", null, "evaluate", null }));
        Assert.That(answers[5].ToJson(), Is.EqualTo("""{"id":"f","value":{"x":[1.0]}}"""));
        Assert.That(answers[7]["value"], Is.EqualTo(FlowValue.Integer(1)));
    }
}
