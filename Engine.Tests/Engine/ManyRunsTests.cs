using FlowEngine.Actions;

namespace FlowEngine.Tests.Engine;

/// <summary>One engine, many threads, flows of every kind.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ManyRunsTests
{
    private const int Threads = 32;
    private const int Waves = 4;

    // FLOWENGINE_MANY_RUNS=10000 asks for more than every build can bear.
    private static readonly int Runs = int.Parse(Environment.GetEnvironmentVariable("FLOWENGINE_MANY_RUNS") ?? "1600", System.Globalization.CultureInfo.InvariantCulture);

    private static readonly Workflow Waiting = Flow.Of("""
        { "Late": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Day" } } },
          "Sum": { "type": "Compose", "inputs": "@triggerBody()['n']", "runAfter": { "Late": ["Succeeded"] } } }
        """);

    // Those that end at once, loop, wait, answer, fail, call each other, share a variable, send requests, use actions of the host.
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
        Flow.Of("""
            { "Get": { "type": "Http", "inputs": { "method": "POST", "uri": "https://x.example/@{triggerBody()['n']}", "body": "@triggerBody()" } },
              "Sum": { "type": "Compose", "inputs": "@body('Get')['n']", "runAfter": { "Get": ["Succeeded"] } } }
            """),
        Workflow.Parse("""
            { "triggers": { "manual": { "type": "Request", "inputs": {} } },
              "actions": { "Own": { "type": "Twice", "inputs": "@triggerBody()['n']" }, "Sum": { "type": "Compose", "inputs": "@outputs('Own')", "runAfter": { "Own": ["Succeeded"] } } } }
            """, WorkflowEngine.Create(Extend).WorkflowOptions),
        Workflow.Parse("""
            { "triggers": { "manual": { "type": "Request", "inputs": {} } },
              "actions": { "Call": { "type": "Workflow", "inputs": { "host": { "workflow": { "id": "child" } }, "body": "@triggerBody()" } },
                           "Sum": { "type": "Compose", "inputs": "@body('Call')", "runAfter": { "Call": ["Succeeded"] } } } }
            """),
    ];

    private static WorkflowEngine Engine() => WorkflowEngine.Create(builder => Extend(builder.UseHttpHandler(new Echo()).UseWorkflows(new Children())));

    private static void Extend(WorkflowEngineBuilder builder) => builder.AddAction("Twice", async (scope, _) =>
    {
        await Task.Yield();
        return scope.Inputs.AsInteger * 2;
    });

    private static async Task<string> RunAsync(WorkflowEngine engine, int number)
    {
        var options = new RunOptions { Time = new VirtualTimeProvider(new DateTimeOffset(2026, 1, 31, 8, 0, 0, TimeSpan.Zero)), Seed = number };
        var run = await engine.RunAsync(Flows[number % Flows.Length], TriggerRequest.WithBody(FlowValue.Object(("n", number))), options);
        return run.ToRecord().ToJson();
    }

    private static Task OnThreadsAsync(Func<int, Task> run, int from = 0, int? to = null)
    {
        var next = from - 1;
        var end = to ?? Runs;
        return Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Factory.StartNew(
            async () =>
            {
                for (int number; (number = Interlocked.Increment(ref next)) < end;) await run(number);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));
    }

    [Test]
    public async Task Runs_at_once_give_what_they_give_one_after_the_other()
    {
        await using var engine = Engine();
        var expected = new string[Runs];
        for (var number = 0; number < Runs; number++) expected[number] = await RunAsync(engine, number);
        var actual = new string[Runs];

        await OnThreadsAsync(async number => actual[number] = await RunAsync(engine, number));

        Assert.That(actual, Is.EqualTo(expected));
    }

    [Test]
    public async Task Half_of_them_cancelled_the_others_give_the_same()
    {
        await using var engine = Engine();
        var expected = new string?[Runs];
        for (var number = 0; number < Runs; number += 2) expected[number] = await RunAsync(engine, number);
        var actual = new string?[Runs];
        var cancelled = 0;

        await OnThreadsAsync(async number =>
        {
            if (number % 2 == 0)
            {
                actual[number] = await RunAsync(engine, number);
                return;
            }

            using var cancelling = new CancellationTokenSource();
            var run = await engine.StartAsync(Waiting, TriggerRequest.WithBody(FlowValue.Object(("n", number))), null, cancelling.Token);
            await cancelling.CancelAsync();
            if ((await run.Completion).Status == ActionStatus.Cancelled) Interlocked.Increment(ref cancelled);
        });

        Assert.That(actual, Is.EqualTo(expected));
        Assert.That(cancelled, Is.EqualTo(Runs / 2));
    }

    [Test]
    [NonParallelizable] // Others' memory is none of its business.
    public async Task Memory_stays_where_it_is()
    {
        await using var engine = Engine();
        var after = new long[Waves];
        for (var wave = 0; wave < Waves; wave++)
        {
            await OnThreadsAsync(number => RunAsync(engine, number), wave * Runs / Waves, (wave + 1) * Runs / Waves);
            after[wave] = GC.GetTotalMemory(forceFullCollection: true);
        }

        // A run that stayed would be some 20 kB.
        Assert.That(after[^1] - after[0], Is.LessThan(Runs * 1_000L), string.Join(' ', after));
    }

    [Test]
    public async Task What_has_run_is_let_go()
    {
        await using var engine = Engine();
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

    private sealed class Echo : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return new HttpResponseMessage(System.Net.HttpStatusCode.OK)
            {
                Content = new StringContent(await request.Content!.ReadAsStringAsync(cancellationToken), System.Text.Encoding.UTF8, "application/json"),
            };
        }
    }

    private sealed class Children : IWorkflowCatalog
    {
        private readonly Workflow _child = Flow.Of("""{ "Answer": { "type": "Response", "inputs": { "statusCode": 200, "body": "@add(triggerBody()['n'], 1000)" } } }""");

        public Workflow? Find(string name) => _child;
    }
}
