namespace FlowEngine;

/// <summary>Something that happened in a run: a line of <c>flow run --ndjson</c>. Secrets are masked.</summary>
public sealed class RunEvent
{
    internal RunEvent(FlowValue value) => Value = value;

    /// <summary>The event as docs/cli.md describes it: <c>{v, t, at, type, run, …}</c>.</summary>
    public FlowValue Value { get; }

    /// <summary>What happened: <c>run.started</c>, <c>action.completed</c> and so on.</summary>
    public string Type => Value["type"].AsStringOrNull ?? string.Empty;

    /// <summary>The run's id; null where no run started.</summary>
    public string? RunId => Value["run"].AsStringOrNull;

    /// <summary>The action's path with indexes; null where it is about none.</summary>
    public string? Path => Value["path"].AsStringOrNull;

    /// <summary>The status of the action, the repetition or the run; null where there is none.</summary>
    public string? Status => Value["status"].AsStringOrNull;

    /// <summary>The run that has ended, of <c>run.completed</c>; null before.</summary>
    public RunResult? Result { get; internal init; }

    /// <summary>The event as a line of JSON.</summary>
    public override string ToString() => Value.ToJson();
}
