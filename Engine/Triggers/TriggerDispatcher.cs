using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>Chooses the trigger, makes its outputs, looks at conditions and <c>splitOn</c>, and makes the runs (runtime reference, 4).</summary>
internal sealed class TriggerDispatcher(Workflow workflow, FlowValue[] parameters, RunSettings settings, CallerKind caller)
{
    /// <summary>A definition without a trigger can still be run by hand, under this name.</summary>
    private const string Manual = "manual";

    private const int MaxItems = 100_000;
    private const int MaxItemsWithConcurrency = 100;

    public TriggerDecision Fire(TriggerRequest request, string? name, DateTimeOffset? scheduled = null)
    {
        var trigger = Choose(name);
        var start = settings.Time.GetUtcNow().UtcTicks;
        TriggerArrival arrival;
        try
        {
            arrival = trigger?.Definition.Type switch
            {
                "Request" => RequestTrigger.Read(trigger, request),
                PlannedTrigger.SlidingWindowType when !request.HasBody => new TriggerArrival(Window(trigger, scheduled, new DateTimeOffset(start, TimeSpan.Zero)), null),
                { } type when workflow.Plan.Settings.Triggers.TryGetValue(type, out var own) && own.Outputs is { } outputs => new TriggerArrival(outputs(request), null),
                _ => ManualFiring.Read(request),
            };
        }
        catch (Exception unreadable) when (unreadable is FormatException or ExpressionException)
        {
            return Refused(trigger, start, new TriggerRefusal(400, ActionCodes.InvalidTemplate, Masked(unreadable.Message)));
        }

        if (arrival.Refusal is { } refusal) return Refused(trigger, start, refusal);
        var firing = new TriggerFiring(
            trigger?.Name ?? Manual,
            trigger?.Definition.Inputs ?? default,
            trigger?.Definition.Inputs.AsObjectOrNull is { Count: > 0 },
            arrival.Outputs,
            !arrival.Outputs.IsNull,
            start,
            start)
        {
            Secured = trigger?.Secured ?? SecuredParts.None,
            ScheduledTicks = trigger is not null && trigger.Definition.Type != "Request" ? scheduled?.UtcTicks ?? start : null,
        };
        if (trigger is null) return new TriggerDecision { Runs = [NewRun(firing, CallerKind.None, null)] };
        var waiting = trigger.Definition.Type == "Request" && trigger.SplitOn is null ? caller : CallerKind.None;
        try
        {
            return Decide(trigger, firing, waiting, request);
        }
        catch (ExpressionException failure)
        {
            return Refused(trigger, start, new TriggerRefusal(
                400, ActionCodes.InvalidTemplate, $"Unable to process template language expressions for trigger '{trigger.Name}' at line '0' and column '0': '{Masked(failure.Message)}'."));
        }
    }

    /// <summary>Asks the server of an Http trigger whose outputs nobody has given; null where the trigger is none.</summary>
    public Task<PollAnswer>? Ask(TriggerRequest request, string? name, NextPoll? last, CancellationToken cancellation) =>
        HttpPoll.TriggerOf(workflow, request, name) is { } trigger ? HttpPoll.AskAsync(workflow, trigger, last, parameters, settings, cancellation) : null;

    /// <summary>When a trigger is due that its schedule fires; null where it has none.</summary>
    /// <param name="name">The trigger; null takes the only one.</param>
    /// <param name="saved">From when it counts without <c>startTime</c>.</param>
    /// <exception cref="FormatException">Its recurrence can't be read.</exception>
    /// <exception cref="ExpressionException">An expression in it fails.</exception>
    public TriggerSchedule? Schedule(string? name, DateTimeOffset saved)
    {
        if (Choose(name) is not { Recurrence: not null } trigger) return null;
        return trigger.Definition.Type == PlannedTrigger.SlidingWindowType
            ? new TriggerSchedule(trigger.Name, Windows(trigger, saved).NextAfter) { IsGapless = true }
            : new TriggerSchedule(trigger.Name, RecurrenceSchedule.Read(Evaluate(trigger, trigger.Recurrence), saved).NextAfter);
    }

