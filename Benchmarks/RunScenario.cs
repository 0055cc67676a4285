using System.Globalization;
using System.Text;
using FlowEngine.Actions;

namespace FlowEngine.Benchmarks;

/// <summary>One workflow to run in memory.</summary>
internal sealed class RunScenario
{
    private const int LoopItems = 10_000;

    private static readonly WorkflowEngine Engine = WorkflowEngine.Create();

    private readonly Workflow _workflow;

    private RunScenario(string name, string actions, int items = 1)
    {
        Name = name;
        Items = items;
        _workflow = Workflow.Parse($$"""{ "triggers": { "manual": { "type": "Request", "inputs": {} } }, "actions": {{actions}} }""");
    }

    public static IReadOnlyList<RunScenario> All { get; } =
    [
        new("run.actions-1", Chain(1)),
        new("run.actions-100", Chain(100)),
        new("run.foreach-10000", Loop("\"operationOptions\": \"Sequential\""), LoopItems),
        new("run.foreach-10000-concurrent", Loop("\"runtimeConfiguration\": { \"concurrency\": { \"repetitions\": 20 } }"), LoopItems),
    ];

    public string Name { get; }

    /// <summary>How many items of a loop one run works off; figures are given for one of them.</summary>
    public int Items { get; }

    // Nothing in these workflows waits, so the run is over when the call returns.
    public RunResult Run()
    {
        var run = Engine.RunAsync(_workflow).GetAwaiter().GetResult();
        return run.Status == ActionStatus.Succeeded ? run : throw new InvalidOperationException($"{Name} ended as {run.Status}.");
    }

    private static string Chain(int length)
    {
        var actions = new StringBuilder("""{ "A0": { "type": "Compose", "inputs": 0, "runAfter": {} }""");
        for (var i = 1; i < length; i++)
            actions.Append(CultureInfo.InvariantCulture, $$""", "A{{i}}": { "type": "Compose", "inputs": "@add(outputs('A{{i - 1}}'), 1)", "runAfter": { "A{{i - 1}}": ["Succeeded"] } }""");
        return actions.Append(" }").ToString();
    }

    private static string Loop(string setting) =>
        $$"""
        { "Loop": { "type": "Foreach", "foreach": "@range(0, {{LoopItems}})", {{setting}}, "runAfter": {},
            "actions": { "Twice": { "type": "Compose", "inputs": "@mul(item(), 2)", "runAfter": {} } } } }
        """;
}
