namespace FlowEngine.Actions;

/// <summary>Status of an action, a repetition or a run; the words of the run record.</summary>
public enum ActionStatus : byte
{
    /// <summary>Not begun; it waits for what it runs after.</summary>
    Waiting,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>Ended well.</summary>
    Succeeded,

    /// <summary>Ended badly.</summary>
    Failed,

    /// <summary>Not run: its condition did not hold, or another branch was chosen.</summary>
    Skipped,

    /// <summary>Its time limit was over.</summary>
    TimedOut,

    /// <summary>Ended from outside.</summary>
    Cancelled,
}
