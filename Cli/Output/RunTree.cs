using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary>What a live tree shows: written by the run's loop, read by the screen. Several runs (<c>splitOn</c>) count together.</summary>
internal sealed class RunTree : IRunObserver
{
    private readonly Dictionary<string, TreeEntry> _byPath = new(StringComparer.Ordinal);

    public RunTree(Workflow workflow)
    {
        // A compiled workflow has a definition.
        var definition = workflow.Document.Definition!;
        Entries = [.. definition.Root.Actions.Select(action => new TreeEntry(action, isRepeated: false))];
        Index(definition.Root.Actions, Entries);
        Name = workflow.Name;
    }

    /// <summary>Guards everything here.</summary>
    public Lock Gate { get; } = new();

    public string Name { get; }

    public string Trigger { get; private set; } = string.Empty;

    public int Runs { get; private set; }

    public int EndedRuns { get; private set; }

    /// <summary>When the first run began, on the run's clock.</summary>
    public DateTimeOffset Start { get; private set; }

    /// <summary>When the last run so far ended.</summary>
    public DateTimeOffset End { get; private set; }

    /// <summary>That of the first run that did not succeed, else Succeeded; Waiting before one has ended.</summary>
    public ActionStatus Status { get; private set; }

    public RunCounts Counts { get; } = new();

    public IReadOnlyList<TreeEntry> Entries { get; }

    public void OnRunStarted(RunStart run)
    {
        lock (Gate)
        {
            Trigger = run.Trigger;
            if (Runs++ == 0) Start = End = new DateTimeOffset(run.UtcTicks, TimeSpan.Zero);
        }
    }

    public void OnRunCompleted(RunResult run)
    {
        lock (Gate)
        {
            EndedRuns++;
            End = run.EndTime;
            if (Status is ActionStatus.Waiting or ActionStatus.Succeeded) Status = run.Status;
        }
    }

    public void OnActionStarted(ActionRecord action)
    {
        if (!_byPath.TryGetValue(action.Definition.Path, out var entry)) return;
        lock (Gate)
        {
            if (entry.Running++ == 0) entry.Since = action.StartTime;
            entry.FailedAttempts = 0;
        }
    }

    public void OnActionCompleted(ActionRecord action)
    {
        if (!_byPath.TryGetValue(action.Definition.Path, out var entry)) return;
        var notes = action.Status is ActionStatus.Succeeded or ActionStatus.Failed or ActionStatus.TimedOut ? ActionLine.Notes(action) : string.Empty;
        lock (Gate)
        {
            Counts.Add(action.Status);
            // A skipped action ends without having started.
            if (action.Status != ActionStatus.Skipped && entry.Running > 0) entry.Running--;
            entry.Status = Worse(entry, action.Status);
            entry.Duration = action.EndTime - action.StartTime;
            entry.Notes = notes;
            if (action.Status is ActionStatus.Failed or ActionStatus.TimedOut) entry.Failures++;
        }
    }

    public void OnRetry(ActionRecord action, int attempt, TimeSpan delay)
    {
        if (!_byPath.TryGetValue(action.Definition.Path, out var entry)) return;
        lock (Gate)
        {
            entry.FailedAttempts = attempt;
            Counts.Retries++;
        }
    }

    public void OnRepetitionStarted(ActionRecord loop, int index)
    {
        if (index > 0 || !_byPath.TryGetValue(loop.Definition.Path, out var entry)) return;
        lock (Gate) entry.ExpectedRepetitions += loop.Inputs.AsArrayOrNull?.Count ?? 0;
    }

    public void OnRepetitionCompleted(ActionRecord loop, RepetitionRecord repetition)
    {
        if (!_byPath.TryGetValue(loop.Definition.Path, out var entry)) return;
        lock (Gate)
        {
            entry.Repetitions++;
            if (repetition.Status is ActionStatus.Failed or ActionStatus.TimedOut) entry.FailedRepetitions++;
        }
    }

    // Of many executions the row shows the worst; a single one shows its own.
    private static ActionStatus Worse(TreeEntry entry, ActionStatus status) =>
        entry.Failures > 0 || (status == ActionStatus.Skipped && entry.Status != ActionStatus.Waiting) ? entry.Status : status;

    private void Index(IReadOnlyList<ActionDefinition> actions, IReadOnlyList<TreeEntry> entries)
    {
        for (var i = 0; i < actions.Count; i++)
        {
            _byPath[actions[i].Path] = entries[i];
            Index([.. actions[i].Branches.SelectMany(branch => branch.Actions)], entries[i].Children);
        }
    }
}
