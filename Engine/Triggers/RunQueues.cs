using System.Runtime.CompilerServices;
using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>Keeps the runs of an engine to the concurrency of their triggers: so many at a time, the others wait in order (runtime reference, 4.1).</summary>
internal sealed class RunQueues
{
    private readonly ConditionalWeakTable<PlannedTrigger, RunQueue> _queues = [];

    /// <summary>Starts the runs of one firing, at once or in their turn. None is started where the queue is full.</summary>
    /// <param name="decision">Their trigger and the runs.</param>
    /// <param name="start">Starts one run.</param>
    /// <param name="cancellation">Lets those that wait end without waiting on.</param>
    /// <returns>Why none starts; null where they do.</returns>
    public NotStarted? Start(TriggerDecision decision, Action<Run> start, CancellationToken cancellation)
    {
        // They start together: virtual time must not move on while the first waits and the others have not begun.
        var clock = decision.Runs[0].Clock;
        clock.EnterWork();
        try
        {
            foreach (var run in decision.Runs) run.Settings.UnderWay.Add(run);
            var full = StartTogether(decision, start, cancellation);
            if (full is null) return null;
            foreach (var run in decision.Runs) run.Settings.UnderWay.Remove(run);
            return full;
        }
        finally
        {
            clock.ExitWork();
        }
    }

    private NotStarted? StartTogether(TriggerDecision decision, Action<Run> start, CancellationToken cancellation)
    {
        if (decision.Limit is not { } limit || decision.Trigger is not { } trigger)
        {
            foreach (var run in decision.Runs) start(run);
            return null;
        }

        var queue = _queues.GetOrCreateValue(trigger);
        if (queue.IsFull(limit)) return Full(trigger, limit, decision.Runs[0]);
        foreach (var run in decision.Runs) queue.Enter(run, limit.Runs, start, cancellation);
        return null;
    }

    // A caller is told to come again; a schedule skips its beat (documented). The words are assumed.
    private static NotStarted Full(PlannedTrigger trigger, TriggerLimit limit, Run run)
    {
        const string Code = "WorkflowMaximumWaitingRunCountExceeded";
        var message = $"The number of waiting runs of trigger '{trigger.Name}' has reached its maximum of '{limit.WaitingRuns}'.";
        return trigger.IsCalled
            ? TriggerDispatcher.Told(trigger, run.Trigger.StartTicks, ActionStatus.Failed, new NotStarted(429, Code, message, default))
            : TriggerDispatcher.Told(trigger, run.Trigger.StartTicks, ActionStatus.Skipped, new NotStarted(202, null, null, default), new ActionError(Code, message));
    }
}
