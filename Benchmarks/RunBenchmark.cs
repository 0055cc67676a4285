using System.Text;
using BenchmarkDotNet.Attributes;

namespace FlowEngine.Benchmarks;

/// <summary>Whole runs in memory: a chain of 100 Compose, and loops over 10,000 items.</summary>
[MemoryDiagnoser]
public class RunBenchmark
{
    private const int Items = 10_000;

    private readonly WorkflowEngine _engine = WorkflowEngine.Create();
    private readonly Workflow _chain = Workflow.Parse(Chain(100));
    private readonly Workflow _sequential = Workflow.Parse(Loop("\"operationOptions\": \"Sequential\""));
    private readonly Workflow _concurrent = Workflow.Parse(Loop("\"runtimeConfiguration\": { \"concurrency\": { \"repetitions\": 20 } }"));

    [Benchmark(OperationsPerInvoke = 100)]
    public Task<RunResult> ChainOf100() => _engine.RunAsync(_chain);

    [Benchmark(OperationsPerInvoke = Items)]
    public Task<RunResult> Foreach10000Sequential() => _engine.RunAsync(_sequential);

    [Benchmark(OperationsPerInvoke = Items)]
    public Task<RunResult> Foreach10000Concurrent() => _engine.RunAsync(_concurrent);

    [GlobalCleanup]
    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private static string Chain(int length)
    {
        var actions = new StringBuilder("""{ "A0": { "type": "Compose", "inputs": 0, "runAfter": {} }""");
        for (var i = 1; i < length; i++)
            actions.Append(System.Globalization.CultureInfo.InvariantCulture, $$""", "A{{i}}": { "type": "Compose", "inputs": "@add(outputs('A{{i - 1}}'), 1)", "runAfter": { "A{{i - 1}}": ["Succeeded"] } }""");
        return Definition(actions.Append(" }").ToString());
    }

    private static string Loop(string setting) => Definition(
        $$"""
        { "Loop": { "type": "Foreach", "foreach": "@range(0, {{Items}})", {{setting}}, "runAfter": {},
            "actions": { "Twice": { "type": "Compose", "inputs": "@mul(item(), 2)", "runAfter": {} } } } }
        """);

    private static string Definition(string actions) => $$"""{ "triggers": { "manual": { "type": "Request", "inputs": {} } }, "actions": {{actions}} }""";
}
