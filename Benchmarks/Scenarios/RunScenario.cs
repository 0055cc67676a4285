using System.Net;
using System.Text;
using FlowEngine.Actions;

namespace FlowEngine.Benchmarks.Scenarios;

/// <summary>One workflow to run in memory.</summary>
internal sealed class RunScenario
{
    private static readonly WorkflowEngine Engine = WorkflowEngine.Create();

    private readonly Lazy<Workflow> _workflow;
    private readonly TriggerRequest _request;
    private readonly RunOptions _options;

    private RunScenario(string name, string unit, int items, Func<string> actions, TriggerRequest? request = null, RunOptions? options = null)
    {
        Name = name;
        Unit = unit;
        Items = items;
        _workflow = new Lazy<Workflow>(() => Workflow.Parse(Flows.Whole(actions())));
        _request = request ?? TriggerRequest.Empty;
        _options = options ?? RunOptions.Default;
    }

    /// <summary>Runs whose time is asked for.</summary>
    public static IReadOnlyList<RunScenario> All { get; } =
    [
        new("run.actions-1", "ns", 1, () => Flows.Chain(1)),
        new("run.actions-10", "ns", 10, () => Flows.Chain(10)),
        new("run.actions-100", "ns", 100, () => Flows.Chain(100)),
        new("run.actions-100-concat", "ns", 100, () => Flows.ConcatChain(100)),
        new("run.branches-100", "ms", 100, () => Flows.Fan(100)),
        new("run.foreach-1000", "ms", 1_000, () => Flows.Foreach(1_000, Flows.Sequential)),
        new("run.foreach-10000", "ms", 10_000, () => Flows.Foreach(10_000, Flows.Sequential)),
        new("run.foreach-100000", "ms", 100_000, () => Flows.Foreach(100_000, Flows.Sequential)),
        new("run.foreach-10000-concurrent-20", "ms", 10_000, () => Flows.Foreach(10_000, Flows.Concurrent)),
        new("run.foreach-nested-100x100", "ms", 10_000, () => Flows.NestedForeach(100, 100)),
        new("run.append-10000", "ms", 10_000, () => Flows.Append(10_000)),
        new("run.conditions-1000", "ms", 1_000, () => Flows.Conditions(1_000)),
        new("run.until-1000", "ms", 1_000, () => Flows.Until(1_000)),
        OfBody("data.body-10mb", 50_000),
    ];

    public string Name { get; }

    /// <summary>The unit in which the quick mode says its value: <c>ns</c> for one action, <c>ms</c> for the whole run.</summary>
    public string Unit { get; }

    /// <summary>How many units of work one run does: actions of a chain, repetitions of a loop, objects of a body.</summary>
    public int Items { get; }

    /// <summary>A loop of that many repetitions, for its growth in time and memory.</summary>
    public static RunScenario Loop(string name, int items, RunOptions? options = null) =>
        new(name, "ms", items, () => Flows.Foreach(items, Flows.Sequential), null, options);

    /// <summary>Appends that many times, for the growth of time.</summary>
    public static RunScenario Append(string name, int items) => new(name, "ms", items, () => Flows.Append(items));

    /// <summary>Actions one after the other, for the growth of time.</summary>
    public static RunScenario Chain(string name, int actions) => new(name, "ms", actions, () => Flows.Chain(actions));

    /// <summary>Any flow of that size, for the growth of time. Its requests are answered at once, but not before the call returns.</summary>
    public static RunScenario Of(string name, int items, Func<int, string> actions) =>
        new(name, "ms", items, () => actions(items), null, RunOptions.Default with { HttpHandler = new SoonAnswered() });

    /// <summary>ParseJson, Select and Query over a body of that many objects of about 200 characters each.</summary>
    public static RunScenario OfBody(string name, int objects) =>
        new(name, "ms", objects, () => Flows.Body(objects / 2), TriggerRequest.WithBody(FlowValue.String(Flows.BodyText(objects))));

    // Where nothing waits, the run is over when the call returns.
    public RunResult Run()
    {
        var fired = Engine.FireAsync(_workflow.Value, _request, _options).GetAwaiter().GetResult();
        return fired.Runs is [{ Status: ActionStatus.Succeeded } run] ? run : throw new InvalidOperationException($"{Name} did not succeed.");
    }

    private sealed class SoonAnswered : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"id":1,"tags":["a","b"]}""", Encoding.UTF8, "application/json") };
        }
    }
}
