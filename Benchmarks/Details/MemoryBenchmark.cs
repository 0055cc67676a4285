using BenchmarkDotNet.Attributes;
using FlowEngine.Benchmarks.Scenarios;

namespace FlowEngine.Benchmarks.Details;

/// <summary>What loops allocate with their whole history and with a streamed one; what stays alive is in the quick mode, as <c>memory.*</c>.</summary>
[MemoryDiagnoser]
public class MemoryBenchmark
{
    private RunScenario _scenario = RunScenario.All[0];

    [Params(10_000, 100_000)]
    public int Repetitions { get; set; }

    [Params(RunHistory.Whole, RunHistory.Streamed)]
    public RunHistory History { get; set; }

    [GlobalSetup]
    public void Choose() => _scenario = RunScenario.Loop("memory", Repetitions, new RunOptions { History = History });

    [Benchmark]
    public RunResult Run() => _scenario.Run();
}
