using BenchmarkDotNet.Attributes;
using FlowEngine.Benchmarks.Scenarios;

namespace FlowEngine.Benchmarks.Details;

/// <summary>Whole runs in memory. The names are those of the quick mode.</summary>
[MemoryDiagnoser]
public class RunBenchmark
{
    private RunScenario _scenario = RunScenario.All[0];

    public static IEnumerable<string> Names => RunScenario.All.Select(scenario => scenario.Name);

    [ParamsSource(nameof(Names))]
    public string Scenario { get; set; } = string.Empty;

    [GlobalSetup]
    public void Choose() => _scenario = RunScenario.All.First(scenario => scenario.Name == Scenario);

    [Benchmark]
    public RunResult Run() => _scenario.Run();
}
