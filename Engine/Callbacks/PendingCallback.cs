using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>The open address of one execution: the first message wins, whether it comes before the wait begins or in it.</summary>
internal sealed class PendingCallback
{
    private readonly ActionExecution _execution;
    private readonly Lock _gate = new();
    private CallbackMessage? _message;
    private ParkedWait<CallbackMessage>? _wait;
    private bool _closed;

    private PendingCallback(ActionExecution execution, string token)
    {
        _execution = execution;
        Token = token;
        Uri = execution.Run.Settings.Callbacks.UriOf(execution, token);
    }

    /// <summary>What the address can't be guessed without.</summary>
    public string Token { get; }

    public Uri Uri { get; }

    /// <summary>Its place in the order of opening; told by the directory.</summary>
    public long Sequence { get; set; }

    public Run Run => _execution.Run;

    public static PendingCallback Open(ActionExecution execution)
    {
        // Seeded runs have the same address each time, as they have the same ids.
        var token = execution.Run.Chance.NewGuid().ToString("N");
        var pending = new PendingCallback(execution, token);
        execution.RecordSecret(FlowValue.String(token));
        execution.Run.Settings.Callbacks.Add(pending);
        return pending;
    }

    /// <summary>Whether it is of that action, in that repetition where <paramref name="repetition"/> names one: all loops around, outermost first, or the innermost only.</summary>
    public bool IsOf(string action, IReadOnlyList<int> repetition)
    {
        if (!action.Equals(_execution.Plan.Name, StringComparison.OrdinalIgnoreCase)) return false;
        if (repetition.Count == 0) return true;
        var indexes = _execution.RepetitionIndexes();
        var skipped = indexes.Count - repetition.Count;
        return (repetition.Count == 1 || skipped == 0) && skipped >= 0 && !repetition.Where((index, i) => indexes[skipped + i].AsInteger != index).Any();
    }

    /// <summary>Whether the message is the one that counts. What waits for it may go on on the caller's thread. Any thread may ask.</summary>
    public bool TryDeliver(CallbackMessage message)
    {
        ParkedWait<CallbackMessage>? wait;
        lock (_gate)
        {
            if (_closed || _message is not null) return false;
            _message = message;
            wait = _wait;
        }

        // False only where the wait was cancelled at the same moment.
        return wait is null || wait.TryEnd(message);
    }

    public async ValueTask<FlowValue> WaitAsync(CancellationToken cancellation)
    {
        var run = _execution.Run;
        ScheduledCallback? scheduled = null;
        var isScheduled = Early() is null && run.Interceptor?.TryCallBack(_execution, out scheduled) is true;
        ParkedWait<CallbackMessage> wait;
        lock (_gate)
        {
            if (_message is { } early) return OutputsOf(early);
            // A virtual clock tells when nothing can come any more; the real one doesn't.
            if (!isScheduled && !run.Settings.CanBeCalledBack && !run.Clock.IsVirtual) throw NeverComes();
            wait = _wait = new ParkedWait<CallbackMessage>(run.Clock, cancellation);
        }

        using var timer = scheduled is null ? null : new LongTimer(run.Clock.Time, scheduled.After, () => TryDeliver(scheduled.Message));
        using var stall = run.Settings.CanBeCalledBack ? null : run.Clock.WhenStalled(() => wait.TryFail(NeverComes()));
        wait.Park();
        return OutputsOf(await wait.Task);
    }

    /// <summary>The execution is over; nothing is delivered any more.</summary>
    public void Close()
    {
        lock (_gate) _closed = true;
        _execution.Run.Settings.Callbacks.Remove(this);
    }

    private CallbackMessage? Early()
    {
        lock (_gate) return _message;
    }

    private static FlowValue OutputsOf(CallbackMessage message)
    {
        var outputs = new FlowObjectBuilder(3).Add("statusCode", FlowValue.Integer(200));
        RequestTrigger.AddMessage(outputs, new TriggerRequest { Headers = message.Headers, Body = message.Body, HasBody = message.HasBody });
        return outputs.ToValue();
    }

    private CallbackNeverComesException NeverComes() => new(
        $"The action '{_execution.Plan.Name}' waits for a request to its listCallbackUrl(), and nobody will send one. Give the action a mock with 'callback', "
        + "start the run by StartAsync and call it back, or let the wait end with 'limit.timeout'.");
}
