namespace FlowEngine;

/// <summary>A run's source of identifiers and random numbers; the same seed gives the same sequence.</summary>
internal sealed class Chance(int? seed)
{
    private readonly Random _random = seed is { } value ? new Random(value) : new Random();
    private readonly Lock _gate = new();

    public bool IsSeeded => seed is not null;

    /// <summary>In [0, 1).</summary>
    public double NextDouble()
    {
        lock (_gate) return _random.NextDouble();
    }

    /// <summary>In [0, <paramref name="exclusiveMaximum"/>).</summary>
    public long NextInteger(long exclusiveMaximum)
    {
        lock (_gate) return _random.NextInt64(exclusiveMaximum);
    }

    /// <summary>A version 4 identifier.</summary>
    public Guid NewGuid()
    {
        if (!IsSeeded) return Guid.NewGuid();
        Span<byte> bytes = stackalloc byte[16];
        lock (_gate) _random.NextBytes(bytes);
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }
}
