using FlowEngine.Actions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>The open batches of an engine's workflows: messages from any run, released as the receiving trigger says. Any thread.</summary>
/// <remarks>
/// A batch is released on the clock and with the settings of the run whose message opened or completed it. What it starts is a run of its own:
/// hosts see it by the engine's observers, and senders by <see cref="RunResult.BatchRuns"/>.
/// </remarks>
internal sealed class BatchDirectory
{
    private const string Type = "Batch";

    private readonly Lock _gate = new();
    private readonly Dictionary<Key, OpenBatch> _open = [];

    private sealed record Key(PlannedTrigger Trigger, string Batch, string Partition);

    private sealed record Receiver(Workflow Workflow, Key Key, FlowValue[] Parameters, BatchCriteria Criteria);

    /// <summary>Batches with messages that wait, in no order.</summary>
    public IReadOnlyList<WaitingBatch> Waiting
    {
        get
        {
            lock (_gate) return _open.Count == 0 ? [] : [.. _open.Values.Select(batch => batch.ToWaiting())];
        }
    }

    /// <summary>Takes a message of a run; the batch that it completes is released before this returns.</summary>
    /// <returns>Why it is not taken; null where it is.</returns>
    public ActionError? Send(Run sender, BatchMessage message)
    {
        if (Find(sender, message, out var receiver) is { } refusal) return refusal;
        var key = receiver!.Key; // There is one where nothing is refused.
        OpenBatch? batch;
        bool isComplete;
        lock (_gate)
        {
            if (!_open.TryGetValue(key, out batch)) _open[key] = batch = Open(sender, message, receiver);
            batch.Add(message);
            isComplete = receiver.Criteria.AreMetBy(batch.Count, batch.Bytes);
            if (isComplete) _open.Remove(key);
        }

        sender.Batches.Add(batch);
        if (isComplete) Release(sender, receiver, batch);
        return null;
    }

    private OpenBatch Open(Run sender, BatchMessage message, Receiver receiver)
    {
        var batch = new OpenBatch(receiver.Workflow, message with { Batch = receiver.Key.Batch });
        var now = sender.Settings.Time.GetUtcNow();
        if (receiver.Criteria.Schedule?.NextAfter(now) is not { } due) return batch;
        batch.IsDueVirtually = sender.Clock.IsVirtual;
        batch.Timer = new LongTimer(sender.Settings.Time, due - now, () => OnDue(sender, receiver, batch));
        return batch;
    }

    private void OnDue(Run sender, Receiver receiver, OpenBatch batch)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(receiver.Key, out var open) || !ReferenceEquals(open, batch)) return;
            _open.Remove(receiver.Key);
        }

        Release(sender, receiver, batch);
    }

    // Nothing is added any more: it is out of the table.
    private static void Release(Run sender, Receiver receiver, OpenBatch batch)
    {
        batch.Timer?.Dispose();
        var settings = sender.Settings.Below(sender);
        var decision = new TriggerDispatcher(receiver.Workflow, receiver.Parameters, settings, CallerKind.None).Fire(TriggerRequest.WithBody(batch.ToOutputs()), receiver.Key.Trigger.Name);
        if (decision.NotStarted is not null)
        {
            batch.Complete([]);
            return;
        }

        // However many runs there are under way, messages that were taken are not lost.
        if (decision.Limit is { } limit) decision = decision with { Limit = limit with { WaitingRuns = int.MaxValue } };
        settings.Queues.Start(decision, run => run.Start(RunDeadline.After(sender.Deadline?.Limit, run.Clock), sender.Outside), sender.Outside);
        batch.Complete(decision.Runs);
    }

    private static ActionError? Find(Run sender, BatchMessage message, out Receiver? receiver)
    {
        receiver = null;
        if (ChildRuns.Find(sender, message.Workflow, out var workflow) is { } refusal) return refusal;
        var triggers = workflow!.Plan.Triggers.Where(trigger => trigger.Definition.Type == Type).ToArray(); // It is found where nothing is refused.
        var trigger = message.Trigger is { } wanted ? Array.Find(triggers, trigger => trigger.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase)) : triggers is [var only] ? only : null;
        if (trigger is null)
        {
            var names = triggers.Length == 0 ? "it has none" : $"it has '{string.Join("', '", triggers.Select(found => found.Name))}'";
            return new ActionError("BatchTriggerNotFound", $"The workflow '{message.Workflow}' has no trigger {(message.Trigger is null ? "to send to" : $"'{message.Trigger}'")} of type 'Batch'; {names}.");
        }

        try
        {
            var parameters = ParameterValues.Resolve(workflow, null, sender.Settings.Parameters);
            var configurations = new TriggerDispatcher(workflow, parameters, sender.Settings, CallerKind.None).BatchConfigurations(trigger);
            var batches = configurations.AsObjectOrNull ?? FlowObject.Empty;
            var at = batches.IndexOf(message.Batch);
            if (at < 0)
            {
                return new ActionError(
                    "BatchConfigurationNotFound",
                    $"The trigger '{trigger.Name}' of workflow '{message.Workflow}' has no batch '{message.Batch}' in its 'configurations'. {Names(batches)}");
            }

            var criteria = BatchCriteria.Read(batches.Values[at]["releaseCriteria"], sender.Settings.Time.GetUtcNow());
            receiver = new Receiver(workflow, new Key(trigger, batches.Names[at], message.Partition), parameters, criteria);
            return null;
        }
        catch (Exception unreadable) when (unreadable is FormatException or ExpressionException or InvalidInputException)
        {
            return new ActionError("InvalidBatchConfiguration", $"The batch '{message.Batch}' of workflow '{message.Workflow}' takes no messages: {unreadable.Message}");
        }
    }

    private static string Names(FlowObject batches) => batches.Count > 0
        ? $"It has '{string.Join("', '", batches.Names.ToArray())}'."
        : "It has none: only batches of mode 'Inline' are known here.";
}
