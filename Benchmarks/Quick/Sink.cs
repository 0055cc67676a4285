namespace FlowEngine.Benchmarks.Quick;

/// <summary>Keeps results, because a value that nobody uses could be optimised away.</summary>
internal static class Sink
{
    private static ulong _bits;
    private static object? _kept;

    public static ulong Bits => _bits;

    public static void Keep(FlowValue value) => _bits += (ulong)value.Kind;

    public static void Keep(ulong bits) => _bits = bits;

    public static void Keep(object result) => _kept = result;

    public static void Clear() => _kept = null;

    /// <summary>Whether anything is kept; read so that the field counts as used.</summary>
    public static bool IsEmpty => _kept is null;
}
