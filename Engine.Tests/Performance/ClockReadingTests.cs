using System.Globalization;
using System.Net;
using FlowEngine.Actions;

namespace FlowEngine.Tests.Performance;

/// <summary>That the clock is read once where one execution ends and the next begins, and again wherever time may have gone by.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ClockReadingTests
{
    private const string Two = """
        "First": { "type": "Compose", "inputs": "@utcNow()" },
        "Second": { "type": "Compose", "inputs": "@utcNow()", "runAfter": { "First": ["Succeeded"] } }
        """;

    [Test]
    public async Task A_chain_reads_the_clock_once_an_action() =>
        Assert.That(await ReadingsAsync(Chain(101)) - await ReadingsAsync(Chain(1)), Is.EqualTo(100));

    [Test]
    public async Task A_loop_reads_the_clock_once_a_repetition_of_one_action() =>
        Assert.That(await ReadingsAsync(Loop(101)) - await ReadingsAsync(Loop(1)), Is.EqualTo(100));

    [Test]
    public async Task An_end_is_the_start_of_what_follows()
    {
        var time = new Ticking();
        var run = await RunAsync(Two, new RunOptions { Time = time });

        var (first, second) = (run.Action("First"), run.Action("Second"));
        Assert.Multiple(() =>
        {
            Assert.That(first.EndTime, Is.GreaterThan(first.StartTime), "the clock ticked while it ran");
            Assert.That(second.StartTime, Is.EqualTo(first.EndTime));
            Assert.That(second.EndTime, Is.GreaterThan(second.StartTime));
            Assert.That(run.EndTime, Is.EqualTo(second.EndTime));
            Assert.That(second.Outputs.AsString, Is.EqualTo(second.StartTime.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture)));
        });
    }

    [Test]
    public async Task What_an_observer_takes_is_between_the_actions()
    {
        var time = new Ticking();
        var run = await RunAsync(Two, new RunOptions { Time = time, Observer = new Slow(time) });

        Assert.That(run.Action("Second").StartTime - run.Action("First").EndTime, Is.GreaterThanOrEqualTo(TimeSpan.FromMinutes(1)));
    }

    [Test]
    public async Task What_an_interceptor_takes_is_in_the_action()
    {
        var time = new Ticking();
        var run = await RunAsync(Two, new RunOptions { Time = time, Interceptor = new SlowInterceptor(time) });

        var second = run.Action("Second");
        Assert.That(second.EndTime - second.StartTime, Is.InRange(TimeSpan.FromHours(1), TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task What_a_server_takes_is_in_the_action(bool suspends)
    {
        var time = new Ticking();
        var run = await RunAsync(
            """
            "Ask": { "type": "Http", "inputs": { "method": "GET", "uri": "https://example.org/" } },
            "All": { "type": "Scope", "runAfter": { "Ask": ["Succeeded"] }, "actions": { "Inner": { "type": "Http", "inputs": { "method": "GET", "uri": "https://example.org/" } } } },
            "After": { "type": "Compose", "inputs": 1, "runAfter": { "All": ["Succeeded"] } }
            """,
            new RunOptions { Time = time, HttpHandler = new SlowServer(time, suspends) });

        var (ask, all, inner, after) = (run.Action("Ask"), run.Action("All"), run.Action("Inner"), run.Action("After"));
        var (least, most) = (TimeSpan.FromDays(1), TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        Assert.Multiple(() =>
        {
            Assert.That(ask.EndTime - ask.StartTime, Is.InRange(least, most));
            Assert.That(inner.EndTime - inner.StartTime, Is.InRange(least, most));
            Assert.That(all.StartTime, Is.InRange(ask.EndTime, inner.StartTime));
            Assert.That(all.EndTime, Is.InRange(inner.EndTime, after.StartTime));
            Assert.That(after.StartTime - inner.EndTime, Is.LessThan(TimeSpan.FromSeconds(1)));
        });
    }

    private static async Task<int> ReadingsAsync(string actions)
    {
        var time = new Ticking();
        await RunAsync(actions, new RunOptions { Time = time });
        return time.Readings;
    }

    private static async Task<RunResult> RunAsync(string actions, RunOptions options)
    {
        var workflow = Workflow.Parse($$"""{ "triggers": { "manual": { "type": "Request", "inputs": {} } }, "actions": { {{actions}} } }""");
        await using var engine = WorkflowEngine.Create();
        var run = await engine.RunAsync(workflow, TriggerRequest.Empty, options);
        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded), run.Error?.Message);
        return run;
    }

    private static string Chain(int length) => string.Join(",", Enumerable.Range(0, length).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""
        "A{{i}}": { "type": "Compose", "inputs": "@add({{i}}, length(utcNow()))"{{(i == 0 ? "" : $$""", "runAfter": { "A{{i - 1}}": ["Succeeded"] }""")}} }
        """)));

    private static string Loop(int items) => string.Create(CultureInfo.InvariantCulture, $$"""
        "Each": { "type": "Foreach", "foreach": "@range(0, {{items}})", "operationOptions": "Sequential", "actions": { "One": { "type": "Compose", "inputs": "@mul(item(), 2)" } } }
        """);

    /// <summary>A millisecond goes by with each reading, and whatever somebody takes.</summary>
    private sealed class Ticking : TimeProvider
    {
        private long _ticks = new DateTime(2026, 1, 31, 10, 0, 0, DateTimeKind.Utc).Ticks;
        private int _readings;

        public int Readings => _readings;

        public void Take(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);

        public override DateTimeOffset GetUtcNow()
        {
            Interlocked.Increment(ref _readings);
            return new DateTimeOffset(Interlocked.Add(ref _ticks, TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        }
    }

    private sealed class Slow(Ticking time) : IRunObserver
    {
        public void OnActionCompleted(ActionRecord action) => time.Take(TimeSpan.FromMinutes(1));
    }

    private sealed class SlowInterceptor(Ticking time) : IActionInterceptor
    {
        public bool TryIntercept(RunScope scope, out ActionOutcome outcome)
        {
            time.Take(TimeSpan.FromHours(1));
            outcome = default;
            return false;
        }
    }

    private sealed class SlowServer(Ticking time, bool suspends) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (suspends) await Task.Yield();
            time.Take(TimeSpan.FromDays(1));
            return new HttpResponseMessage(HttpStatusCode.OK);
        }
    }
}
