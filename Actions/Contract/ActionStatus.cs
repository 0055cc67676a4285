namespace FlowEngine.Actions;

/// <summary>Status of an action, a repetition or a run; the words of the run record.</summary>
public enum ActionStatus : byte
{
    Waiting,
    Running,
    Succeeded,
    Failed,
    Skipped,
    TimedOut,
    Cancelled,
}
