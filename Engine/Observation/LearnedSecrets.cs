namespace FlowEngine;

/// <summary>Values that an action of a run declared to be secret: credentials, tokens, what a secret store gave. Any thread may ask.</summary>
internal sealed class LearnedSecrets
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal);

    /// <summary>How many there are; grows, never shrinks.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _secrets.Count;
        }
    }

    public void Add(FlowValue secret)
    {
        lock (_gate) SecretMask.Collect(secret, _secrets);
    }

    public void CopyTo(HashSet<string> secrets)
    {
        lock (_gate) secrets.UnionWith(_secrets);
    }
}
