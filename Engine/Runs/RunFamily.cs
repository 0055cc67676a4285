namespace FlowEngine;

/// <summary>What a run shares with those that it calls, and these with theirs. Any thread.</summary>
internal sealed class RunFamily(IReadOnlyList<FlowValue> secrets)
{
    private string[] _refusals = [];

    /// <summary>Values that must not show: what a child sends is in its parent's cassette.</summary>
    public LearnedSecrets Secrets { get; } = new(secrets);

    /// <summary>The codes of policies that kept requests from being sent, each once.</summary>
    public IReadOnlyList<string> Refusals => Volatile.Read(ref _refusals);

    public void AddRefusal(string code)
    {
        while (true)
        {
            var known = Volatile.Read(ref _refusals);
            if (known.Contains(code, StringComparer.Ordinal) || Interlocked.CompareExchange(ref _refusals, [.. known, code], known) == known) return;
        }
    }
}
