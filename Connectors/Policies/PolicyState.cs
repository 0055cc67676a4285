using System.Collections.Concurrent;

namespace FlowEngine.Connectors;

/// <summary>What policies remember from call to call: how often a connection called, and answers that are kept. Any thread may ask.</summary>
internal sealed class PolicyState
{
    private readonly ConcurrentDictionary<string, PolicyPlace> _places = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What belongs to one connection of a connector.</summary>
    public PolicyPlace Of(string connector, string? connection) => _places.GetOrAdd($"{connector}\n{connection}", _ => new PolicyPlace());
}

/// <summary>What the policies of one connection remember.</summary>
internal sealed class PolicyPlace
{
    private const int MaxCached = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> _calls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTimeOffset Start, long Count)> _periods = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (object? Value, DateTimeOffset Until)> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (ConnectorReply Reply, DateTimeOffset Until)> _cache = new(StringComparer.Ordinal);

    /// <summary>Takes a call into a window that slides: never more than so many within any period.</summary>
    /// <returns>Zero where it may go; else how long until the next may.</returns>
    public TimeSpan Enter(string counter, int calls, TimeSpan period, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (!_calls.TryGetValue(counter, out var times)) _calls[counter] = times = new Queue<DateTimeOffset>();
            while (times.TryPeek(out var first) && first + period <= now) times.Dequeue();
            if (times.Count >= calls) return times.TryPeek(out var oldest) ? oldest + period - now : period;
            times.Enqueue(now);
            return TimeSpan.Zero;
        }
    }

    /// <summary>Takes a call into a period that starts with its first call.</summary>
    /// <returns>Zero where it may go; else how long until the period ends.</returns>
    public TimeSpan Spend(string counter, long calls, TimeSpan period, DateTimeOffset now)
    {
        lock (_gate)
        {
            var (start, count) = _periods.GetValueOrDefault(counter, (now, 0));
            if (start + period <= now) (start, count) = (now, 0);
            if (count >= calls) return start + period - now;
            _periods[counter] = (start, count + 1);
            return TimeSpan.Zero;
        }
    }

    public ConnectorReply? Cached(string key, DateTimeOffset now)
    {
        lock (_gate) return _cache.TryGetValue(key, out var entry) && entry.Until > now ? entry.Reply.Copy() : null;
    }

    public void Keep(string key, ConnectorReply reply, TimeSpan duration, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_cache.Count >= MaxCached)
            {
                foreach (var old in _cache.Where(entry => entry.Value.Until <= now).Select(entry => entry.Key).ToList()) _cache.Remove(old);
                if (_cache.Count >= MaxCached) _cache.Clear();
            }

            _cache[key] = (reply.Copy(), now + duration);
        }
    }

    /// <summary>A value that is kept; null is one.</summary>
    public bool Value(string key, DateTimeOffset now, out object? value)
    {
        lock (_gate)
        {
            var found = _values.TryGetValue(key, out var entry) && entry.Until > now;
            value = found ? entry.Value : null;
            return found;
        }
    }

    /// <summary>Keeps a value; for no time at all, it is forgotten.</summary>
    public void KeepValue(string key, object? value, TimeSpan duration, DateTimeOffset now)
    {
        lock (_gate)
        {
            _values.Remove(key);
            if (duration <= TimeSpan.Zero) return;
            if (_values.Count >= MaxCached) _values.Clear();
            _values[key] = (value, now + duration);
        }
    }
}
