using BenchmarkDotNet.Attributes;
using FlowEngine.Benchmarks.Scenarios;

namespace FlowEngine.Benchmarks.Details;

/// <summary>Expressions, evaluated and compiled. The names are those of the quick mode.</summary>
[MemoryDiagnoser]
public class ExpressionBenchmark
{
    private readonly ExpressionCompilation _compilation = new();
    private ExpressionScenario _scenario = ExpressionScenario.All[0];

    public static IEnumerable<string> Names => ExpressionScenario.All.Select(scenario => scenario.Name);

    [ParamsSource(nameof(Names))]
    public string Scenario { get; set; } = string.Empty;

    [GlobalSetup]
    public void Choose() => _scenario = ExpressionScenario.All.First(scenario => scenario.Name == Scenario);

    [Benchmark]
    public FlowValue Evaluate() => _scenario.Evaluate();

    [Benchmark]
    public object Compile() => _compilation.Compile();
}
