using FlowEngine.Actions;

namespace FlowEngine.Tests.Engine;

/// <summary>One engine, many threads, flows of every kind.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ManyRunsTests
{
    private const int Threads = 32;
    private const int Runs = 1_600;

    // Those that end at once, loop, wait, answer, fail, call each other, share a variable.
    private static readonly Workflow[] Flows =
    [
        Flow.Of("""{ "Sum": { "type": "Compose", "inputs": "@add(triggerBody()['n'], 1)" } }"""),
        Flow.Of("""
            { "V": { "type": "InitializeVariable", "inputs": { "variables": [ { "name": "v", "type": "integer", "value": 0 } ] } },
              "Loop": { "type": "Foreach", "foreach": "@range(1, 20)", "runAfter": { "V": ["Succeeded"] },
                "actions": { "Add": { "type": "IncrementVariable", "inputs": { "name": "v", "value": "@add(item(), triggerBody()['n'])" } } } },
              "Sum": { "type": "Compose", "inputs": "@variables('v')", "runAfter": { "Loop": ["Succeeded"] } } }
            """),
        Flow.Of("""
            { "Late": { "type": "Wait", "inputs": { "interval": { "count": 3, "unit": "Day" } } },
              "Sum": { "type": "Compose", "inputs": "@mul(triggerBody()['n'], 3)", "runAfter": { "Late": ["Succeeded"] } } }
            """),
        Flow.Of("""
            { "Fails": { "type": "Compose", "inputs": "@int('x')" },
              "Sum": { "type": "Compose", "inputs": "@sub(0, triggerBody()['n'])", "runAfter": { "Fails": ["Failed"] } } }
            """),
        Flow.Of("""
            { "Each": { "type": "Foreach", "foreach": "@range(0, 8)", "runtimeConfiguration": { "concurrency": { "repetitions": 4 } },
                "actions": { "Nap": { "type": "Wait", "inputs": { "interval": { "count": 5, "unit": "Second" } } },
                             "X": { "type": "Compose", "inputs": "@add(item(), triggerBody()['n'])", "runAfter": { "Nap": ["Succeeded"] } } } },
              "Sum": { "type": "Compose", "inputs": "@outputs('X')", "runAfter": { "Each": ["Succeeded"] } } }
            """),
    ];

    private static async Task<string> RunAsync(WorkflowEngine engine, int number)
    {
        var options = new RunOptions { Time = new VirtualTimeProvider(new DateTimeOffset(2026, 1, 31, 8, 0, 0, TimeSpan.Zero)), Seed = number };
        var run = await engine.RunAsync(Flows[number % Flows.Length], TriggerRequest.WithBody(FlowValue.Object(("n", number))), options);
        return run.ToRecord().ToJson();
    }

    private static Task OnThreadsAsync(Func<int, Task> run)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Factory.StartNew(
            async () =>
            {
                for (int number; (number = Interlocked.Increment(ref next)) < Runs;) await run(number);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));
    }

    [Test]
    public async Task Runs_at_once_give_what_they_give_one_after_the_other()
    {
        await using var engine = WorkflowEngine.Create();
        var expected = new string[Runs];
        for (var number = 0; number < Runs; number++) expected[number] = await RunAsync(engine, number);
        var actual = new string[Runs];

        await OnThreadsAsync(async number => actual[number] = await RunAsync(engine, number));

        Assert.That(actual, Is.EqualTo(expected));
    }

    [Test]
    public async Task Half_of_them_cancelled_the_others_end_as_they_should()
    {
        await using var engine = WorkflowEngine.Create();
        var waiting = Flow.Of("""
            { "Late": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Day" } } },
              "Sum": { "type": "Compose", "inputs": "@triggerBody()['n']", "runAfter": { "Late": ["Succeeded"] } } }
            """);
        var results = new RunResult[Runs];

        await OnThreadsAsync(async number =>
        {
            if (number % 2 == 0)
            {
                results[number] = await engine.RunAsync(Flows[0], FlowValue.Object(("n", number)));
                return;
            }

            using var cancelling = new CancellationTokenSource();
            var run = await engine.StartAsync(waiting, TriggerRequest.WithBody(FlowValue.Object(("n", number))), null, cancelling.Token);
            await cancelling.CancelAsync();
            results[number] = await run.Completion;
        });

        Assert.That(results.Where((_, number) => number % 2 == 0).Select(run => run.Action("Sum").Outputs.AsInteger), Is.EqualTo(Enumerable.Range(0, Runs / 2).Select(n => (2L * n) + 1)));
        Assert.That(results.Where((_, number) => number % 2 == 1).Select(run => run.Status), Is.All.EqualTo(ActionStatus.Cancelled));
    }

    [Test]
    public async Task What_has_run_is_let_go()
    {
        await using var engine = WorkflowEngine.Create();
        var left = await RunAndForgetAsync(engine);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.That(left.Count(result => result.IsAlive), Is.LessThanOrEqualTo(Flows.Length), "the engine keeps nothing of a run that has ended");
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static async Task<List<WeakReference>> RunAndForgetAsync(WorkflowEngine engine)
    {
        var left = new List<WeakReference>();
        for (var number = 0; number < 100; number++)
        {
            var options = new RunOptions { Time = new VirtualTimeProvider(), Seed = number };
            left.Add(new WeakReference(await engine.RunAsync(Flows[number % Flows.Length], TriggerRequest.WithBody(FlowValue.Object(("n", number))), options)));
        }

        return left;
    }
}
