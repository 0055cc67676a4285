using System.Diagnostics;
using System.Runtime;

namespace FlowEngine.Benchmarks.Quick;

/// <summary>Times a piece of work that ends before its call returns.</summary>
internal static class Timing
{
    private const int Samples = 31;
    private const int FewestSamples = 5;
    private const int WarmCalls = 60;
    private static readonly TimeSpan SampleTime = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LongestTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(5);

    /// <param name="work">What is timed.</param>
    /// <param name="unit"><c>ns</c> gives the time of one unit of work, <c>ms</c> that of one call.</param>
    /// <param name="items">Units of work in a call.</param>
    public static Measurement Measure(Action work, string unit, int items)
    {
        var nanoseconds = Median(work, WarmUp, Samples);
        var value = unit == "ns" ? nanoseconds / items : nanoseconds / 1e6;
        return new Measurement(value, Bytes(work) / items, nanoseconds / items);
    }

    /// <summary>The median time of a call over batches, after a warm-up in which the runtime compiles the code for good.</summary>
    public static double Median(Action work, TimeSpan warmUp, int samples)
    {
        var calls = CallsIn(work, SampleTime, warmUp);
        var spent = Stopwatch.StartNew();
        var times = new List<double>(samples);
        while (times.Count < samples && (times.Count < FewestSamples || spent.Elapsed < LongestTime)) times.Add(Time(work, calls).TotalNanoseconds / calls);
        times.Sort();
        return times[times.Count / 2];
    }

    /// <summary>The best time of a call over a number of batches: what the work costs where nothing disturbs it.</summary>
    public static double Best(Action work, int samples)
    {
        var calls = CallsIn(work, SampleTime, WarmUp);
        return Enumerable.Range(0, samples).Min(_ => Time(work, calls).TotalNanoseconds / calls);
    }

    /// <summary>What one call allocates, on all threads; rounded, because the runtime's own bookkeeping may add a few bytes in all.</summary>
    public static long Bytes(Action work)
    {
        const int calls = 8;
        var before = GC.GetTotalAllocatedBytes(precise: true);
        Time(work, calls);
        return (GC.GetTotalAllocatedBytes(precise: true) - before + (calls / 2)) / calls;
    }

    private static int CallsIn(Action work, TimeSpan time, TimeSpan warmUp)
    {
        // The runtime compiles a method for good after 30 calls, in the background: slow work needs more time for as many. Work of many methods is through when no more are
        // compiled; a run of one action took 7 µs after 400 ms alone, and 1 µs once it was.
        var warm = Stopwatch.StartNew();
        var compiled = JitInfo.GetCompiledMethodCount();
        var since = TimeSpan.Zero;
        for (var call = 0; warm.Elapsed < LongestWarmUp; call++)
        {
            if (warm.Elapsed >= warmUp && (call >= WarmCalls || warm.Elapsed >= LongestTime) && warm.Elapsed - since >= Settled) break;
            Time(work, 1);
            if (JitInfo.GetCompiledMethodCount() is var now && now == compiled) continue;
            (compiled, since) = (now, warm.Elapsed);
        }

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
