namespace FlowEngine.Actions;

/// <summary>The tokens of an engine, one for each set of credentials. Calls that need the same one at the same time make one request.</summary>
internal sealed class TokenCache
{
    private const int Capacity = 512;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>The cached token, or a new one.</summary>
    /// <param name="key">Names the credentials.</param>
    /// <param name="scope">Who asks; it waits parked while another one's request is under way.</param>
    /// <param name="fetch">Asks the endpoint; is given the token that has come to its end, or null.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<(AccessToken Token, bool WasCached)> GetAsync(string key, RunScope scope, Func<AccessToken?, Task<AccessToken>> fetch, CancellationToken cancellation)
    {
        var entry = EntryOf(key, scope.Time.GetUtcNow());
        if (entry.Token is { } cached && cached.IsUsableAt(scope.Time.GetUtcNow())) return (cached, true);
        await entry.Turn.EnterAsync(scope, cancellation);
        try
        {
            if (entry.Token is { } meanwhile && meanwhile.IsUsableAt(scope.Time.GetUtcNow())) return (meanwhile, true);
            var token = await fetch(entry.Last);
            entry.Token = token;
            entry.Last = token;
            return (token, false);
        }
        finally
        {
            entry.Turn.Leave();
        }
    }

    /// <summary>A server refused the token; whoever got another one meanwhile keeps it.</summary>
    public void Drop(string key, AccessToken refused)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var entry) && ReferenceEquals(entry.Token, refused)) entry.Token = null;
        }
    }

    private Entry EntryOf(string key, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var entry)) return entry;
            if (_entries.Count >= Capacity) MakeRoom(now);
            return _entries[key] = new Entry();
        }
    }

    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var (key, entry) in _entries.ToArray())
        {
            if (entry.Token is null || !entry.Token.IsUsableAt(now)) _entries.Remove(key);
        }

        if (_entries.Count >= Capacity) _entries.Clear();
    }

    private sealed class Entry
    {
        private AccessToken? _token;

        public PlaceQueue Turn { get; } = new(1);

        public AccessToken? Token
        {
            get => Volatile.Read(ref _token);
            set => Volatile.Write(ref _token, value);
        }

        /// <summary>Also after its end: it may carry a refresh token.</summary>
        public AccessToken? Last { get; set; }
    }
}