    /// <summary>The <c>configurations</c> of a Batch trigger, their expressions evaluated.</summary>
    /// <exception cref="ExpressionException">An expression in them fails.</exception>
    public FlowValue BatchConfigurations(PlannedTrigger trigger) => Evaluate(trigger, trigger.Batches);

    /// <summary>The host's own type of a trigger, with the trigger's name and inputs; null where it is one of the service's.</summary>
    public (TriggerSpec Spec, string Name, FlowValue Inputs)? Own(string? name)
    {
        if (Choose(name) is not { } trigger || !workflow.Plan.Settings.Triggers.TryGetValue(trigger.Definition.Type, out var own)) return null;
        return (own, trigger.Name, Evaluate(trigger, trigger.OwnInputs));
    }

    // The window for which its schedule fires it; by hand the last one that is due.
    private FlowValue Window(PlannedTrigger trigger, DateTimeOffset? scheduled, DateTimeOffset now)
    {
        var windows = Windows(trigger, scheduled ?? now);
        var window = scheduled is { } due ? windows.DueExactlyAt(due) : windows.DueAt(now);
        return FlowValue.Object(
            ("windowStartTime", FlowValue.String(Timestamps.Text(window.Start.UtcTicks))),
            ("windowEndTime", FlowValue.String(Timestamps.Text(window.End.UtcTicks))));
    }

    private SlidingWindows Windows(PlannedTrigger trigger, DateTimeOffset saved) =>
        SlidingWindows.Read(Evaluate(trigger, trigger.Recurrence), Evaluate(trigger, trigger.Delay), saved);

    // Before there is a run only parameters can be read: as in a run that has not begun.
    private FlowValue Evaluate(PlannedTrigger trigger, Expression? template)
    {
        if (template is null) return default;
        var now = settings.Time.GetUtcNow();
        var run = NewRun(new TriggerFiring(trigger.Name, default, false, default, false, now.UtcTicks, now.UtcTicks), CallerKind.None, null);
        run.EvaluationTime = now.UtcDateTime;
        return template.Evaluate(run.Root);
    }

    private TriggerDecision Decide(PlannedTrigger trigger, TriggerFiring firing, CallerKind waiting, TriggerRequest request)
    {
        var given = CallersTrackingId(request);
        var run = NewRun(firing, waiting, given);
        run.EvaluationTime = new DateTime(firing.StartTicks, DateTimeKind.Utc);
        foreach (var condition in trigger.Conditions)
        {
            var value = condition.Evaluate(run.Root);
            if (!value.IsBoolean)
                throw new ExpressionException($"The result of a condition of trigger '{trigger.Name}' is of type '{value.TypeName}' but is expected to be a value of type 'Boolean'.");
            if (!value.AsBoolean) return Skipped(trigger, firing, "TriggerConditionNotMet", $"The conditions of trigger '{trigger.Name}' are not met.");
        }

        if (trigger.ClientTrackingId?.Evaluate(run.Root).AsStringOrNull is { Length: > 0 } tracking)
        {
            given = tracking;
            run = NewRun(firing, waiting, tracking);
        }

        var limit = trigger.LimitIn(run.Root);
        if (trigger.SplitOn is null) return new TriggerDecision { Runs = [run], Trigger = trigger, Limit = limit };
        var items = trigger.SplitOn.Evaluate(run.Root);
        if (items.AsArrayOrNull is not { } array)
            throw new ExpressionException($"The result of the 'splitOn' expression of trigger '{trigger.Name}' is of type '{items.TypeName}'. The result must be a valid array.");
        var most = trigger.HasConcurrency ? MaxItemsWithConcurrency : MaxItems;
        if (array.Count > most) throw new ExpressionException($"The result of the 'splitOn' expression of trigger '{trigger.Name}' has {array.Count} items, more than the {most} allowed.");
        if (array.Count == 0) return Skipped(trigger, firing, null, null) with { IsSplit = true };
        return new TriggerDecision { IsSplit = true, Trigger = trigger, Limit = limit, Runs = [.. Split(trigger, firing, array, run.Id, given)] };
    }

