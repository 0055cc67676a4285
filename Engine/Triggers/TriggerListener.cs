namespace FlowEngine;

/// <summary>Fires the trigger of one flow by itself: at its times, or when a host's trigger says so.</summary>
internal sealed class TriggerListener(WorkflowEngine engine, Workflow workflow, RunOptions options, TimeProvider time, Action<FireResult>? fired)
{
    // Timers of the framework reach no further than 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    // The shortest recurrence there is: a server that says "at once" each time would be asked without end.
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromSeconds(1);

    /// <summary>At each time of a schedule; an Http trigger earlier or later where its server says so (<c>Retry-After</c>), at the address that it names (<c>Location</c>). A run that lasts longer than the interval does not hold up the next; the trigger's concurrency does, where it says so.</summary>
    public async Task FollowAsync(TriggerSchedule schedule, CancellationToken cancellation)
    {
        // Virtual time has no idle moments in which the caller could go on.
        await Task.Yield();
        var polling = options;
        var due = schedule.NextAfter(time.GetUtcNow());
        while (due is { } moment)
        {
            cancellation.ThrowIfCancellationRequested();
            if (time is VirtualTimeProvider clock) await clock.AdvanceToAsync(moment).ConfigureAwait(false);
            while (moment - time.GetUtcNow() is { Ticks: > 0 } left) await Task.Delay(left < LongestWait ? left : LongestWait, time, cancellation).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            if (schedule.IsGapless) polling = polling with { ScheduledTime = moment };
            var (next, ended) = await engine.PollAsync(workflow, polling, cancellation).ConfigureAwait(false);
            // What keeps it from firing at all will keep it from it the next time too.
            if (ended.IsFaulted) await ended.ConfigureAwait(false);
            _ = TellAsync(ended);
            polling = polling with { LastPoll = next };
            // What was missed while the process slept is not made up for, but for windows.
            var now = time.GetUtcNow();
            due = schedule.NextAfter(now > moment && !schedule.IsGapless ? now : moment);
            if (next is null || due is not { } occurrence) continue;
            var asked = next.DueAt(now, occurrence);
            due = asked == occurrence || asked > now + ShortestPoll ? asked : now + ShortestPoll;
        }
    }

    public Task ListenAsync(TriggerSpec spec, string trigger, FlowValue inputs, CancellationToken cancellation) =>
        spec.Listen!(new TriggerListening(workflow, trigger, inputs, request => FireAsync(request, cancellation)), cancellation); // Asked for before.

    private Task<FireResult> FireAsync(TriggerRequest request, CancellationToken cancellation) => TellAsync(engine.FireAsync(workflow, request, options, cancellation));

    private async Task<FireResult> TellAsync(Task<FireResult> ended)
    {
        var result = await ended.ConfigureAwait(false);
        fired?.Invoke(result);
        return result;
    }
}
