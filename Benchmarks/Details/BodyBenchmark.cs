using BenchmarkDotNet.Attributes;
using FlowEngine.Benchmarks.Scenarios;

namespace FlowEngine.Benchmarks.Details;

/// <summary>Large bodies: ParseJson, Select and Query of a text of JSON, its reading and its writing alone. 50,000 objects are those of <c>data.body-10mb</c>.</summary>
[MemoryDiagnoser]
public class BodyBenchmark
{
    private RunScenario _scenario = RunScenario.OfBody("body", 1);
    private string _text = string.Empty;
    private FlowValue _value;

    [Params(500, 50_000)]
    public int Objects { get; set; }

    [GlobalSetup]
    public void Write()
    {
        _scenario = RunScenario.OfBody("body", Objects);
        _text = Flows.BodyText(Objects);
        _value = FlowJson.Parse(_text);
    }

    [Benchmark]
    public RunResult Run() => _scenario.Run();

    [Benchmark]
    public FlowValue Read() => FlowJson.Parse(_text);

    [Benchmark]
    public string WriteText() => FlowJson.Write(_value);
}