    private IEnumerable<Run> Split(PlannedTrigger trigger, TriggerFiring firing, FlowArray items, string origin, string? tracking)
    {
        // Everything outside the array is lost, the headers excepted (documented).
        foreach (var item in (IEnumerable<FlowValue>)items)
        {
            var outputs = new FlowObjectBuilder(2);
            if (firing.Outputs["headers"].IsObject) outputs.Add("headers", firing.Outputs["headers"]);
            var single = firing.WithOutputs(outputs.Add("body", item).ToValue(), origin);
            var run = NewRun(single, CallerKind.None, tracking);
            if (trigger.SplitTrackingId?.Evaluate(run.Root).AsStringOrNull is { Length: > 0 } own) run = NewRun(single, CallerKind.None, own);
            yield return run;
        }
    }

    // There is no run yet that would know its secrets.
    private string Masked(string message)
    {
        var secrets = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < parameters.Length; i++)
        {
            if (workflow.Plan.Definition.Parameters[i].IsSecure) SecretMask.Collect(parameters[i], secrets);
        }

        foreach (var secret in settings.Secrets) SecretMask.Collect(secret, secrets);
        return new SecretMask(secrets).Apply(message);
    }

    private Run NewRun(TriggerFiring firing, CallerKind waiting, string? clientTrackingId) => new(workflow, firing, parameters, settings, waiting, clientTrackingId);

    private static string? CallersTrackingId(TriggerRequest request) => request.HeaderOf("x-ms-client-tracking-id");

    private static TriggerDecision Refused(PlannedTrigger? trigger, long start, TriggerRefusal refusal) => new()
    {
        NotStarted = new NotStarted(refusal.StatusCode, refusal.Code, refusal.Message, Record(trigger, start, ActionStatus.Failed, new ActionError(refusal.Code, refusal.Message))),
    };

    private static TriggerDecision Skipped(PlannedTrigger trigger, TriggerFiring firing, string? code, string? message) => new()
    {
        NotStarted = new NotStarted(
            202, null, null, Record(trigger, firing.StartTicks, ActionStatus.Skipped, code is null || message is null ? null : new ActionError(code, message))),
    };

    /// <summary>A trigger that started no run, with its record.</summary>
    public static NotStarted Told(PlannedTrigger trigger, long ticks, ActionStatus status, NotStarted reason, ActionError? error = null)
    {
        if (error is null && reason is { Code: { } code, Message: { } message }) error = new ActionError(code, message);
        return reason with { Trigger = Record(trigger, ticks, status, error) };
    }

    private static FlowValue Record(PlannedTrigger? trigger, long ticks, ActionStatus status, ActionError? error)
    {
        var record = new FlowObjectBuilder(5)
            .Add("name", FlowValue.String(trigger?.Name ?? Manual))
            .Add("status", FlowValue.String(status.ToString()))
            .Add("startTime", FlowValue.String(Timestamps.Text(ticks)))
            .Add("endTime", FlowValue.String(Timestamps.Text(ticks)));
        if (error is not null) record.Add("error", error.ToValue());
        return record.ToValue();
    }

    /// <summary>The trigger with that name, or the only one; null where the workflow has none.</summary>
    /// <exception cref="InvalidInputException">No such trigger, or several and none named.</exception>
    private PlannedTrigger? Choose(string? name)
    {
        var triggers = workflow.Plan.Triggers;
        if (name is not null)
        {
            return triggers.FirstOrDefault(trigger => trigger.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw new InvalidInputException($"The workflow has no trigger '{name}'. It has: {Names(triggers)}.");
        }

        if (triggers.Count <= 1) return triggers.Count == 0 ? null : triggers[0];
        throw new InvalidInputException($"The workflow has several triggers; name one of them: {Names(triggers)}.");
    }

    private static string Names(IReadOnlyList<PlannedTrigger> triggers) => triggers.Count == 0 ? "none" : string.Join(", ", triggers.Select(trigger => trigger.Name));
}
