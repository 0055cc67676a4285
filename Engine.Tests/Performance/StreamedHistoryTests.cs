using System.Runtime.CompilerServices;
using FlowEngine.Actions;

namespace FlowEngine.Tests.Performance;

/// <summary>That a run with streamed history keeps nothing of the repetitions that have ended, however many there were, and that none is missed on the way out.</summary>
public sealed class StreamedHistoryTests
{
    [TestCase(1_000)]
    [TestCase(10_000)]
    public void Live_executions_do_not_grow_with_the_repetitions(int repetitions)
    {
        var seen = new Witness();
        var run = Run(repetitions, RunHistory.Streamed, seen);

        Assert.Multiple(() =>
        {
            Assert.That(seen.Total, Is.EqualTo((long)repetitions * (repetitions - 1)), "each item, twice itself, was told once");
            Assert.That(Alive(seen), Is.LessThanOrEqualTo(64));
            Assert.That(run.Action("Each").RepetitionCount, Is.EqualTo(repetitions));
        });
    }

    [Test]
    public void With_its_whole_history_a_run_keeps_them_all()
    {
        var seen = new Witness();
        var run = Run(1_000, RunHistory.Whole, seen);

        Assert.That(Alive(seen), Is.GreaterThanOrEqualTo(1_000));
        GC.KeepAlive(run);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static RunResult Run(int repetitions, RunHistory history, Witness seen)
    {
        var workflow = Workflow.Parse($$"""
            { "triggers": { "manual": { "type": "Request", "inputs": {} } },
              "actions": { "Each": { "type": "Foreach", "foreach": "@range(0, {{repetitions}})", "operationOptions": "Sequential",
                "actions": { "Twice": { "type": "Compose", "inputs": "@mul(item(), 2)" } } } } }
            """);
        return WorkflowEngine.Create().RunAsync(workflow, TriggerRequest.Empty, new RunOptions { History = history, Observer = seen }).GetAwaiter().GetResult();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Alive(Witness seen)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return seen.Executions.Count(execution => execution.IsAlive);
    }

    private sealed class Witness : IRunObserver
    {
        public List<WeakReference> Executions { get; } = [];

        public long Total { get; private set; }

        public void OnActionCompleted(ActionRecord action)
        {
            if (action.Name != "Twice") return;
            Total += action.Outputs.AsInteger;
            Executions.Add(new WeakReference(action.Execution));
        }
    }
}
