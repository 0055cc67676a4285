namespace FlowEngine;

/// <summary>A run's source of identifiers and random numbers; the same seed gives the same sequence.</summary>
internal sealed class Chance
{
    private readonly Random _random;
    private readonly Lock? _gate;

    public Chance(int? seed)
    {
        // Without a seed the process's own generator serves all runs, from any thread: a new one asks the system for entropy, 1 to 3 µs of a run.
#pragma warning disable RS0030 // This is the run's random source.
        _random = seed is { } value ? new Random(value) : Random.Shared;
#pragma warning restore RS0030
        _gate = seed is null ? null : new Lock();
    }

    public bool IsSeeded => _gate is not null;

    /// <summary>In [0, 1).</summary>
    public double NextDouble()
    {
        if (_gate is null) return _random.NextDouble();
        lock (_gate) return _random.NextDouble();
    }

    /// <summary>In [0, <paramref name="exclusiveMaximum"/>).</summary>
    public long NextInteger(long exclusiveMaximum)
    {
        if (_gate is null) return _random.NextInt64(exclusiveMaximum);
        lock (_gate) return _random.NextInt64(exclusiveMaximum);
    }

    /// <summary>A version 4 identifier.</summary>
    public Guid NewGuid()
    {
        if (_gate is null) return Guid.NewGuid();
        Span<byte> bytes = stackalloc byte[16];
        lock (_gate) _random.NextBytes(bytes);
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }
}
