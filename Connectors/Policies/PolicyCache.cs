namespace FlowEngine.Connectors;

/// <summary>Values that are kept for a time, in memory. When they get too large, those that have ended go, and if that is not enough, all.</summary>
/// <param name="maxBytes">How large all together may be.</param>
internal sealed class PolicyCache<T>(long maxBytes)
{
    private const int EntryBytes = 128; // Measured roughly.

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (T Value, long Bytes, DateTimeOffset Until)> _entries = new(StringComparer.Ordinal);
    private long _bytes;

    public bool TryGet(string key, DateTimeOffset now, out T? value)
    {
        lock (_gate)
        {
            var found = _entries.TryGetValue(key, out var entry) && entry.Until > now;
            value = found ? entry.Value : default;
            return found;
        }
    }

    /// <summary>Keeps a value; for no time at all, it is forgotten.</summary>
    public void Keep(string key, T value, long bytes, TimeSpan duration, DateTimeOffset now)
    {
        bytes += EntryBytes + (2L * key.Length);
        lock (_gate)
        {
            Remove(key);
            if (duration <= TimeSpan.Zero || bytes > maxBytes) return;
            if (_bytes + bytes > maxBytes) Shrink(now, bytes);
            _entries[key] = (value, bytes, now + duration);
            _bytes += bytes;
        }
    }

    public void Forget(string key)
    {
        lock (_gate) Remove(key);
    }

    private void Shrink(DateTimeOffset now, long wanted)
    {
        foreach (var (key, entry) in _entries)
        {
            if (entry.Until <= now) Remove(key);
        }

        if (_bytes + wanted <= maxBytes) return;
        _entries.Clear();
        _bytes = 0;
    }

    private void Remove(string key)
    {
        if (_entries.Remove(key, out var entry)) _bytes -= entry.Bytes;
    }
}
