namespace FlowEngine;

/// <summary>What came of firing a trigger: runs not yet started, or the reason why there is none.</summary>
internal sealed record TriggerDecision
{
    public IReadOnlyList<Run> Runs { get; init; } = [];

    /// <summary>What fired; null for a workflow without a trigger.</summary>
    public PlannedTrigger? Trigger { get; init; }

    /// <summary>How many runs of the trigger there may be; null where it sets no limit.</summary>
    public TriggerLimit? Limit { get; init; }

    public NotStarted? NotStarted { get; init; }

    public bool IsSplit { get; init; }
}
