using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>The trigger of a run: what <c>trigger()</c> shows.</summary>
internal sealed class TriggerFiring(string name, FlowValue inputs, bool hasInputs, FlowValue outputs, bool hasOutputs, long startTicks, long endTicks)
{
    private FlowValue _value;
    private string _runId = string.Empty;
    private string? _trackingId;
    private string _clientTrackingId = string.Empty;

    public string Name { get; } = name;

    public FlowValue Outputs { get; } = outputs;

    public bool HasOutputs { get; } = hasOutputs;

    public FlowValue Inputs { get; } = inputs;

    public bool HasInputs { get; } = hasInputs;

    public long StartTicks { get; } = startTicks;

    public long EndTicks { get; } = endTicks;

    /// <summary>The <c>scheduledTime</c> of its record, which then has a <c>code</c> too: those of schedules and connectors have both, a request's has neither (documented).</summary>
    public long? ScheduledTicks { get; init; }

    /// <summary>The run id of the firing that <c>splitOn</c> split; null where the run's own is meant.</summary>
    public string? Origin { get; private init; }

    /// <summary>What is hidden from the record.</summary>
    public SecuredParts Secured { get; init; }

    /// <summary>The record as expressions see it, made when one asks: it was 2 of the 12 µs of a run of one action.</summary>
    public FlowValue Value => _value.IsNull ? _value = Record() : _value;

    /// <summary>The same firing for one item of <c>splitOn</c>.</summary>
    public TriggerFiring WithOutputs(FlowValue item, string origin) =>
        new(Name, Inputs, HasInputs, item, true, StartTicks, EndTicks) { Secured = Secured, ScheduledTicks = ScheduledTicks, Origin = origin };

    /// <summary>Tells the ids of its run.</summary>
    /// <param name="runId">The run's id.</param>
    /// <param name="trackingId">The trigger's own; null makes one where it is asked for.</param>
    /// <param name="clientTrackingId">The caller's, or the run's id.</param>
    public void Identify(string runId, string? trackingId, string clientTrackingId)
    {
        _runId = runId;
        _trackingId = trackingId;
        _clientTrackingId = clientTrackingId;
        _value = default;
    }

    private FlowValue Record()
    {
        var record = new FlowObjectBuilder(12).Add("name", FlowValue.String(Name));
        if (HasInputs) record.Add("inputs", Inputs);
        if (HasOutputs) record.Add("outputs", Outputs);
        record
            .Add("startTime", FlowValue.String(Timestamps.Text(StartTicks)))
            .Add("endTime", FlowValue.String(Timestamps.Text(EndTicks)))
            .Add("trackingId", FlowValue.String(_trackingId ??= Guid.NewGuid().ToString("D")))
            .Add("clientTrackingId", FlowValue.String(_clientTrackingId));
        if (ScheduledTicks is { } scheduled) record.Add("scheduledTime", FlowValue.String(Timestamps.Text(scheduled)));
        record.Add("originHistoryName", FlowValue.String(Origin ?? _runId));
        if (ScheduledTicks is not null) record.Add("code", FlowValue.String(ActionCodes.Ok));
        return record.Add("status", FlowValue.String("Succeeded")).ToValue();
    }
}
