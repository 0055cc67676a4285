using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>Keeps the runs of an engine to the concurrency of their triggers: so many at a time, the others wait in order (runtime reference, 4.1). Any thread.</summary>
internal sealed class RunQueues
{
    /// <summary>The code of a child run that would wait for a place whose run waits for it.</summary>
    public const string Deadlock = "NestedWorkflowWaitsForItself";

    // One for all: whether a run may wait depends on all queues. It is held for no longer than it takes to look at them.
    private readonly Lock _gate = new();
    private readonly Dictionary<QueueKey, RunQueue> _queues = [];

    /// <summary>Starts the runs of one firing, at once or in their turn. None is started where the queue is full, or where a child would wait for its own end.</summary>
    /// <param name="decision">Their trigger and the runs.</param>
    /// <param name="start">Starts one run; it throws nothing.</param>
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

        var first = decision.Runs[0];
        var key = new QueueKey(first.Workflow.Identity, trigger.Name.ToUpperInvariant());
        var ready = new List<Run>();
        lock (_gate)
        {
            if (!_queues.TryGetValue(key, out var queue)) _queues.Add(key, queue = new RunQueue());
            if (queue.IsFull(limit)) return Full(trigger, limit, first);
            if (queue.IsTaken(limit) && WaitsForItself(first, queue)) return Endless(trigger, first);
            foreach (var run in decision.Runs)
            {
                run.Place = queue;
                run.Ending = () => Leave(key, queue);
                if (queue.TryEnter(limit)) ready.Add(run);
                else queue.Wait(run, start, cancellation);
            }
        }

        foreach (var run in ready) start(run);
        return null;
    }

    private void Leave(QueueKey key, RunQueue queue)
    {
        lock (_gate)
        {
            queue.Leave();
            if (queue.IsEmpty) _queues.Remove(key);
        }
    }

    // Places that are given back only once the run has answered, and so on along those that wait already: is the place that it wants among them?
    private bool WaitsForItself(Run run, RunQueue wanted)
    {
        if (run.Caller is null) return false;
        var held = HeldFor(run).ToHashSet();
        var seen = new HashSet<RunQueue> { wanted };
        var next = new Stack<RunQueue>([wanted]);
        while (next.TryPop(out var queue))
        {
            if (held.Contains(queue)) return true;
            foreach (var other in _queues.Values)
            {
                if (!seen.Contains(other) && other.Waiting.Any(waiting => HeldFor(waiting).Contains(queue)) && seen.Add(other)) next.Push(other);
            }
        }

        return false;
    }

    // A run that has answered keeps nobody waiting any longer.
    private static IEnumerable<RunQueue> HeldFor(Run run)
    {
        for (var caller = run.Caller; caller is not null; caller = caller.Answered.IsCompleted ? null : caller.Caller)
        {
            if (caller.Place is { } place) yield return place;
        }
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

    private static NotStarted Endless(PlannedTrigger trigger, Run run)
    {
        var message = $"The workflow '{run.Workflow.Name}' was not started: it would wait for a place of its trigger '{trigger.Name}' ('concurrency'), and the run that holds the place waits for this call.";
        return TriggerDispatcher.Told(trigger, run.Trigger.StartTicks, ActionStatus.Failed, new NotStarted(409, Deadlock, message, default));
    }

    /// <summary>Which runs stand in line together: those of one trigger of one workflow, however often that was compiled.</summary>
    private sealed record QueueKey(WorkflowIdentity Workflow, string Trigger);
}
