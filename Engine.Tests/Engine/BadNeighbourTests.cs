using FlowEngine.Actions;

namespace FlowEngine.Tests.Engine;

/// <summary>An action of a host that misbehaves hurts its own run and no other.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class BadNeighbourTests
{
    private static readonly ManualResetEventSlim Blocked = new();

    [OneTimeTearDown]
    public void Release() => Blocked.Set();

    private static WorkflowEngine Engine() => WorkflowEngine.Create(builder => builder
        .AddAction("Throws", (_, _) => throw new IOException("out of paper"))
        .AddAction("Blocks", (_, _) =>
        {
            Blocked.Wait(CancellationToken.None);
            return default;
        })
        .AddAction("NeverEnds", async (_, _) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
            return default;
        })
        .UseStopTimeout(TimeSpan.FromMilliseconds(100)));

    private static Workflow Of(WorkflowEngine engine, string type, string members = "") =>
        engine.Parse($$"""{ "triggers": { "manual": { "type": "Request", "inputs": {} } }, "actions": { "Bad": { "type": "{{type}}"{{members}} } } }""");

    private static Workflow Good { get; } = Flow.Of("""{ "Sum": { "type": "Compose", "inputs": "@add(1, 1)" } }""");

    [Test]
    public async Task One_that_throws_fails_by_name()
    {
        await using var engine = Engine();

        var run = await engine.RunAsync(Of(engine, "Throws"));

        Assert.That(run.Action("Bad").Error!.Message, Does.Contain("'Bad'").And.Contain("IOException: out of paper"));
    }

    [TestCase("Blocks")]
    [TestCase("NeverEnds")]
    public async Task Others_go_on_beside_one_that_does_not_end_and_cancelling_ends_its_run(string type)
    {
        await using var engine = Engine();
        var bad = await engine.StartAsync(Of(engine, type), TriggerRequest.Empty);

        var good = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => engine.RunAsync(Good)));
        bad.Cancel();
        var ended = await bad.Completion;

        Assert.That(good.Select(run => run.Status), Is.All.EqualTo(ActionStatus.Succeeded));
        Assert.That((ended.Status, ended.Action("Bad").Status), Is.EqualTo((ActionStatus.Cancelled, ActionStatus.Cancelled)));
    }

    [TestCase("Blocks")]
    [TestCase("NeverEnds")]
    public async Task Its_time_limit_ends_one_that_does_not_end(string type)
    {
        await using var engine = Engine();

        var run = await engine.RunAsync(Of(engine, type, """, "limit": { "timeout": "PT0.05S" }"""));

        Assert.That(run.Action("Bad").Status, Is.EqualTo(ActionStatus.TimedOut));
    }

    [Test]
    public async Task The_limit_of_a_run_ends_one_that_never_ends_in_virtual_time_too()
    {
        await using var engine = Engine();

        var run = await engine.RunAsync(Of(engine, "NeverEnds"), TriggerRequest.Empty, new RunOptions { Time = new VirtualTimeProvider(), Timeout = TimeSpan.FromMilliseconds(50) });

        Assert.That(run.Status, Is.EqualTo(ActionStatus.TimedOut));
    }

    [Test]
    public async Task Disposing_gives_up_an_executor_that_minds_no_cancellation()
    {
        var engine = WorkflowEngine.Create(builder => builder.AddAction(new ActionSpec(new FlowEngine.Definitions.ActionTypeInfo("Deaf"), _ => new Deaf())).UseStopTimeout(TimeSpan.FromMilliseconds(50)));
        var run = await engine.StartAsync(Of(engine, "Deaf"), TriggerRequest.Empty);

        Assert.That(await engine.StopAsync(new CancellationToken(canceled: true)), Is.False);
        Assert.That(run.Completion.IsCompleted, Is.False);
        await engine.DisposeAsync();
    }

    private sealed class Deaf : IActionExecutor
    {
        public bool IsPure => true;

        public FlowEngine.Expressions.Expression? Inputs => null;

        public async ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
            return ActionOutcome.SucceededQuietly;
        }
    }
}
