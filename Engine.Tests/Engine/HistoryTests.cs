using FlowEngine.Actions;
using FlowEngine.Expressions;

namespace FlowEngine.Tests.Engine;

/// <summary>With streamed history a run lets go what nobody can read any more, and nothing else changes.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HistoryTests
{
    private const string Loop =
        """
        { "Each": { "type": "Foreach", "foreach": "@range(0, 5)", "operationOptions": "Sequential",
            "actions": { "Ratio": { "type": "Compose", "inputs": "@div(12, sub(item(), 3))" } } }
        """;

    [Test]
    public async Task Repetitions_of_a_loop_that_nobody_reads_are_counted_and_let_go()
    {
        var run = await RunAsync("""{ "Each": { "type": "Foreach", "foreach": "@range(0, 5)", "actions": { "Double": { "type": "Compose", "inputs": "@mul(item(), 2)" } } } }""");

        var record = run.ToRecord()["actions"]["Each"];
        Assert.Multiple(() =>
        {
            Assert.That(run.Action("Each").RepetitionCount, Is.EqualTo(5));
            Assert.That(run.Action("Each").Repetitions, Is.Empty);
            Assert.That(record["repetitionCount"].AsInteger, Is.EqualTo(5));
            Assert.That(record["repetitions"].AsArray.Count, Is.Zero);
            Assert.That(record.TryGetMember("inputs", out _), Is.False);
        });
    }

    [TestCase("@outputs('Double')")]
    [TestCase("@outputs(concat('Dou', 'ble'))")]
    [TestCase("@actions('Double')?['outputs']")]
    [TestCase("@result('Each')")]
    [TestCase("@actions('Each')?['inputs']")]
    public async Task A_loop_that_an_expression_reads_afterwards_is_kept(string reader)
    {
        var actions =
            $$"""
            { "Each": { "type": "Foreach", "foreach": "@range(0, 5)", "actions": { "Double": { "type": "Compose", "inputs": "@mul(item(), 2)" } } },
              "Read": { "type": "Compose", "inputs": "{{reader}}", "runAfter": { "Each": ["Succeeded"] } } }
            """;

        var streamed = await RunAsync(actions);
        var whole = await RunAsync(actions, RunHistory.Whole);

        Assert.That(streamed.Action("Read").Outputs, Is.EqualTo(whole.Action("Read").Outputs));
        Assert.That(streamed.Action("Each").Repetitions, Has.Count.EqualTo(5));
    }

    [Test]
    public async Task The_failure_that_decides_is_still_found()
    {
        var run = await RunAsync(Loop + "}");

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Failed));
        Assert.That(run.FirstFailure!.Value.Path, Is.EqualTo("Each[3]/Ratio"));
        Assert.That(run.Action("Each").Repetitions, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Of_failures_that_started_together_the_first_by_index_decides_whichever_ended_first()
    {
        const string Together =
            """
            { "Each": { "type": "Foreach", "foreach": "@createArray(30, 20, 10)",
                "actions": { "Pause": { "type": "Wait", "inputs": { "interval": { "count": "@item()", "unit": "Second" } } },
                             "Fail": { "type": "Compose", "inputs": "@int('x')", "runAfter": { "Pause": ["Succeeded"] } } } } }
            """;

        var streamed = await RunAsync(Together);
        var whole = await RunAsync(Together, RunHistory.Whole);

        Assert.That(whole.FirstFailure!.Value.Path, Is.EqualTo("Each[0]/Fail"));
        Assert.That(streamed.FirstFailure!.Value.Path, Is.EqualTo("Each[0]/Fail"));
    }

    [Test]
    public async Task Tracked_properties_and_observers_see_the_items_of_a_loop_before_they_are_let_go()
    {
        var seen = new InputsObserver();

        var run = await Flow.RunAsync(
            """
            { "Each": { "type": "Foreach", "foreach": "@createArray(7, 8)", "trackedProperties": { "count": "@length(action()['inputs'])" },
                "actions": { "Item": { "type": "Compose", "inputs": "@item()" } } } }
            """,
            options: new RunOptions { Time = new VirtualTimeProvider(), Seed = 1, History = RunHistory.Streamed, Observer = seen });

        Assert.That(run.Action("Each").TrackedProperties["count"], Is.EqualTo((FlowValue)2));
        Assert.That(seen.Inputs, Is.EqualTo(FlowValue.Parse("[7, 8]")));
        Assert.That(run.Action("Each").Inputs.IsNull, "they are let go then");
    }

    [Test]
    public async Task An_until_reads_its_last_repetition()
    {
        var run = await RunAsync(
            """
            { "N": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "n", "type": "integer", "value": 0 }] } },
              "Loop": { "type": "Until", "expression": "@equals(outputs('Seen'), 3)", "limit": { "count": 10, "timeout": "PT1H" }, "runAfter": { "N": ["Succeeded"] },
                "actions": { "Up": { "type": "IncrementVariable", "inputs": { "name": "n", "value": 1 } },
                             "Seen": { "type": "Compose", "inputs": "@variables('n')", "runAfter": { "Up": ["Succeeded"] } } } } }
            """);

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(run.Action("Loop").RepetitionCount, Is.EqualTo(3));
    }

    [Test]
    public async Task Secrets_of_repetitions_that_are_gone_stay_masked()
    {
        var run = await RunAsync(
            """
            { "Each": { "type": "Foreach", "foreach": "@createArray('opensesame')",
                "actions": { "Secret": { "type": "Compose", "inputs": "@item()", "runtimeConfiguration": { "secureData": { "properties": ["inputs"] } } } } },
              "Leak": { "type": "Compose", "inputs": "opensesame", "runAfter": { "Each": ["Succeeded"] } } }
            """);

        Assert.That(run.ToRecord()["actions"]["Leak"]["outputs"].AsString, Is.EqualTo("*sanitized*"));
    }

    [Test]
    public async Task To_read_what_is_gone_is_an_error_that_says_so()
    {
        var run = await RunAsync("""{ "Each": { "type": "Foreach", "foreach": "@range(0, 5)", "actions": { "Double": { "type": "Compose", "inputs": "@mul(item(), 2)" } } } }""");

        Assert.That(() => run.Evaluate(FlowValue.String("@outputs('Double')")), Throws.InstanceOf<ExpressionException>().With.Message.Contains("'Each' were not kept"));
    }

    private sealed class InputsObserver : IRunObserver
    {
        public FlowValue Inputs { get; private set; }

        public void OnActionCompleted(ActionRecord action)
        {
            if (action.Name == "Each") Inputs = action.Inputs;
        }
    }

    private static Task<RunResult> RunAsync(string actions, RunHistory history = RunHistory.Streamed) =>
        Flow.RunAsync(actions, options: new RunOptions { Time = new VirtualTimeProvider(new DateTimeOffset(2026, 2, 1, 8, 0, 0, TimeSpan.Zero)), Seed = 1, History = history });
}
