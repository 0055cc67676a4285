namespace FlowEngine.Tests.Engine;

/// <summary>Times of records: up to seven digits of a second, zeros at the end left out (recorded).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class RecordTimeTests
{
    [TestCase(0, "2026-01-31T10:00:00Z")]
    [TestCase(1, "2026-01-31T10:00:00.0000001Z")]
    [TestCase(1_234_567, "2026-01-31T10:00:00.1234567Z")]
    [TestCase(5_000_000, "2026-01-31T10:00:00.5Z")]
    [TestCase(100_000_000, "2026-01-31T10:00:10Z")]
    public async Task A_start(long ticks, string expected)
    {
        var workflow = Workflow.Parse("""{ "triggers": { "manual": { "type": "Request", "inputs": {} } }, "actions": { "One": { "type": "Compose", "inputs": 1 } } }""");
        await using var engine = WorkflowEngine.Create();
        var time = new Standing(new DateTimeOffset(2026, 1, 31, 10, 0, 0, TimeSpan.Zero).AddTicks(ticks));
        var run = await engine.RunAsync(workflow, TriggerRequest.Empty, new RunOptions { Time = time });

        var record = run.ToRecord();
        Assert.Multiple(() =>
        {
            Assert.That(record["startTime"].AsString, Is.EqualTo(expected));
            Assert.That(record["actions"]["One"]["startTime"].AsString, Is.EqualTo(expected));
            Assert.That(record["actions"]["One"]["endTime"].AsString, Is.EqualTo(expected));
        });
    }

    private sealed class Standing(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
