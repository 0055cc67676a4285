namespace FlowEngine;

/// <summary>When a trigger of type Recurrence or SlidingWindow is due. Immutable, and independent of the engine that made it.</summary>
public sealed class TriggerSchedule
{
    private readonly Func<DateTimeOffset, DateTimeOffset?> _next;

    internal TriggerSchedule(string trigger, Func<DateTimeOffset, DateTimeOffset?> next)
    {
        Trigger = trigger;
        _next = next;
    }

    /// <summary>The trigger's name.</summary>
    public string Trigger { get; }

    /// <summary>Whether nothing that it has may be left out: windows. What a Recurrence missed is not made up for.</summary>
    public bool IsGapless { get; internal init; }

    /// <summary>The first moment after another at which it is due, in UTC; null where there is none.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset moment) => _next(moment);
}
