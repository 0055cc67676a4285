namespace FlowEngine;

/// <summary>What few executions have; kept apart so that the many stay small.</summary>
internal sealed class ActionExtras
{
    /// <summary>Inputs as evaluated, where the record shows others.</summary>
    public FlowValue? Inputs { get; set; }

    public List<FlowValue>? RetryHistory { get; set; }

    /// <summary>Where lenient rules acted.</summary>
    public List<string>? Notes { get; set; }

    /// <summary>Tracked properties, once evaluated.</summary>
    public FlowValue TrackedProperties { get; set; }

    /// <summary>Made when somebody asks for the record.</summary>
    public string? TrackingId { get; set; }

    /// <summary>What calls the action back; null unless it waits to be.</summary>
    public PendingCallback? Callback { get; set; }

    /// <summary>Its time limit, where it may be stopped for a while.</summary>
    public ActionLimit? Limit { get; set; }

    /// <summary>Repetitions of a loop.</summary>
    public RepetitionHistory? Repetitions { get; set; }

    /// <summary>Records of a loop's children where no repetition ran.</summary>
    public Frame? Unrun { get; set; }
}
