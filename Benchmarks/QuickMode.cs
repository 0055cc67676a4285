using System.Diagnostics;

namespace FlowEngine.Benchmarks;

/// <summary>
/// <c>quick [FILTER]</c>: the scenarios whose names contain the filter, in seconds, as one JSON object. Times depend on the machine; the ratio
/// to a calibration loop that runs beside them, and the bytes, do not.
/// </summary>
internal static class QuickMode
{
    private const int Samples = 31;
    private static readonly TimeSpan SampleTime = TimeSpan.FromMilliseconds(10);

    private static ulong _sink;
    private static object? _kept;

    public static void Run(string? filter, TextWriter output)
    {
        var compilation = new ExpressionCompilation();
        var scenarios = ExpressionScenario.All
            .Select(scenario => (scenario.Name, Work: (Action)(() => Keep(scenario.Evaluate())), Items: 1))
            .Append((ExpressionCompilation.Name, Work: () => _kept = compilation.Compile(), Items: 1))
            .Concat(RunScenario.All.Select(scenario => (scenario.Name, Work: (Action)(() => _kept = scenario.Run()), scenario.Items)))
            .Where(scenario => filter is null || scenario.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))
            .ToArray();

        var calibration = Measure(Calibrate).Nanoseconds;
        var results = scenarios.Select(scenario =>
        {
            var (nanoseconds, bytes) = Measure(scenario.Work);
            return FlowValue.Object(
                ("name", FlowValue.String(scenario.Name)),
                ("value", Math.Round(nanoseconds / scenario.Items, 2)),
                ("unit", FlowValue.String("ns")),
                ("bytes", bytes / scenario.Items),
                ("ratio", Math.Round(nanoseconds / scenario.Items / calibration, 5)));
        });
        output.WriteLine(FlowValue.Object(("calibrationNs", Math.Round(calibration, 2)), ("scenarios", FlowArray.Create(results))).ToJson());
    }

    // 1,000 steps of a multiplication and a shift that each need the last one's result: no compiler or core can shorten it.
    private static void Calibrate()
    {
        ulong x = 1, s = _sink;
        for (var i = 0; i < 1_000; i++)
        {
            x = x * 6364136223846793005 + 1442695040888963407;
            s ^= x >> 33;
        }

        _sink = s;
    }

    // A value that nobody uses could be optimised away; its kind is enough to keep it.
    private static void Keep(FlowValue value) => _sink += (ulong)value.Kind;

    /// <summary>The median time of one call, and the bytes that one call allocates.</summary>
    private static (double Nanoseconds, long Bytes) Measure(Action work)
    {
        var calls = CallsIn(work, SampleTime);
        var samples = new double[Samples];
        for (var sample = 0; sample < samples.Length; sample++) samples[sample] = Time(work, calls).TotalNanoseconds / calls;
        Array.Sort(samples);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Time(work, calls);
        // Rounded: the stopwatch and the runtime's own bookkeeping may add a few bytes in all.
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before + (calls / 2)) / calls;
        return (samples[samples.Length / 2], bytes);
    }

    // Also warms up: the calls on the way let the runtime compile the code for good.
    private static int CallsIn(Action work, TimeSpan time)
    {
        var warm = Stopwatch.StartNew();
        while (warm.Elapsed < 30 * time) Time(work, 1);
        var calls = 1;
        while (Time(work, calls) < time && calls < 1 << 26) calls *= 2;
        return calls;
    }

    private static TimeSpan Time(Action work, int calls)
    {
        var start = Stopwatch.GetTimestamp();
        for (var call = 0; call < calls; call++) work();
        return Stopwatch.GetElapsedTime(start);
    }
}
