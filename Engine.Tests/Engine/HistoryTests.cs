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

    private static Task<RunResult> RunAsync(string actions, RunHistory history = RunHistory.Streamed) =>
        Flow.RunAsync(actions, options: new RunOptions { Time = new VirtualTimeProvider(new DateTimeOffset(2026, 2, 1, 8, 0, 0, TimeSpan.Zero)), Seed = 1, History = history });
}
