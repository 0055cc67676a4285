using System.Globalization;
using System.Xml;
using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>Makes events of what it sees of a run. Requests report from other threads than the run's loop, hence the lock: events come one at a time.</summary>
/// <param name="time">The run's clock.</param>
/// <param name="receive">Takes each event; be quick, never block.</param>
internal sealed class RunEventObserver(TimeProvider time, Action<RunEvent> receive) : IRunObserver
{
    private readonly Lock _gate = new();
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly Dictionary<string, int> _lastAnswers = new(StringComparer.Ordinal);

    /// <summary>A trigger that started no run.</summary>
    public void OnNotStarted(NotStarted reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        var line = Begin("diagnostic", null).Add("severity", FlowValue.String("error")).Add("statusCode", FlowValue.Integer(reason.StatusCode));
        if (reason.Code is { } code) line.Add("code", FlowValue.String(code));
        Give(line.Add("message", FlowValue.String(reason.Message ?? "The trigger found nothing to do; no run started.")));
    }

    public void OnRunStarted(RunStart run) =>
        Give(Begin("run.started", run.RunId).Add("workflow", FlowValue.String(run.Workflow)).Add("trigger", FlowValue.String(run.Trigger)));

    public void OnActionStarted(ActionRecord action) => Give(BeginAction("action.started", action));

    public void OnActionCompleted(ActionRecord action)
    {
        var line = BeginAction(action.Status == ActionStatus.Skipped ? "action.skipped" : "action.completed", action).Add("code", FlowValue.String(action.Code));
        if (action.Error is { } error) line.Add("error", (error with { Message = action.MaskSecrets(error.Message) }).ToValue());
        lock (_gate) _lastAnswers.Remove(action.RunId + action.Path);
        Give(line);
    }

    public void OnRetry(ActionRecord action, int attempt, TimeSpan delay)
    {
        var line = BeginAction("action.retry", action).Add("attempt", FlowValue.Integer(attempt));
        lock (_gate)
        {
            if (_lastAnswers.TryGetValue(action.RunId + action.Path, out var status)) line.Add("code", FlowValue.Integer(status));
        }

        Give(line.Add("next", FlowValue.String(XmlConvert.ToString(delay))));
    }

    public void OnRepetitionStarted(ActionRecord loop, int index) => Give(Begin("iteration.started", loop.RunId).Add("path", PathOf(loop, index)));

    public void OnRepetitionCompleted(ActionRecord loop, RepetitionRecord repetition)
    {
        ArgumentNullException.ThrowIfNull(repetition);
        Give(Begin("iteration.completed", loop.RunId).Add("path", PathOf(loop, repetition.Index)).Add("status", FlowValue.String(repetition.Status.ToString())));
    }

    public void OnRequest(RequestRecord request) => Give(BeginRequest("http.request", request));

    public void OnResponse(RequestRecord request)
    {
        var line = BeginRequest("http.response", request);
        if (request.StatusCode is { } status)
        {
            line.Add("code", FlowValue.Integer(status));
            lock (_gate) _lastAnswers[request.RunId + request.Path] = status;
        }

        if (request.MaskedError is { } error) line.Add("error", FlowValue.String(error));
        Give(line);
    }

    public void OnRunCompleted(RunResult run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var line = Begin("run.completed", run.RunId).Add("status", FlowValue.String(run.Status.ToString())).Add("code", FlowValue.String(run.Code));
        if (run.Error is { } error) line.Add("error", (error with { Message = run.MaskSecrets(error.Message) }).ToValue());
        Give(line, run);
    }

    private static FlowValue PathOf(ActionRecord loop, int index) => FlowValue.String(string.Create(CultureInfo.InvariantCulture, $"{loop.Path}[{index}]"));

    private FlowObjectBuilder Begin(string type, string? run)
    {
        var now = time.GetUtcNow();
        var line = new FlowObjectBuilder(10)
            .Add("v", FlowValue.Integer(1))
            .Add("t", FlowValue.Float(Math.Round((now - _start).TotalSeconds, 3)))
            .Add("at", FlowValue.String(now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)))
            .Add("type", FlowValue.String(type));
        return run is null ? line : line.Add("run", FlowValue.String(run));
    }

    private FlowObjectBuilder BeginAction(string type, ActionRecord action) => Begin(type, action.RunId)
        .Add("path", FlowValue.String(action.Path))
        .Add("kind", FlowValue.String(action.Type))
        .Add("status", FlowValue.String(action.Status.ToString()));

    private FlowObjectBuilder BeginRequest(string type, RequestRecord request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Begin(type, request.RunId)
            .Add("path", FlowValue.String(request.Path))
            .Add("attempt", FlowValue.Integer(request.Attempt))
            .Add("method", FlowValue.String(request.Method))
            .Add("uri", FlowValue.String(request.MaskedUri));
    }

    private void Give(FlowObjectBuilder line, RunResult? result = null)
    {
        var happened = new RunEvent(line.ToValue()) { Result = result };
        lock (_gate) receive(happened);
    }
}
