namespace FlowEngine.Tests;

/// <summary>The rules of declarative tests (documentation of the command line and test kit, 3.3), through the command that carries them out.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FlowTestFileTests : IDisposable
{
    private const string Actions = """
        {
          "N": { "type": "InitializeVariable", "inputs": { "variables": [ { "name": "n", "type": "integer", "value": 0 } ] } },
          "Get": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.example/items?x=1" }, "runAfter": { "N": [ "Succeeded" ] } },
          "Each": { "type": "Foreach", "foreach": "@body('Get')", "runAfter": { "Get": [ "Succeeded" ] }, "operationOptions": "Sequential",
            "actions": { "Count": { "type": "IncrementVariable", "inputs": { "name": "n", "value": 1 } } } },
          "Data": { "type": "Compose", "inputs": { "a": 1, "b": "text", "list": [ 1, 2 ] }, "runAfter": { "Each": [ "Succeeded" ] } },
          "Answer": { "type": "Response", "inputs": { "statusCode": 200, "body": "@triggerBody()" }, "runAfter": { "Data": [ "Succeeded" ] } }
        }
        """;

    private const string Mocks = """[ { "match": { "uri": "https://api.example/*" }, "respond": [ { "status": 503 }, { "status": 200, "body": [ 1, 2 ] } ] } ]""";

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [TestCase("""{ "status": "Succeeded", "actions": { "Get": { "attempts": 2, "code": "OK" }, "Each[*]/Count": "Succeeded", "Each[1]/Count": "Succeeded", "Count": "Succeeded" } }""")]
    [TestCase("""{ "variables": { "n": 2 }, "that": [ "@equals(variables('n'), 2)", "@equals(outputs('Data')['a'], 1)" ] }""")]
    [TestCase("""{ "actions": { "Data": { "outputs": { "a": 1.0, "b": "text", "list": [ 1, 2 ] }, "error": { "$absent": true } } } }""")]
    [TestCase("""{ "actions": { "Data": { "outputs": { "$subset": { "b": { "$matches": "te*" }, "c": { "$absent": true } } } } } }""")]
    [TestCase("""{ "actions": { "Data": { "outputs": { "$schema": { "type": "object", "required": [ "a" ] } } } } }""")]
    [TestCase("""{ "response": { "statusCode": 200, "headers": { "content-type": "application/json*" }, "body": { "region": "EU" } } }""")]
    [TestCase("""{ "requests": [ { "method": "GET", "uri": "*/items", "count": 2 }, { "method": "POST", "count": 0 } ], "elapsed": { "max": "PT1M", "min": "PT1S" } }""")]
    public async Task Expectations_that_are_met(string expect)
    {
        var shown = await CallAsync(expect);

        Assert.That(shown.Exit, Is.Zero, shown.ToString());
    }

    [TestCase("""{ "status": "Failed" }""", "status", "status should be \"Failed\", but is \"Succeeded\".")]
    [TestCase("""{ "actions": { "Gett": "Succeeded" } }""", "actions.Gett", "The run has no action at 'Gett'. Did you mean 'Get'?")]
    [TestCase("""{ "actions": { "Each[2]/Count": "Succeeded" } }""", "actions.Each[2]/Count", "The run has no action at 'Each[2]/Count'. It ran at Each[0]/Count, Each[1]/Count.")]
    [TestCase("""{ "actions": { "Data": { "outputs": { "a": "1", "b": "text", "list": [ 1, 2 ] } } } }""", "actions.Data.outputs.a", "actions.Data.outputs.a should be \"1\", but is 1.")]
    [TestCase("""{ "actions": { "Data": { "outputs": { "a": 1, "b": "text" } } } }""", "actions.Data.outputs.list", "actions.Data.outputs has a further member 'list': [1,2].")]
    [TestCase("""{ "actions": { "Data": { "outputs": { "$subset": { "list": [ 1 ] } } } } }""", "actions.Data.outputs.list", "actions.Data.outputs.list should be [1], but is [1,2].")]
    [TestCase("""{ "variables": { "m": 1 } }""", "variables.m", "variables.m should be 1, but is absent.")]
    [TestCase("""{ "that": [ "@greater(variables('n'), 2)" ] }""", "that", "@greater(variables('n'), 2) should be true, but is false: variables('n') is 2.")]
    [TestCase("""{ "that": [ "@equals(lenght(body('Get')), 2)" ] }""", "that", "@equals(lenght(body('Get')), 2) can't be evaluated: The template function 'lenght' is not defined or not valid. Did you mean 'length'?")]
    [TestCase("""{ "that": [ "@equals(outputs('Dat')['a'], 1)" ] }""", "that", "@equals(outputs('Dat')['a'], 1) can't be evaluated: The action(s) 'Dat' referenced by 'outputs' are not defined in the template. Did you mean 'Data'?")]
    [TestCase("""{ "elapsed": { "max": "PT1S" } }""", "elapsed.max", null)]
    [TestCase("""{ "requests": [ { "method": "GET", "count": 1 } ] }""", "requests[0]", null)]
    public async Task Expectations_that_are_not_met_exit_with_4(string expect, string path, string? message)
    {
        var shown = await CallAsync(expect, "--json");

        Assert.That(shown.Exit, Is.EqualTo(4), shown.ToString());
        var failure = shown.Json["tests"][0]["failures"][0];
        Assert.That(failure["path"].AsString, Is.EqualTo(path));
        if (message is not null) Assert.That(failure["message"].AsString, Is.EqualTo(message));
    }

    [TestCase("""{ "flow": "flow.json", "tests": [ { "name": "t", "expect": { "statsu": "Failed" } } ] }""", "statsu", "Did you mean 'status'?")]
    [TestCase("""{ "flow": "flow.json", "tests": [ { "name": "t", "expect": { "outputs": { "a": { "$subst": 1 } } } } ] }""", "$subst", "Did you mean '$subset'?")]
    [TestCase("""{ "tests": [] }""", "'flow'", "")]
    [TestCase("""{ "flow": "nothing.json", "tests": [] }""", "nothing.json", "")]
    [TestCase("""{ "flow": "flow.json", "tests": [ { "name": "t", "mocks": [ { "respnd": {} } ] } ] }""", "respnd", "Did you mean 'respond'?")]
    [TestCase("""{ "flow": """, "(1,", "")]
    public async Task A_file_that_makes_no_sense_exits_with_2_and_names_the_place(string file, string what, string suggestion)
    {
        _shell.Flow(Actions);

        var shown = await _shell.CallAsync("test", _shell.File("a.flowtest.json", file));

        Assert.That(shown.Exit, Is.EqualTo(2), shown.ToString());
        Assert.That(shown.Error, Does.Contain("a.flowtest.json(1,").And.Contain(what).And.Contain(suggestion));
    }

    [Test]
    public async Task Cases_are_tests_of_their_own_merged_over_the_test()
    {
        _shell.Flow(Actions);
        var file = _shell.File("a.flowtest.json", $$"""
            { "flow": "flow.json", "defaults": { "mocks": {{Mocks}}, "now": "2026-01-01T00:00:00Z" },
              "tests": [ { "name": "answers", "trigger": { "body": { "a": 1, "b": 1 } }, "expect": { "response": { "body": { "a": 1, "b": 2 } } },
                "cases": [ { "trigger": { "body": { "b": 2 } } }, { "name": "other", "trigger": { "body": { "b": 3 } } } ] } ] }
            """);

        var shown = await _shell.CallAsync("test", file, "--json", "--junit", _shell.Path("junit.xml"));

        Assert.That(shown.Exit, Is.EqualTo(4));
        Assert.That((shown.Json["passed"].AsInteger, shown.Json["failed"].AsInteger), Is.EqualTo((1, 1)));
        Assert.That((shown.Json["tests"][0]["name"].AsString, shown.Json["tests"][1]["name"].AsString), Is.EqualTo(("answers [0]", "other")));
        Assert.That(System.IO.File.ReadAllText(_shell.Path("junit.xml")), Does.Contain("name=\"answers [0]\"").And.Contain("failures=\"1\""));
        Assert.That((await _shell.CallAsync("test", _shell.Path(""), "--filter", "[0]")).Exit, Is.Zero);
    }

    [TestCase("\"mocks.json\"", 3)]
    [TestCase("""[ { "file": "mocks.json" } ]""", 3)]
    [TestCase("""[ { "match": { "method": "GET" }, "call": 1, "respond": { "body": [ 7 ] } }, { "file": "mocks.json" } ]""", 7)]
    [TestCase("""[ { "file": "mocks.json" }, { "match": { "method": "GET" }, "respond": { "body": [ 7 ] } } ]""", 3)]
    [TestCase("\"mappings\"", 5, Description = "a folder of WireMock's mappings")]
    public async Task Mocks_may_be_in_a_file_and_stand_where_it_is_named(string mocks, int first)
    {
        _shell.Flow(Actions);
        _shell.File("mocks.json", """[ { "match": { "uri": "https://api.example/*" }, "respond": { "body": [ 3 ] } } ]""");
        _shell.File("mappings/items.json", """{ "request": { "urlPath": "/items" }, "response": { "jsonBody": [ 5 ] } }""");
        var file = _shell.File("a.flowtest.json", $$"""{ "flow": "flow.json", "tests": [ { "name": "t", "mocks": {{mocks}}, "expect": { "actions": { "Get": { "outputs": { "$subset": { "body": [ {{first}} ] } } } } } } ] }""");

        var shown = await _shell.CallAsync("test", file);

        Assert.That(shown.Exit, Is.Zero, shown.ToString());
    }

    [TestCase("GET", """{ "statusCode": 202 }""", null)]
    [TestCase("POST", """{}""", "No run should start, but one did: it is Succeeded.")]
    [TestCase("GET", """{ "statusCode": 404 }""", "notStarted.statusCode should be 404, but is 202.")]
    public async Task A_trigger_may_be_expected_to_start_nothing(string method, string expected, string? failure)
    {
        _shell.File("flow.json", """
            {
              "triggers": { "manual": { "type": "Request", "inputs": {}, "conditions": [ { "expression": "@equals(triggerOutputs()['headers']['x-kind'], 'POST')" } ] } },
              "actions": { "A": { "type": "Compose", "inputs": 1 } }
            }
            """);
        var file = _shell.File("a.flowtest.json", $$"""{ "flow": "flow.json", "tests": [ { "name": "t", "trigger": { "headers": { "x-kind": "{{method}}" } }, "expect": { "notStarted": {{expected}} } } ] }""");

        var shown = await _shell.CallAsync("test", file, "--json");

        Assert.That(shown.Exit, Is.EqualTo(failure is null ? 0 : 4), shown.ToString());
        if (failure is not null) Assert.That(shown.Json["tests"][0]["failures"][0]["message"].AsString, Is.EqualTo(failure));
    }

    [Test]
    public async Task A_response_that_is_missing_is_told_with_the_reason()
    {
        _shell.Flow(Actions);
        var file = _shell.File("a.flowtest.json", """{ "flow": "flow.json", "tests": [ { "name": "t", "mocks": [ { "respond": 404 } ], "expect": { "response": { "statusCode": 200 } } } ] }""");

        var shown = await _shell.CallAsync("test", file, "--json");

        Assert.That(shown.Json["tests"][0]["failures"][0]["message"].AsString, Does.StartWith("response should be {\"statusCode\":200}, but is absent: 'Answer' is Skipped: ActionConditionFailed: "));
    }

    [TestCase("""[ { "action": "Gett", "respond": {} } ]""", "The test mocks action 'Gett', which the flow does not have. Did you mean 'Get'?")]
    [TestCase("""[ { "match": {}, "respond": { "body": [] } }, { "file": "mocks.json" } ]""", null)]
    public async Task A_mock_of_an_action_that_is_not_there_fails_the_test_unless_it_is_in_a_file(string mocks, string? failure)
    {
        _shell.Flow(Actions);
        _shell.File("mocks.json", """[ { "action": "Of_another_flow", "respond": {} } ]""");
        var file = _shell.File("a.flowtest.json", $$"""{ "flow": "flow.json", "tests": [ { "name": "t", "mocks": {{mocks}}, "expect": {} } ] }""");

        var shown = await _shell.CallAsync("test", file, "--json");

        Assert.That(shown.Exit, Is.EqualTo(failure is null ? 0 : 4), shown.ToString());
        if (failure is not null) Assert.That(shown.Json["tests"][0]["failures"][0]["message"].AsString, Is.EqualTo(failure));
    }

    [Test]
    public async Task Names_that_are_none_are_told_with_the_nearest()
    {
        _shell.Flow(Actions, """{ "region": { "type": "String", "defaultValue": "EU" } }""");
        var parameter = await _shell.CallAsync("test", _shell.File("a.flowtest.json", """{ "flow": "flow.json", "tests": [ { "name": "t", "parameters": { "regoin": "US" } } ] }"""));
        var flow = await _shell.CallAsync("test", _shell.File("b.flowtest.json", """{ "flow": "flw.json", "tests": [ { "name": "t" } ] }"""));
        var cancelled = await _shell.CallAsync("test", _shell.File("c.flowtest.json", """{ "flow": "flow.json", "tests": [ { "name": "t", "mocks": [ { "respond": { "body": [] } } ], "events": [ { "cancel": "Dta" } ] } ] }"""));

        Assert.That(parameter.Out, Does.Contain("declares no parameter 'regoin'").And.Contain("Did you mean 'region'?"));
        Assert.That(flow.Error, Does.Contain("There is no flow 'flw.json'").And.Contain("Did you mean 'flow.json'?"));
        Assert.That(cancelled.Out, Does.Contain("cancelled at action 'Dta', but never reached it. Did you mean 'Data'?"));
    }

    [Test]
    public async Task A_request_that_nearly_fits_is_told_with_what_differs()
    {
        var shown = await CallAsync("""{ "requests": [ { "method": "GET", "uri": "*/items", "statusCode": 201 } ] }""", "--json");

        Assert.That(shown.Json["tests"][0]["failures"][0]["message"].AsString, Does.EndWith(" Nearest is GET https://api.example/items?x=1 (Get): statusCode should be 201, but is 503."));
    }

    [Test]
    public async Task A_file_that_is_not_there_is_wrong_usage() => Assert.That((await _shell.CallAsync("test", _shell.Path("none.flowtest.json"))).Exit, Is.EqualTo(1));

    [Test]
    public async Task A_parameter_that_does_not_fit_fails_the_test()
    {
        _shell.Flow(parameters: """{ "n": { "type": "Int" } }""");
        var file = _shell.File("a.flowtest.json", """{ "flow": "flow.json", "tests": [ { "name": "t", "parameters": { "n": "x" } } ] }""");

        Assert.That((await _shell.CallAsync("test", file)).Exit, Is.EqualTo(4));
    }

    private async Task<Shown> CallAsync(string expect, params string[] args)
    {
        _shell.Flow(Actions);
        var file = _shell.File("a.flowtest.json", $$"""
            { "flow": "flow.json", "tests": [ { "name": "t", "trigger": { "body": { "region": "EU" } }, "mocks": {{Mocks}}, "expect": {{expect}} } ] }
            """);
        return await _shell.CallAsync(["test", file, .. args]);
    }
}
