using BenchmarkDotNet.Attributes;
using FlowEngine.Benchmarks.Scenarios;

namespace FlowEngine.Benchmarks.Details;

/// <summary>From text to a compiled workflow, and its parts. The flow is that of <c>load.actions-1000</c>.</summary>
[MemoryDiagnoser]
public class LoadBenchmark
{
    private string _text = string.Empty;
    private Definitions.WorkflowDocument? _document;

    [Params(100, 1_000)]
    public int Actions { get; set; }

    [GlobalSetup]
    public void Write()
    {
        _text = Flows.Whole(Flows.Large(Actions));
        _document = Workflow.Read(_text);
    }

    [Benchmark]
    public FlowValue Json() => FlowJson.Parse(_text);

    [Benchmark]
    public object ReadAndValidate() => Workflow.Read(_text);

    [Benchmark]
    public Workflow Compile() => Workflow.Compile(_document!); // set up before

    [Benchmark(Baseline = true)]
    public Workflow Load() => Workflow.Parse(_text);
}
