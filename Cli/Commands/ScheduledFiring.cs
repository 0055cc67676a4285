using System.Globalization;

namespace FlowEngine.Cli;

/// <summary><c>--occurrences N</c>: fires a trigger at its next N occurrences in virtual time, one run after the other.</summary>
/// <param name="engine">The engine.</param>
/// <param name="workflow">The workflow.</param>
/// <param name="clock">The run's clock; it goes from occurrence to occurrence.</param>
/// <param name="tell">Takes a line for the user: a beat without a run.</param>
internal sealed class ScheduledFiring(WorkflowEngine engine, Workflow workflow, VirtualTimeProvider clock, Action<string> tell)
{
    /// <summary>
    /// All runs as one result. An occurrence that comes while a run is under way is left out, as with <c>SingleInstance</c>. Of windows none is: those that have
    /// passed come first, the oldest one at once, and one that passes meanwhile waits for its turn.
    /// </summary>
    /// <exception cref="UsageException">The trigger has no schedule.</exception>
    public async Task<FireResult> FireAsync(int occurrences, TriggerRequest request, RunOptions options, CancellationToken cancellation)
    {
        var saved = clock.GetUtcNow();
        var schedule = engine.ScheduleOf(workflow, saved, options)
            ?? throw new UsageException("--occurrences goes with a trigger of type Recurrence, SlidingWindow or Http; the workflow has none.");
        var runs = new List<RunResult>();
        NotStarted? reason = null;
        NextPoll? poll = null;
        var last = schedule.IsGapless ? DateTimeOffset.MinValue : saved.AddTicks(-1); // The very first may be due at this moment.
        for (var i = 0; i < occurrences && !cancellation.IsCancellationRequested; i++)
        {
            if (schedule.NextAfter(i > 0 && !schedule.IsGapless ? clock.GetUtcNow() : last) is not { } due)
            {
                tell($"the schedule of trigger '{schedule.Trigger}' has no further occurrence: {i} of {occurrences} came");
                break;
            }

            last = due;
            if (poll is not null) due = poll.DueAt(clock.GetUtcNow(), due);
            if (due > clock.GetUtcNow()) await clock.AdvanceToAsync(due).ConfigureAwait(false);

            // With one seed for all, the runs would have the same ids.
            var fired = await engine.FireAsync(workflow, request, options with { Seed = options.Seed + i, LastPoll = poll, ScheduledTime = due }, cancellation).ConfigureAwait(false);
            poll = fired.NextPoll;
            runs.AddRange(fired.Runs);
            if (fired.NotStarted is not { } none) continue;
            reason = none;
            tell(string.Create(CultureInfo.InvariantCulture, $"no run at {due:yyyy-MM-ddTHH:mm:ssZ}: {none.Message ?? none.Trigger["error"]["message"].AsStringOrNull ?? "the trigger found nothing to do"}"));
        }

        return new FireResult { Runs = runs, IsSplit = true, NotStarted = runs.Count == 0 ? reason : null };
    }
}
