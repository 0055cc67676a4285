using System.Diagnostics;

namespace FlowEngine.Benchmarks.Quick;

/// <summary>What a result keeps alive: live bytes after a full collection, with it and without it.</summary>
internal static class LiveMemory
{
    private const int Samples = 3;
    private const double Megabyte = 1e6;

    public static Measurement Measure(Func<object> work, int items)
    {
        for (var warm = 0; warm < 3; warm++) Sink.Keep(work());
        var added = new double[Samples];
        var times = new double[Samples];
        for (var i = 0; i < Samples; i++)
        {
            Sink.Clear();
            var before = Live();
            var start = Stopwatch.GetTimestamp();
            Sink.Keep(work());
            times[i] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / items;
            added[i] = (Live() - before) / Megabyte;
        }

        var bytes = Timing.Bytes(() => Sink.Keep(work())) / items;
        Sink.Clear();
        Array.Sort(added);
        Array.Sort(times);
        return new Measurement(added[Samples / 2], bytes, times[Samples / 2]);
    }

    private static long Live()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
