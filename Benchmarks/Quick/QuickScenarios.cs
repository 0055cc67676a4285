using FlowEngine.Benchmarks.Scenarios;

namespace FlowEngine.Benchmarks.Quick;

/// <summary>What the quick mode measures, in the order in which it reports. Names are fixed: tools read them.</summary>
internal static class QuickScenarios
{
    public static IEnumerable<QuickScenario> All()
    {
        foreach (var expression in ExpressionScenario.All) yield return Timed(expression.Name, "ns", 1, () => Sink.Keep(expression.Evaluate()));
        var compilation = new ExpressionCompilation();
        yield return Timed(ExpressionCompilation.Name, "ns", 1, () => Sink.Keep(compilation.Compile()));
        foreach (var run in RunScenario.All.Where(run => !run.Name.StartsWith("data.", StringComparison.Ordinal))) yield return OfRun(run);
        var load = LoadScenario.Thousand;
        yield return Timed(load.Name, "ms", load.Items, () => Sink.Keep(load.Load()));
        foreach (var run in RunScenario.All.Where(run => run.Name.StartsWith("data.", StringComparison.Ordinal))) yield return OfRun(run);
        yield return Memory(RunScenario.Loop("memory.foreach-10000-history", 10_000));
        yield return Memory(RunScenario.Loop("memory.foreach-100000-history", 100_000));
        yield return Memory(RunScenario.Loop("memory.foreach-100000-no-history", 100_000, new RunOptions { History = RunHistory.Streamed }));
        yield return new QuickScenario("cli.cold-start", "ms", ColdStart.Measure);
        var mocked = new MockedCase();
        yield return Timed(MockedCase.Name, "ms", 1, () => Sink.Keep(mocked.Run()));
    }

    private static QuickScenario OfRun(RunScenario run) => Timed(run.Name, run.Unit, run.Items, () => Sink.Keep(run.Run()));

    private static QuickScenario Timed(string name, string unit, int items, Action work) => new(name, unit, () => Timing.Measure(work, unit, items));

    private static QuickScenario Memory(RunScenario run) => new(run.Name, "MB", () => LiveMemory.Measure(run.Run, run.Items));
}

/// <summary>One line of the report.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit"><c>ns</c> (one unit of work), <c>ms</c> (a whole call) or <c>MB</c>.</param>
/// <param name="Measure">Takes the figures.</param>
internal sealed record QuickScenario(string Name, string Unit, Func<Measurement> Measure);

/// <summary>Figures of one scenario.</summary>
/// <param name="Value">In the scenario's unit.</param>
/// <param name="BytesPerItem">What one unit of work allocates; 0 where another process does the work.</param>
/// <param name="NanosecondsPerItem">The time of one unit of work.</param>
internal readonly record struct Measurement(double Value, long BytesPerItem, double NanosecondsPerItem);
