using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>A hold on a run that goes on by itself. Any thread may use it.</summary>
public sealed class WorkflowRun
{
    private readonly Run _run;

    internal WorkflowRun(Run run, Task<RunResult> completion)
    {
        _run = run;
        Completion = completion;
        Answered = run.Plan.HasResponse ? AnsweredAsync(run) : Task.FromResult(run.CallersAnswer);
    }

    /// <summary>The run's id.</summary>
    public string Id => _run.Id;

    /// <summary>Ends with the run and the child runs that it called.</summary>
    public Task<RunResult> Completion { get; }

    /// <summary>
    /// Ends with what an HTTP caller gets: the first Response, while the run may go on; 202 at once where the workflow has no Response; where it has one and
    /// ended without, 502 or, past the time that a caller waits, 504.
    /// </summary>
    public Task<WorkflowResponse> Answered { get; }

    private static async Task<WorkflowResponse> AnsweredAsync(Run run)
    {
        await run.Answered.ConfigureAwait(false);
        return run.CallersAnswer;
    }

    /// <summary>Ends the run as Cancelled; nothing happens where it has ended.</summary>
    public void Cancel() => _run.Cancel();

    /// <summary>Calls an action back that waits for it (HttpWebhook). The run may go on on the caller's thread.</summary>
    /// <param name="action">Its name, ignoring case.</param>
    /// <param name="message">What the callback brings.</param>
    /// <param name="repetition">Loop indexes, outermost first, or only the innermost; none for the first that waits.</param>
    /// <returns>Whether the action took it: the first callback counts, and only while the action waits.</returns>
    public bool Callback(string action, CallbackMessage message, params IReadOnlyList<int> repetition)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(repetition);
        return _run.Settings.Callbacks.TryDeliver(_run, action, repetition, message);
    }
}
