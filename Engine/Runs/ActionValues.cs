using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>Executions as expressions see them: <c>actions()</c>, <c>result()</c>, <c>action()</c> (runtime reference, 2.7).</summary>
internal static class ActionValues
{
    /// <summary>The record of one execution, members in the service's order, absent ones left out.</summary>
    public static FlowValue Record(ActionExecution execution) => Members(execution).ToValue();

    /// <summary>The record of the last repetition of an Until's child, with the number of repetitions.</summary>
    public static FlowValue LastOf(ActionExecution loop, PlannedAction child)
    {
        var execution = loop.Repetitions[^1].Slots[child.Slot];
        return execution is null ? default : Members(execution).Add("repetitionCount", FlowValue.Integer(loop.Repetitions.Count)).ToValue();
    }

    /// <summary>A Foreach's child over all repetitions: Failed if any was, Skipped if all were; the outputs are the records of the repetitions.</summary>
    public static FlowValue Aggregate(ActionExecution loop, PlannedAction child)
    {
        var records = new List<FlowValue>();
        var failed = false;
        var allSkipped = true;
        var start = long.MaxValue;
        var end = 0L;
        ActionExecution? first = null;
        foreach (var repetition in loop.Repetitions)
        {
            if (repetition.Slots[child.Slot] is not { } execution) continue;
            first ??= execution;
            records.Add(Record(execution));
            failed |= execution.Status is ActionStatus.Failed or ActionStatus.TimedOut;
            allSkipped &= execution.Status == ActionStatus.Skipped;
            start = Math.Min(start, execution.StartTicks);
            end = Math.Max(end, execution.EndTicks);
        }

        if (first is null) return default;
        var status = failed ? ActionStatus.Failed : allSkipped ? ActionStatus.Skipped : ActionStatus.Succeeded;
        return new FlowObjectBuilder()
            .Add("name", FlowValue.String(child.Name))
            .Add("outputs", FlowArray.Create(records))
            .Add("startTime", FlowValue.String(Timestamps.Text(start)))
            .Add("endTime", FlowValue.String(Timestamps.Text(end)))
            .Add("trackingId", FlowValue.String(first.TrackingId))
            .Add("clientTrackingId", FlowValue.String(loop.Run.ClientTrackingId))
            .Add("code", FlowValue.String(ActionCodes.NotSpecified))
            .Add("status", FlowValue.String(status.ToString()))
            .Add("repetitionCount", FlowValue.Integer(loop.Repetitions.Count))
            .ToValue();
    }

    private static FlowValue Shown(ActionError error) => MessageTemplates.Of(error) is { } template
        ? FlowValue.Object(("code", FlowValue.String(error.Code)), ("message", FlowValue.String(error.Message)), ("messageTemplate", FlowValue.String(template)))
        : error.ToValue();

    private static FlowObjectBuilder Members(ActionExecution execution)
    {
        var record = new FlowObjectBuilder(10).Add("name", FlowValue.String(execution.Plan.Name));
        if (execution.HasInputs) record.Add("inputs", execution.RecordedInputs);
        if (execution.HasOutputs) record.Add("outputs", execution.Outputs);
        if (!execution.TrackedProperties.IsNull) record.Add("trackedProperties", execution.TrackedProperties);
        record.Add("startTime", FlowValue.String(Timestamps.Text(execution.StartTicks)));
        if (execution.EndTicks != 0) record.Add("endTime", FlowValue.String(Timestamps.Text(execution.EndTicks)));
        record.Add("trackingId", FlowValue.String(execution.TrackingId)).Add("clientTrackingId", FlowValue.String(execution.Run.ClientTrackingId));
        if (execution.Code.Length > 0 && execution.Code != ActionCodes.NotSpecified) record.Add("code", FlowValue.String(execution.Code));
        record.Add("status", FlowValue.String(execution.Status.ToString()));
        if (execution.Error is { } error) record.Add("error", Shown(error));
        return record;
    }
}
