namespace FlowEngine.Tests.Engine;

/// <summary>The straight lane and the suspending lane of the scheduler give the same record.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LaneTests
{
    private static readonly (string Name, string Actions)[] Flows =
    [
        ("chain", """
            { "A": { "type": "Compose", "inputs": 1 }, "B": { "type": "Compose", "inputs": "@add(outputs('A'), 1)", "runAfter": { "A": ["Succeeded"] } },
              "C": { "type": "Compose", "inputs": "@outputs('B')", "runAfter": { "B": ["Succeeded"] } } }
            """),
        ("written against the order", """
            { "C": { "type": "Compose", "inputs": "@outputs('B')", "runAfter": { "B": ["Succeeded"] } }, "B": { "type": "Compose", "inputs": "@outputs('A')", "runAfter": { "A": ["Succeeded"] } },
              "A": { "type": "Compose", "inputs": 1 } }
            """),
        ("diamond with a failure", """
            { "A": { "type": "Compose", "inputs": 1 }, "L": { "type": "Compose", "inputs": "@div(1, 0)", "runAfter": { "A": ["Succeeded"] } }, "R": { "type": "Compose", "inputs": 2, "runAfter": { "A": ["Succeeded"] } },
              "J": { "type": "Compose", "inputs": "@actions('L')['status']", "runAfter": { "L": ["Failed", "Skipped"], "R": ["Succeeded"] } }, "K": { "type": "Compose", "inputs": 0, "runAfter": { "L": ["Succeeded"] } } }
            """),
        ("try, catch, finally", """
            { "Try": { "type": "Scope", "actions": { "Bad": { "type": "Compose", "inputs": "@int('x')" }, "Never": { "type": "Compose", "inputs": 1, "runAfter": { "Bad": ["Succeeded"] } } } },
              "Catch": { "type": "Compose", "inputs": "@result('Try')?[0]?['status']", "runAfter": { "Try": ["Failed", "TimedOut"] } },
              "Finally": { "type": "Compose", "inputs": "done", "runAfter": { "Catch": ["Succeeded", "Skipped"] } } }
            """),
        ("nested containers skipped", """
            { "A": { "type": "Compose", "inputs": "@int('x')" },
              "S": { "type": "Scope", "runAfter": { "A": ["Succeeded"] }, "actions": { "I": { "type": "If", "expression": "@true", "actions": { "T": { "type": "Compose", "inputs": 1 } }, "else": { "actions": {} } },
                "F": { "type": "Foreach", "foreach": [1], "actions": { "X": { "type": "Compose", "inputs": "@item()" } } } } } }
            """),
        ("loop in loop", """
            { "O": { "type": "Foreach", "foreach": [[1, 2], [3]], "actions": { "I": { "type": "Foreach", "foreach": "@items('O')", "actions": { "X": { "type": "Compose", "inputs": "@concat(iterationIndexes('O'), '-', item())" } } } } },
              "All": { "type": "Compose", "inputs": "@outputs('X')", "runAfter": { "O": ["Succeeded"] } } }
            """),
        ("until with a counter", """
            { "V": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "n", "type": "integer" }] } },
              "U": { "type": "Until", "expression": "@equals(outputs('See'), 3)", "limit": { "count": 10 }, "runAfter": { "V": ["Succeeded"] }, "actions": {
                "Up": { "type": "IncrementVariable", "inputs": { "name": "n" } }, "See": { "type": "Compose", "inputs": "@variables('n')", "runAfter": { "Up": ["Succeeded"] } } } },
              "End": { "type": "Compose", "inputs": "@outputs('See')", "runAfter": { "U": ["Succeeded"] } } }
            """),
        ("switch, no match and wrong type", """
            { "S": { "type": "Switch", "expression": "@string('c')", "cases": { "One": { "case": "a", "actions": { "A": { "type": "Compose", "inputs": 1 } } } }, "default": { "actions": { "D": { "type": "Compose", "inputs": 2 } } } },
              "W": { "type": "Switch", "expression": "@string('1')", "cases": { "Two": { "case": 1, "actions": { "B": { "type": "Compose", "inputs": 1 } } } } } }
            """),
        ("terminate in a scope beside a branch", """
            { "S": { "type": "Scope", "actions": { "Stop": { "type": "Terminate", "inputs": { "runStatus": "Failed", "runError": { "code": "E1", "message": "stop" } } },
                "Later": { "type": "Compose", "inputs": 1, "runAfter": { "Stop": ["Succeeded"] } } } },
              "After": { "type": "Scope", "runAfter": { "S": ["Succeeded"] }, "actions": { "X": { "type": "Compose", "inputs": 1 } } } }
            """),
    ];

    private static IEnumerable<TestCaseData> Cases() => Flows.Select(flow => new TestCaseData(flow.Actions).SetName($"Both lanes agree on: {flow.Name}"));

    [TestCaseSource(nameof(Cases))]
    public async Task Both_lanes_give_the_same_record(string actions)
    {
        var json = $$"""{ "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": {} } }, "actions": {{actions}} }""";

        var straight = await RecordOf(Workflow.Parse(json));
        var suspending = await RecordOf(Workflow.Parse(json, new WorkflowOptions { Decorate = executor => new SuspendingExecutor(executor) }));

        Assert.That(suspending, Is.EqualTo(straight));
        Assert.That(straight, Does.Contain("\"actions\""));
    }

    [Test]
    public async Task A_thousand_actions_behind_a_suspension_do_not_grow_the_stack()
    {
        var actions = new FlowObjectBuilder();
        for (var i = 0; i < 1000; i++)
        {
            var action = new FlowObjectBuilder().Add("type", FlowValue.String("Compose")).Add("inputs", (FlowValue)i);
            if (i > 0) action.Add("runAfter", FlowValue.Object(($"A{i - 1}", FlowValue.Parse("""["Succeeded"]"""))));
            actions.Add($"A{i}", action.ToValue());
        }

        var json = FlowValue.Object(("triggers", FlowValue.EmptyObject), ("actions", actions.ToValue())).ToJson();
        await using var engine = WorkflowEngine.Create();
        var run = await engine.RunAsync(
            Workflow.Parse(json, new WorkflowOptions { Decorate = executor => new SuspendingExecutor(executor) }), TriggerRequest.Empty, new RunOptions { Time = new VirtualTimeProvider() });

        Assert.That(run.Action("A999").Outputs, Is.EqualTo((FlowValue)999));
    }

    private static async Task<string> RecordOf(Workflow workflow)
    {
        await using var engine = WorkflowEngine.Create();
        var start = new DateTimeOffset(2026, 1, 31, 8, 0, 0, TimeSpan.Zero);
        var run = await engine.RunAsync(workflow, TriggerRequest.Empty, new RunOptions { Time = new VirtualTimeProvider(start), Seed = 7 });
        return run.ToRecord().ToJson();
    }
}
