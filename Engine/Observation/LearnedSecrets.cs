namespace FlowEngine;

/// <summary>Values that are secret whatever they are part of: those given, credentials, tokens, what a secret store gave, what child runs hide. Any thread may ask.</summary>
internal sealed class LearnedSecrets
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal);

    public LearnedSecrets(IReadOnlyList<FlowValue> given)
    {
        foreach (var secret in given) Add(secret);
    }

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

    /// <summary>Adds texts as <see cref="SecretMask.Collect"/> gives them.</summary>
    public void Add(HashSet<string> secrets)
    {
        lock (_gate) _secrets.UnionWith(secrets);
    }

    public void CopyTo(HashSet<string> secrets)
    {
        lock (_gate) secrets.UnionWith(_secrets);
    }
}
