using System.Collections.Concurrent;
using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>Every open address of an engine's runs, by its token.</summary>
/// <param name="address">What the addresses begin with; null where the host has none.</param>
internal sealed class CallbackDirectory(Uri? address)
{
    private const string TokenName = "sig";

    // A name that can't be resolved (RFC 2606): who has no server for callbacks must not name another one's. Most runs never ask, and the first address of a process takes 4 ms to read.
    private readonly Lazy<Uri> _address = new(() => address ?? new Uri("https://flowengine.invalid/"));

    private readonly ConcurrentDictionary<string, PendingCallback> _open = new(StringComparer.Ordinal);

    private long _opened;

    /// <summary>As the service's, with a host of our own: <c>…/runs/ID/actions/NAME/run?sig=TOKEN</c>.</summary>
    public Uri UriOf(ActionExecution execution, string token) =>
        new(_address.Value, $"runs/{execution.Run.Id}/actions/{Uri.EscapeDataString(execution.PathWithIndexes())}/run?{TokenName}={token}");

    public void Add(PendingCallback pending)
    {
        pending.Sequence = Interlocked.Increment(ref _opened);
        _open[pending.Token] = pending;
    }

    public void Remove(PendingCallback pending) => _open.TryRemove(pending.Token, out _);

    /// <summary>Whether somebody waits at that address and takes the message.</summary>
    public bool TryDeliver(Uri called, CallbackMessage message) => TokenOf(called) is { } token && _open.TryGetValue(token, out var pending) && pending.TryDeliver(message);

    /// <summary>Whether an action of the run takes the message; of several repetitions the one whose address was opened first.</summary>
    public bool TryDeliver(Run run, string action, IReadOnlyList<int> repetition, CallbackMessage message)
    {
        return _open.Values
            .Where(pending => ReferenceEquals(pending.Run, run) && pending.IsOf(action, repetition))
            .OrderBy(pending => pending.Sequence)
            .Any(pending => pending.TryDeliver(message));
    }

    private static string? TokenOf(Uri called)
    {
        foreach (var pair in called.Query.TrimStart('?').Split('&'))
        {
            if (pair.StartsWith(TokenName + "=", StringComparison.Ordinal)) return pair[(TokenName.Length + 1)..];
        }

        return null;
    }
}
