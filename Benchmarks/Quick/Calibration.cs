using System.Runtime.CompilerServices;

namespace FlowEngine.Benchmarks.Quick;

/// <summary>What this machine is worth right now: a loop that no compiler or core can shorten.</summary>
internal static class Calibration
{
    private static readonly TimeSpan ShortWarmUp = TimeSpan.FromMilliseconds(20);

    /// <summary>The median time of the loop.</summary>
    public static double Nanoseconds() => Timing.Median(Loop, ShortWarmUp, samples: 9);

    // 1,000 steps of a multiplication and a shift that each need the last one's result. Compiled for good at once: the first figure must not be
    // that of unoptimised code.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop()
    {
        ulong x = 1, s = Sink.Bits;
        for (var i = 0; i < 1_000; i++)
        {
            x = x * 6364136223846793005 + 1442695040888963407;
            s ^= x >> 33;
        }

        Sink.Keep(s);
    }
}
