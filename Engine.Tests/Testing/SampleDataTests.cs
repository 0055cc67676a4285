using FlowEngine.Testing;
using FlowEngine.Tests.Engine;

namespace FlowEngine.Tests.Testing;

/// <summary>Data made up of what a flow reads: each of these flows fails, or goes another way, with a body of nothing.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SampleDataTests
{
    private const string Call = """ "Get": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.example/" } }, """;

    [TestCase(""" "foreach": "@body('Get')?['value']" """, TestName = "A list that a loop takes has an item")]
    [TestCase(""" "foreach": "@outputs('Get')?['body/d/results']" """, TestName = "A path with slashes is walked")]
    [TestCase(""" "foreach": "@json(body('Get')?['text'])?['rows']" """, TestName = "A text that is read as JSON holds what is read of it")]
    [TestCase(""" "foreach": "@json(base64ToString(body('Get')?['$content']))" """, TestName = "A text may hold another in base64")]
    public async Task A_loop_has_what_it_takes(string loop)
    {
        var flow = $$"""{ {{Call}} "Loop": { "type": "Foreach", {{loop}}, "actions": { "Inside": { "type": "Compose", "inputs": "@item()?['id']" } }, "runAfter": { "Get": ["Succeeded"] } } }""";

        Assert.That(await StatesAsync(flow), Is.All.EqualTo(FlowWalkState.Reached));
    }

    [TestCase("@formatDateTime(body('Get')?['due'], 'yyyy')")]
    [TestCase("@convertFromUtc(concat(body('Get')?['due'], 'Z'), body('Get')?['zone'])")]
    [TestCase("@split(body('Get')?['mail'], '@')[1]")]
    [TestCase("@substring(body('Get')?['id'], 5, 30)")]
    [TestCase("@add(int(body('Get')?['n']), body('Get')?['m'])")]
    [TestCase("@uriHost(body('Get')?['link'])")]
    [TestCase("@body('Get')['rows'][3]['id']")]
    [TestCase("@first(outputs('Get')?['body']?['value'])['id']")]
    [TestCase("@json(decodeBase64(outputs('Get').headers['X-MS-APIM-Tokens']))['$ConnectionKey']")]
    public async Task An_expression_can_be_evaluated(string expression)
    {
        var flow = $$"""{ {{Call}} "Read": { "type": "Compose", "inputs": {{FlowValue.String(expression).ToJson()}}, "runAfter": { "Get": ["Succeeded"] } } }""";

        Assert.That((await WalkAsync(flow)).Actions.Select(action => action.Failure?.Message), Is.All.Null);
    }

    [Test]
    public async Task What_passes_through_variables_and_data_actions_is_followed_back()
    {
        var walk = await WalkAsync($$"""
            {
              {{Call}}
              "Init": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "rows", "type": "array", "value": "@body('Get')?['value']" }] }, "runAfter": { "Get": ["Succeeded"] } },
              "Keep": { "type": "Query", "inputs": { "from": "@variables('rows')", "where": "@equals(item()?['state'], 'open')" }, "runAfter": { "Init": ["Succeeded"] } },
              "Map": { "type": "Select", "inputs": { "from": "@body('Keep')", "select": { "at": "@item()?['due']" } }, "runAfter": { "Keep": ["Succeeded"] } },
              "Loop": { "type": "Foreach", "foreach": "@body('Map')", "actions": { "Day": { "type": "Compose", "inputs": "@dayOfWeek(item()?['at'])" } }, "runAfter": { "Map": ["Succeeded"] } }
            }
            """);

        Assert.That(walk.Actions.Select(action => (action.State, action.Failure)), Is.All.EqualTo((FlowWalkState.Reached, (FlowWalkFailure?)null)));
    }

    [Test]
    public async Task A_schema_comes_first_and_readers_fill_what_it_leaves_open()
    {
        var walk = await WalkAsync($$"""
            {
              {{Call}}
              "Parse": { "type": "ParseJson", "inputs": { "content": "@body('Get')", "schema": { "type": "object", "properties": { "@@odata.id": { "type": "string" }, "n": { "type": "integer" }, "rows": { "type": "array" } }, "required": ["@@odata.id", "n"] } }, "runAfter": { "Get": ["Succeeded"] } },
              "Loop": { "type": "Foreach", "foreach": "@body('Parse')?['rows']", "actions": { "Inside": { "type": "Compose", "inputs": "@length(item()?['name'])" } }, "runAfter": { "Parse": ["Succeeded"] } }
            }
            """);

        Assert.That(walk.Actions.Select(action => (action.State, action.Failure)), Is.All.EqualTo((FlowWalkState.Reached, (FlowWalkFailure?)null)));
    }

    [Test]
    public async Task Both_sides_all_cases_and_what_runs_after_a_failure_are_reached_by_further_runs()
    {
        var walk = await WalkAsync($$"""
            {
              {{Call}}
              "Which": { "type": "Switch", "expression": "@body('Get')?['kind']", "cases": { "A": { "case": "a", "actions": { "InA": { "type": "Compose", "inputs": 1 } } }, "B": { "case": "b", "actions": { "InB": { "type": "Compose", "inputs": 1 } } } }, "default": { "actions": { "InDefault": { "type": "Compose", "inputs": 1 } } }, "runAfter": { "Get": ["Succeeded"] } },
              "If": { "type": "If", "expression": { "and": [{ "greater": ["@length(body('Get')?['value'])", 0] }, { "equals": ["@body('Get')?['ok']", true] }] }, "actions": { "Yes": { "type": "Compose", "inputs": 1 } }, "else": { "actions": { "No": { "type": "Compose", "inputs": 1 } } }, "runAfter": { "Which": ["Succeeded"] } },
              "Failed": { "type": "Compose", "inputs": 1, "runAfter": { "Get": ["Failed"] } }
            }
            """);

        Assert.That(walk.Actions.Where(action => action.State != FlowWalkState.Reached).Select(action => action.Name), Is.Empty);
        Assert.That(walk.ReachedAtFirst, Is.LessThan(walk.Reached));
    }

    [Test]
    public async Task What_nothing_reaches_is_told_apart()
    {
        var walk = await WalkAsync($$"""
            {
              {{Call}}
              "Never": { "type": "If", "expression": "@equals(1, 2)", "actions": { "Inside": { "type": "Compose", "inputs": 1 } }, "runAfter": { "Get": ["Succeeded"] } },
              "Fails": { "type": "Compose", "inputs": "@int('x')", "runAfter": { "Get": ["Succeeded"] } },
              "Behind": { "type": "Compose", "inputs": 1, "runAfter": { "Fails": ["Succeeded"] } }
            }
            """);

        Assert.That(walk.Actions.Select(action => (action.Name, action.State)), Is.EqualTo(new[]
        {
            ("Get", FlowWalkState.Reached), ("Never", FlowWalkState.Reached), ("Inside", FlowWalkState.NotTaken), ("Fails", FlowWalkState.Reached), ("Behind", FlowWalkState.BehindFailure),
        }));
        Assert.That(walk.Actions.Single(action => action.Failure is not null).Name, Is.EqualTo("Fails"));
    }

    [Test]
    public async Task A_guard_that_ends_the_run_is_passed()
    {
        var walk = await WalkAsync($$"""
            {
              {{Call}}
              "Guard": { "type": "If", "expression": { "equals": ["@body('Get')?['state']", "closed"] }, "actions": { "End": { "type": "Terminate", "inputs": { "runStatus": "Cancelled" } } }, "runAfter": { "Get": ["Succeeded"] } },
              "Work": { "type": "Compose", "inputs": 1, "runAfter": { "Guard": ["Succeeded"] } }
            }
            """);

        Assert.That((walk.ReachedAtFirst, walk.Reached), Is.EqualTo((3, 4)));
    }

    [Test]
    public void A_trigger_has_the_headers_the_queries_and_the_item_that_are_read()
    {
        var document = Flow.Of("""{ "Read": { "type": "Compose", "inputs": "@{triggerOutputs()['queries']['q']}@{triggerOutputs()['headers']['X-Key']}@{addDays(triggerBody()?['start'], 1)}" } }""").Document;
        var request = SampleData.Of(document.Definition!).Trigger(document.Definition!.Triggers[0]);

        Assert.That((request.Queries.Single().Key, request.Headers.Single().Key), Is.EqualTo(("q", "X-Key")));
        Assert.That(request.Body, Is.EqualTo(FlowValue.Parse("""{ "start": "2024-01-01T00:00:00Z" }""")));
    }

    [Test]
    public void A_value_that_is_made_of_itself_ends()
    {
        var chain = string.Join(", ", Enumerable.Range(0, 60).Select(i => $$"""
            "C{{i}}": { "type": "Compose", "inputs": { "x": "@concat(outputs('C{{i + 1}}')['x'], outputs('C{{i + 1}}')['x'])", "self": "@outputs('C{{i}}')['self']" } }
            """));
        var document = Workflow.Read($$"""{ "triggers": { "m": { "type": "Request" } }, "actions": { {{chain}}, "C60": { "type": "Compose", "inputs": { "x": "@coalesce(outputs('C0')['x'])" } } } }""");

        Assert.That(SampleData.Of(document.Definition!).Variations, Is.EqualTo(1));
    }

    [Test]
    public async Task Flow_walk_tells_the_share_of_files_and_folders()
    {
        using var shell = new Shell();
        var one = shell.File("flows/One/workflow.json", """{ "definition": { "triggers": { "m": { "type": "Request" } }, "actions": { "A": { "type": "Compose", "inputs": "@parameters('p')" } } } }""");
        shell.File("flows/Two/workflow.json", """{ "definition": { "triggers": { "m": { "type": "Request" } }, "actions": { "A": { "type": "Compose", "inputs": "@int('x')" }, "B": { "type": "Compose", "inputs": 1, "runAfter": { "A": ["Succeeded"] } } } } }""");
        shell.File("flows/parameters.json", """{ "p": { "type": "String", "value": "@appsetting('missing')" } }""");
        var folder = Path.GetDirectoryName(Path.GetDirectoryName(one))!;

        var text = await shell.CallAsync("walk", folder);
        var json = await shell.CallAsync("walk", folder, "--json", "--min-reached", "90");

        Assert.That(text.Out, Does.Contain("One  [Succeeded; 1 of 1 action reached (100 %)]").And.Contain("Two  [Failed; 1 of 2 actions reached (50 %), 1 behind a failure]").And.Contain("2 flows: 2 of 3 actions reached (66.7 %)"));
        Assert.That((json.Json["actions"], json.Json["reached"], json.Exit), Is.EqualTo(((FlowValue)3, (FlowValue)2, 4)));
    }

    [Test]
    public async Task Flow_walk_tells_what_is_wrong_with_a_flow_that_can_not_run()
    {
        using var shell = new Shell();
        var file = shell.File("flow.json", """{ "definition": { "triggers": {}, "actions": { "A": { "type": "Compose", "inputs": "@oops(" } } } }""");

        var text = await shell.CallAsync("walk", file);

        Assert.That(text.Exit, Is.EqualTo(2));
        Assert.That(text.Error, Does.Match(@"flow\.json\(1,\d+\): error FE3001: "));
    }

    private static async Task<IEnumerable<FlowWalkState>> StatesAsync(string actions) => (await WalkAsync(actions)).Actions.Select(action => action.State);

    private static Task<FlowWalkResult> WalkAsync(string actions) => FlowWalk.RunAsync(Flow.Of(actions), new DateTimeOffset(2024, 3, 5, 9, 0, 0, TimeSpan.Zero));
}
