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
        // A thousand repetitions stay in the core's own cache and never meet the collector: of both kinds are the larger.
        yield return Runs("repetitions", RunScenario.Loop("guard.foreach-10000", 10_000), RunScenario.Loop("guard.foreach-100000", 100_000));
        yield return Runs("appending", RunScenario.Append("guard.append-1000", 1_000), RunScenario.Append("guard.append-10000", 10_000));
        yield return Runs("appending to a text", RunScenario.Of("guard.text-1000", 1_000, Flows.AppendText), RunScenario.Of("guard.text-10000", 10_000, Flows.AppendText));
        yield return Runs("sets of numbers", RunScenario.Of("guard.sets-5000", 5_000, Flows.Sets), RunScenario.Of("guard.sets-50000", 50_000, Flows.Sets));
        yield return Runs("rows", RunScenario.Of("guard.rows-2000", 2_000, Flows.Rows), RunScenario.Of("guard.rows-20000", 20_000, Flows.Rows));
        yield return Runs("actions after an answer", RunScenario.Of("guard.behind-300", 300, Flows.Behind), RunScenario.Of("guard.behind-3000", 3_000, Flows.Behind));
        yield return Runs("requests", RunScenario.Of("guard.requests-500", 500, Flows.Requests), RunScenario.Of("guard.requests-5000", 5_000, Flows.Requests));
        yield return Runs("a body", RunScenario.OfBody("guard.body-1000", 1_000), RunScenario.OfBody("guard.body-10000", 10_000));
        var (small, large) = (new LoadScenario(100), new LoadScenario(1_000));
        var (few, many) = (RunScenario.Loop("guard.record-1000", 1_000).Run(), RunScenario.Loop("guard.record-10000", 10_000).Run());
        yield return ("writing a record", () => Sink.Keep(few.ToRecordText()), () => Sink.Keep(many.ToRecordText()));
        yield return ("loading", () => Sink.Keep(small.Load()), () => Sink.Keep(large.Load()));
    }

    private static (string, Action, Action) Runs(string name, RunScenario small, RunScenario large) => (name, () => Sink.Keep(small.Run()), () => Sink.Keep(large.Run()));
}
