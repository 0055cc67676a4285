namespace FlowEngine;

/// <summary>What a host says of an action of its own besides what it does.</summary>
public sealed record HostActionOptions
{
    /// <summary>Nothing but defaults: inputs of any shape, changes the world outside, runs on a thread of its own.</summary>
    public static HostActionOptions Default { get; } = new();

    /// <summary>What it does, one sentence; shown by <see cref="WorkflowEngine.DescribeExtensions"/>.</summary>
    public string Summary { get; init; } = string.Empty;

    /// <summary>The JSON schema (draft-04) of its inputs; null takes anything. Its <c>properties</c> and <c>required</c> are checked when a flow is read, the whole when the action runs.</summary>
    public FlowValue Schema { get; init; }

    /// <summary>Whether it changes nothing outside of the run.</summary>
    public bool IsPure { get; init; }

    /// <summary>
    /// Runs it where the run itself runs: right for what only computes, a thousand times as quick to start. An action that blocks there holds up its run, and whoever started it. Otherwise it
    /// runs on a thread of the pool and is left alone once the run is cancelled or the action's time is up, whether it minds that or not.
    /// </summary>
    public bool RunsInline { get; init; }
}

/// <summary>Ends an action of a host as Failed, with a code that flows can test. Any other exception fails it with <c>InternalServerError</c>.</summary>
/// <param name="code">The code of the action's error.</param>
/// <param name="message">What went wrong, without a secret.</param>
public sealed class ActionFailedException(string code, string message) : Exception(message)
{
    /// <summary>The code of the action's error.</summary>
    public string Code { get; } = code;

    /// <summary>Outputs of the failed action; null for none.</summary>
    public FlowValue Outputs { get; init; }
}
