using System.Globalization;
using FlowEngine.Actions;

namespace FlowEngine.Tests.Performance;

/// <summary>What work allocates, and that it grows with its size and no faster. Bytes don't depend on the machine; times are measured elsewhere (docs/performance.md).</summary>
/// <remarks>Each limit is some 1.5 times what was measured when it was set, so that it speaks of a new habit and not of a new runtime.</remarks>
[Parallelizable(ParallelScope.All)]
public sealed class AllocationTests
{
    private const int WarmUp = 60;

    // Ten times the work may allocate eleven times as much: anything that grows with the square would be at a hundred.
    private const double TenfoldGrowth = 11;

    [Test]
    public void An_action_allocates_little() => Assert.That(PerItem(Chain(101), Chain(1), 100), Is.LessThanOrEqualTo(250), "bytes an action");

    [Test]
    public void An_action_that_reads_a_variable_and_makes_a_text_allocates_little() =>
        Assert.That(PerItem(ConcatChain(101), ConcatChain(1), 100), Is.LessThanOrEqualTo(320), "bytes an action");

    [Test]
    public void A_repetition_allocates_little() => Assert.That(PerItem(Foreach(1_001), Foreach(1), 1_000), Is.LessThanOrEqualTo(430), "bytes a repetition");

    [Test]
    public void A_run_allocates_little() => Assert.That(Bytes(Runner(Chain(1))), Is.LessThanOrEqualTo(5_000), "bytes a run of one action");

    [Test]
    public void A_log_that_hears_nothing_costs_nothing()
    {
        using var silent = new Serilog.LoggerConfiguration().MinimumLevel.Is((Serilog.Events.LogEventLevel)6).CreateLogger();

        var without = Bytes(Runner(Chain(101)));
        var serilog = Bytes(Runner(Chain(101), builder => builder.UseLogger(silent)));
        var host = Bytes(Runner(Chain(101), builder => builder.UseLogger(Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance)));

        Assert.That((serilog, host), Is.EqualTo((without, without)), "bytes a run");
    }

    [Test]
    [NonParallelizable] // Who listens, listens to all runs of the process.
    public void Spans_and_measurements_that_nobody_takes_cost_nothing()
    {
        var run = Runner(Chain(101));
        var before = Bytes(run);
        using (var listener = new System.Diagnostics.ActivityListener { ShouldListenTo = source => source.Name == WorkflowEngine.TelemetryName, Sample = static (ref _) => System.Diagnostics.ActivitySamplingResult.AllData })
        {
            System.Diagnostics.ActivitySource.AddActivityListener(listener);
            Assert.That(Bytes(run), Is.GreaterThan(before + (101 * 300)), "a span for each action");
        }

        Assert.That(Bytes(run), Is.EqualTo(before), "bytes a run");
        Assert.That(Bytes(() => _ = RunTelemetry.Create()), Is.Zero);
    }

    [TestCase("@if(greater(length(variables('x')),0),first(variables('x'))['a'],'Unknown')", 0)]
    [TestCase("@concat('a','b','c')", 0)]
    [TestCase("@variables('x')?[1]?['a']", 0)]
    [TestCase("@greater(add(mul(length(variables('x')),3),1),10)", 0)]
    [TestCase("Order @{variables('x')?[0]?['a']} of @{length(variables('x'))}", 200)]
    public void An_expression_allocates_nothing_but_its_result(string expression, int most)
    {
        var plain = Foreach(1_000, "1");
        var evaluating = Foreach(1_000, expression);

        Assert.That((Bytes(Runner(evaluating)) - Bytes(Runner(plain))) / 1_000, Is.LessThanOrEqualTo(most), "bytes an evaluation");
    }

    [Test]
    public void Runs_allocate_in_proportion_to_their_actions() => AssertGrowth(Runner(Chain(100)), Runner(Chain(1_000)));

    [Test]
    public void Loops_allocate_in_proportion_to_their_repetitions() => AssertGrowth(Runner(Foreach(1_000)), Runner(Foreach(10_000)));

    [Test]
    public void Appending_allocates_in_proportion_to_what_is_appended() => AssertGrowth(Runner(Append(1_000)), Runner(Append(10_000)));

    [Test]
    public void Appending_to_a_text_allocates_in_proportion_to_what_is_appended() => AssertGrowth(Runner(AppendText(1_000)), Runner(AppendText(10_000)));

    [Test]
    public void Making_a_record_allocates_in_proportion_to_what_ran() => AssertGrowth(Recorder(Foreach(1_000)), Recorder(Foreach(10_000)));

    [Test]
    public void The_record_of_a_repetition_of_one_action_allocates_little() =>
        Assert.That((Bytes(Recorder(Foreach(1_001))) - Bytes(Recorder(Foreach(1)))) / 1_000, Is.LessThanOrEqualTo(1_000), "bytes a repetition");

    [Test]
    public void Requests_allocate_in_proportion_to_their_number() => AssertGrowth(Runner(Requests(20)), Runner(Requests(200)));

    [Test]
    public void A_request_allocates_little() => Assert.That(PerItem(Requests(101), Requests(1), 100), Is.LessThanOrEqualTo(17_000), "bytes a request");

