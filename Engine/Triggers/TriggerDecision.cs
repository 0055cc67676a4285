namespace FlowEngine;

/// <summary>What came of firing a trigger: runs not yet started, or the reason why there is none.</summary>
internal sealed record TriggerDecision
{
    public IReadOnlyList<Run> Runs { get; init; } = [];

    public NotStarted? NotStarted { get; init; }

    public bool IsSplit { get; init; }
}
