using FlowEngine.Actions;

namespace FlowEngine.Tests.Engine;

[Parallelizable(ParallelScope.All)]
public sealed class WatchingTests
{
    private const string Looping = """
        { "Loop": { "type": "Foreach", "foreach": [1, 2], "actions": { "X": { "type": "Compose", "inputs": "@item()" } } },
          "Later": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Hour" } }, "runAfter": { "Loop": ["Succeeded"] } } }
        """;

    private static RunOptions Fixed() => new() { Time = new VirtualTimeProvider(new DateTimeOffset(2026, 1, 31, 8, 0, 0, TimeSpan.Zero)), Seed = 1 };

    [Test]
    public async Task Events_come_as_the_command_line_writes_them()
    {
        using var shell = new Shell();
        var file = shell.Flow(Looping);
        await using var engine = WorkflowEngine.Create();
        var events = new List<RunEvent>();
        await foreach (var happened in engine.WatchAsync(Workflow.Load(file), TriggerRequest.Empty, Fixed())) events.Add(happened);

        var shown = await shell.CallAsync("run", file, "--ndjson", "--virtual-time", "--now", "2026-01-31T08:00:00Z", "--seed", "1");

        Assert.That(events.Select(happened => happened.ToString()), Is.EqualTo(shown.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.That(events[^1].Result!.Status, Is.EqualTo(ActionStatus.Succeeded));
    }

    [Test]
    public async Task Who_leaves_the_loop_cancels_the_run()
    {
        var ended = new TaskCompletionSource<ActionStatus>();
        await using var engine = WorkflowEngine.Create(builder => builder.AddObserver(new Ends(ended)));

        await foreach (var happened in engine.WatchAsync(Flow.Of("""{ "Long": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Day" } } } }"""), TriggerRequest.Empty))
        {
            if (happened.Type == "action.started") break;
        }

        Assert.That(await ended.Task, Is.EqualTo(ActionStatus.Cancelled));
    }

    [Test]
    public async Task A_cancelled_run_still_tells_its_end()
    {
        using var cancelling = new CancellationTokenSource();
        await using var engine = WorkflowEngine.Create();
        var last = default(RunEvent);

        await foreach (var happened in engine.WatchAsync(Flow.Of("""{ "Long": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Day" } } } }"""), TriggerRequest.Empty, null, cancelling.Token))
        {
            last = happened;
            if (happened.Type == "action.started") await cancelling.CancelAsync();
        }

        Assert.That((last!.Type, last.Status), Is.EqualTo(("run.completed", "Cancelled")));
    }

    [Test]
    public void What_keeps_a_run_from_starting_reaches_the_reader() =>
        Assert.That(
            async () =>
            {
                await using var engine = WorkflowEngine.Create();
                await foreach (var _ in engine.WatchAsync(Flow.Of("{}"), TriggerRequest.Empty, new RunOptions { Trigger = "nope" })) Assert.Fail("nothing happens");
            },
            Throws.TypeOf<InvalidInputException>());

    private sealed class Ends(TaskCompletionSource<ActionStatus> ended) : IRunObserver
    {
        public void OnRunCompleted(RunResult run) => ended.TrySetResult(run.Status);
    }
}
