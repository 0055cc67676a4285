using FlowEngine.Benchmarks.Quick;
using FlowEngine.Benchmarks.Scenarios;

namespace FlowEngine.Benchmarks.Guard;

/// <summary>
/// <c>guard</c>: ten times the work must not take much more than ten times as long. A step of the checks of its own, because a time is no matter for
/// a test: where the machine is busy a pair is measured again, and only what is too slow every time fails.
/// </summary>
internal static class GuardMode
{
    private const double MostGrowth = 15;
    private const int Attempts = 4;
    private const int Samples = 7;

    /// <returns>0 where everything is in proportion, else 1.</returns>
    public static int Run(TextWriter output)
    {
        var failed = 0;
        foreach (var (name, small, large) in Pairs())
        {
            var growth = double.MaxValue;
            for (var attempt = 0; attempt < Attempts && growth > MostGrowth; attempt++) growth = Math.Min(growth, Timing.Best(large, Samples) / Timing.Best(small, Samples));
            var isFine = growth <= MostGrowth;
            if (!isFine) failed++;
            output.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(isFine ? "ok  " : "FAIL")} {name}: ten times the work took {growth:F1} times as long (at most {MostGrowth:F0})"));
        }

        return failed == 0 ? 0 : 1;
    }

    private static IEnumerable<(string Name, Action Small, Action Large)> Pairs()
    {
        yield return Runs("actions", RunScenario.Chain("guard.actions-100", 100), RunScenario.Chain("guard.actions-1000", 1_000));
        yield return Runs("repetitions", RunScenario.Loop("guard.foreach-1000", 1_000), RunScenario.Loop("guard.foreach-10000", 10_000));
        yield return Runs("appending", RunScenario.Append("guard.append-1000", 1_000), RunScenario.Append("guard.append-10000", 10_000));
        yield return Runs("a body", RunScenario.OfBody("guard.body-1000", 1_000), RunScenario.OfBody("guard.body-10000", 10_000));
        var (small, large) = (new LoadScenario(100), new LoadScenario(1_000));
        yield return ("loading", () => Sink.Keep(small.Load()), () => Sink.Keep(large.Load()));
    }

    private static (string, Action, Action) Runs(string name, RunScenario small, RunScenario large) => (name, () => Sink.Keep(small.Run()), () => Sink.Keep(large.Run()));
}