    [Test]
    public void Loading_allocates_in_proportion_to_the_actions()
    {
        var (small, large) = (Whole(ConcatChain(100)), Whole(ConcatChain(1_000)));

        AssertGrowth(() => Workflow.Parse(small), () => Workflow.Parse(large));
    }

    [Test]
    public void Loading_an_action_allocates_little()
    {
        // A thousand actions are more than the cloud allows: the place of that warning is found besides.
        var (none, many) = (Whole(ConcatChain(0)), Whole(ConcatChain(1_000)));

        Assert.That((Bytes(() => Workflow.Parse(many)) - Bytes(() => Workflow.Parse(none))) / 1_000, Is.LessThanOrEqualTo(6_000), "bytes an action");
    }

    private static void AssertGrowth(Action small, Action large)
    {
        var (one, ten) = (Bytes(small), Bytes(large));
        Assert.That(ten, Is.LessThanOrEqualTo(TenfoldGrowth * one), $"{one} bytes became {ten}");
    }

    private static long PerItem(string many, string one, int items) => (Bytes(Runner(many)) - Bytes(Runner(one))) / items;

    private static long Bytes(Action work)
    {
        for (var i = 0; i < WarmUp; i++) work();
        // The least of several: what the runtime itself allocates now and then, for code that it compiles anew, is not the work's.
        var least = long.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    // Nothing waits, so a run is over, on this thread, when the call returns.
    private static Action Runner(string actions, Action<WorkflowEngineBuilder>? configure = null)
    {
        var workflow = Workflow.Parse(Whole(actions));
        var engine = WorkflowEngine.Create(configure ?? (builder => builder.UseHttpHandler(new Answering())));
        return () =>
        {
            var run = engine.RunAsync(workflow);
            if (!run.IsCompletedSuccessfully || run.Result.Status != ActionStatus.Succeeded) throw new InvalidOperationException("The run did not succeed at once.");
        };
    }

    private static Action Recorder(string actions)
    {
        var run = WorkflowEngine.Create().RunAsync(Workflow.Parse(Whole(actions))).GetAwaiter().GetResult();
        return () => run.ToRecord();
    }

    private static string Whole(string actions) => $$"""{ "triggers": { "manual": { "type": "Request", "inputs": {} } }, "actions": {{actions}} }""";

    private static string Chain(int length) => Sequence(length, i => i == 0 ? "@add(0, 0)" : $"@add(outputs('A{i - 1}'), 1)");

    private static string ConcatChain(int length) => Sequence(length, _ => "@concat('v', variables('x'))");

    private static string Foreach(int items, string inputs = "@mul(item(), 2)") => string.Create(CultureInfo.InvariantCulture, $$"""
        { "Start": {{Variable("x", "array", """[{"a":"first"},{"a":"second"}]""")}},
          "Each": { "type": "Foreach", "foreach": "@range(0, {{items}})", "operationOptions": "Sequential", "runAfter": { "Start": ["Succeeded"] },
            "actions": { "One": { "type": "Compose", "inputs": "{{inputs}}" } } } }
        """);

    private static string Append(int items) => string.Create(CultureInfo.InvariantCulture, $$"""
        { "Start": {{Variable("all", "array", "[]")}},
          "Each": { "type": "Foreach", "foreach": "@range(0, {{items}})", "operationOptions": "Sequential", "runAfter": { "Start": ["Succeeded"] },
            "actions": { "Add": { "type": "AppendToArrayVariable", "inputs": { "name": "all", "value": "@item()" } } } } }
        """);

    private static string Requests(int items) => string.Create(CultureInfo.InvariantCulture, $$"""
        { "Each": { "type": "Foreach", "foreach": "@range(0, {{items}})", "operationOptions": "Sequential",
            "actions": { "Ask": { "type": "Http", "inputs": { "method": "POST", "uri": "https://example.org/items/@{item()}", "body": { "id": "@item()" } } } } } }
        """);

    private static string AppendText(int items) => string.Create(CultureInfo.InvariantCulture, $$"""
        { "Start": {{Variable("all", "string", "\"\"")}},
          "Each": { "type": "Foreach", "foreach": "@range(0, {{items}})", "operationOptions": "Sequential", "runAfter": { "Start": ["Succeeded"] },
            "actions": { "Add": { "type": "AppendToStringVariable", "inputs": { "name": "all", "value": "one more line of the report\n" } } } } }
        """);

    private static string Sequence(int length, Func<int, string> inputs)
    {
        var actions = Enumerable.Range(0, length).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""
            "A{{i}}": { "type": "Compose", "inputs": "{{inputs(i)}}", "runAfter": { "{{(i == 0 ? "Start" : $"A{i - 1}")}}": ["Succeeded"] } }
            """));
        return $$"""{ {{string.Join(", ", actions.Prepend($"\"Start\": {Variable("x", "string", "\"alue\"")}"))}} }""";
    }

    private static string Variable(string name, string type, string value) =>
        $$"""{ "type": "InitializeVariable", "inputs": { "variables": [{ "name": "{{name}}", "type": "{{type}}", "value": {{value}} }] } }""";

    private sealed class Answering : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new StringContent("""{"id":1,"tags":["a","b"]}""", System.Text.Encoding.UTF8, "application/json") });
    }
}
