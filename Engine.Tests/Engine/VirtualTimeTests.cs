using FlowEngine.Actions;

namespace FlowEngine.Tests.Engine;

[Parallelizable(ParallelScope.All)]
public sealed class VirtualTimeTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task A_wait_of_a_month_takes_no_time_and_moves_the_clock()
    {
        var time = new VirtualTimeProvider(Start);

        var run = await Flow.RunAsync(
            """{ "Pause": { "type": "Wait", "inputs": { "interval": { "count": 30, "unit": "Day" } } }, "Now": { "type": "Compose", "inputs": "@utcNow('yyyy-MM-dd')", "runAfter": { "Pause": ["Succeeded"] } } }""",
            options: new RunOptions { Time = time });

        Assert.That(run.Action("Now").Outputs, Is.EqualTo(FlowValue.String("2026-03-31")));
        Assert.That(time.Elapsed, Is.EqualTo(TimeSpan.FromDays(30)));
    }

    [Test]
    public async Task Parallel_waits_pass_side_by_side_and_in_the_order_of_their_due_times()
    {
        var time = new VirtualTimeProvider(Start);

        var run = await Flow.RunAsync(
            """
            { "Long": { "type": "Wait", "inputs": { "interval": { "count": 60, "unit": "Second" } } }, "Short": { "type": "Wait", "inputs": { "interval": { "count": 20, "unit": "Second" } } },
              "Join": { "type": "Compose", "inputs": 1, "runAfter": { "Long": ["Succeeded"], "Short": ["Succeeded"] } } }
            """,
            options: new RunOptions { Time = time });

        Assert.That(run.Action("Short").EndTime, Is.EqualTo(Start.AddSeconds(20)));
        Assert.That(run.Action("Join").StartTime, Is.EqualTo(Start.AddSeconds(60)));
    }

    [Test]
    public async Task Twenty_lanes_wait_together()
    {
        var time = new VirtualTimeProvider(Start);

        var run = await Flow.RunAsync(
            """{ "Loop": { "type": "Foreach", "foreach": "@range(0, 100)", "actions": { "Pause": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Minute" } } } } } }""",
            options: new RunOptions { Time = time });

        Assert.That(run.Action("Loop").Repetitions, Has.Count.EqualTo(100));
        Assert.That(time.Elapsed, Is.EqualTo(TimeSpan.FromMinutes(5)));
    }

    [Test]
    public async Task A_limit_ends_a_wait_as_TimedOut_and_its_handler_runs()
    {
        var run = await Flow.RunAsync("""
            { "Pause": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Hour" } }, "limit": { "timeout": "PT30S" } },
              "Handle": { "type": "Compose", "inputs": "@actions('Pause')['code']", "runAfter": { "Pause": ["TimedOut"] } } }
            """);

        Assert.That(run.Action("Pause").Status, Is.EqualTo(ActionStatus.TimedOut));
        Assert.That(run.Action("Handle").Outputs, Is.EqualTo(FlowValue.String("ActionTimedOut")));
        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded));
    }

    [Test]
    public async Task The_run_limit_ends_the_run_as_TimedOut()
    {
        var run = await Flow.RunAsync(
            """{ "Pause": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Hour" } } }, "Then": { "type": "Compose", "inputs": 1, "runAfter": { "Pause": ["Succeeded"] } } }""",
            options: new RunOptions { Time = new VirtualTimeProvider(Start), Timeout = TimeSpan.FromMinutes(1) });

        Assert.That(run.Status, Is.EqualTo(ActionStatus.TimedOut));
        Assert.That(run.Action("Pause").Status, Is.EqualTo(ActionStatus.Cancelled));
        Assert.That(run.Action("Then").Status, Is.EqualTo(ActionStatus.Skipped));
        Assert.That(run.EndTime, Is.EqualTo(Start.AddMinutes(1)));
    }

    [Test]
    public async Task Cancelling_from_outside_ends_the_run_as_Cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await using var engine = WorkflowEngine.Create();
        var workflow = Flow.Of("""{ "Pause": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Hour" } } }, "Then": { "type": "Compose", "inputs": 1, "runAfter": { "Pause": ["Succeeded"] } } }""");

        var pending = engine.RunAsync(workflow, TriggerRequest.Empty, null, cancelled.Token);
        await cancelled.CancelAsync();
        var run = await pending;

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Cancelled));
        Assert.That(run.Action("Pause").Code, Is.EqualTo("ActionCancelled"));
        Assert.That(run.Action("Then").Status, Is.EqualTo(ActionStatus.Skipped));
    }

    [Test]
    public void Timers_fire_by_due_time_then_by_creation_and_dead_ones_never()
    {
        var time = new VirtualTimeProvider(Start);
        var fired = new List<string>();
        using var late = time.CreateTimer(_ => fired.Add("late"), null, TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        using var first = time.CreateTimer(_ => fired.Add("first"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        using var second = time.CreateTimer(_ => fired.Add("second"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        var dead = time.CreateTimer(_ => fired.Add("dead"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        dead.Dispose();

        time.EnterWork();
        time.ExitWork();

        Assert.That(fired, Is.EqualTo(new[] { "first", "second", "late" }));
        Assert.That(time.GetUtcNow(), Is.EqualTo(Start.AddSeconds(2)));
    }

    [TestCase(1)]
    [TestCase(9_999)]
    [TestCase(TimeSpan.TicksPerDay * 60)]
    [TestCase((TimeSpan.TicksPerDay * 365 * 3) + 1)]
    public async Task The_clock_goes_to_the_very_tick_however_far(long ticks)
    {
        var time = new VirtualTimeProvider(Start.AddTicks(1_234_567));

        await time.AdvanceToAsync(Start.AddTicks(1_234_567 + ticks));

        Assert.That(time.Elapsed.Ticks, Is.EqualTo(ticks));
    }

    [Test]
    public async Task A_limit_of_years_is_no_trouble_on_a_real_clock()
    {
        var run = await Flow.RunAsync(
            """{ "Pause": { "type": "Wait", "inputs": { "interval": { "count": 0, "unit": "Second" } }, "limit": { "timeout": "P3650D" } } }""",
            options: new RunOptions { Timeout = TimeSpan.FromDays(3650) });

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded));
    }

    [Test]
    public async Task A_limit_of_years_passes_on_a_virtual_clock()
    {
        var time = new VirtualTimeProvider(Start);

        var run = await Flow.RunAsync(
            """{ "Pause": { "type": "Wait", "inputs": { "interval": { "count": 240, "unit": "Month" } }, "limit": { "timeout": "P3650D" } } }""",
            options: new RunOptions { Time = time });

        Assert.That(run.Action("Pause").Status, Is.EqualTo(ActionStatus.TimedOut));
        Assert.That(time.Elapsed, Is.EqualTo(TimeSpan.FromDays(3650)));
    }
}
