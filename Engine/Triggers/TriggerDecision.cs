namespace FlowEngine;

/// <summary>What a trigger makes of a request: firings, one a run, or the reason why there is none.</summary>
internal sealed record TriggerDecision
{
    public IReadOnlyList<TriggerFiring> Firings { get; init; } = [];

    public NotStarted? NotStarted { get; init; }

    public bool IsSplit { get; init; }

    /// <summary>Whether a caller may wait for a Response; not with <c>splitOn</c>.</summary>
    public bool CallerWaits { get; init; }

    /// <summary>The tracking id of the caller, or null.</summary>
    public string? ClientTrackingId { get; init; }
}
