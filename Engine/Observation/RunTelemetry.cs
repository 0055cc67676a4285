using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>Spans and measurements of runs (docs/logging.md). Made for a firing only where somebody listens; otherwise nothing of it runs.</summary>
/// <remarks>Spans are tied by their ids, not by what is current: the loop of a run goes on on many threads. Attributes hold names, codes and masked addresses, never a value.</remarks>
internal sealed class RunTelemetry : IRunObserver
{
    private static readonly string? Version = typeof(RunTelemetry).Assembly.GetName().Version?.ToString(3);
    private static readonly ActivitySource Source = new(WorkflowEngine.TelemetryName, Version);
    private static readonly Meter Meter = new(WorkflowEngine.TelemetryName, Version);
    private static readonly UpDownCounter<long> ActiveRuns = Meter.CreateUpDownCounter<long>("flowengine.run.active", "{run}", "Runs under way.");
    private static readonly Histogram<double> RunDuration = Meter.CreateHistogram<double>("flowengine.run.duration", "s", "How long runs took, on their clock.");
    private static readonly Histogram<double> ActionDuration = Meter.CreateHistogram<double>("flowengine.action.duration", "s", "How long actions took, on their run's clock.");
    private static readonly Histogram<double> RequestDuration = Meter.CreateHistogram<double>("flowengine.http.request.duration", "s", "How long requests of actions took until their headers came.");

    private readonly ConcurrentDictionary<string, Activity> _runs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ActionRecord, Activity> _actions = new();
    private readonly ActivityContext _parent;

    private RunTelemetry(ActivityContext parent) => _parent = parent;

    /// <summary>One for a firing; null where nobody listens.</summary>
    public static RunTelemetry? Create() => TelemetrySwitch.IsOn ? CreateIfHeard() : null;

    private static RunTelemetry? CreateIfHeard() =>
        Source.HasListeners() || RunDuration.Enabled || ActionDuration.Enabled || ActiveRuns.Enabled || RequestDuration.Enabled ? new RunTelemetry(Activity.Current?.Context ?? default) : null;

    /// <summary>One for a child run: its span belongs to that of the run that calls it.</summary>
    public RunTelemetry OfChild(string parentRun) => new(_runs.TryGetValue(parentRun, out var run) ? run.Context : _parent);

    public void OnRunStarted(RunStart run)
    {
        ActiveRuns.Add(1);
        if (Start($"run {run.Workflow}", ActivityKind.Internal, _parent) is not { } span) return;
        span.SetTag("flowengine.run.id", run.RunId).SetTag("flowengine.workflow.name", run.Workflow).SetTag("flowengine.trigger.name", run.Trigger).SetTag("flowengine.correlation_id", run.CorrelationId);
        _runs[run.RunId] = span;
    }

    public void OnActionStarted(ActionRecord action)
    {
        if (Start($"action {action.Name}", ActivityKind.Internal, _runs.TryGetValue(action.RunId, out var run) ? run.Context : _parent) is not { } span) return;
        span.SetTag("flowengine.run.id", action.RunId).SetTag("flowengine.action.path", action.Path).SetTag("flowengine.action.type", action.Type);
        _actions[action] = span;
    }

    public void OnActionCompleted(ActionRecord action)
    {
        if (ActionDuration.Enabled)
        {
            ActionDuration.Record(
                (action.EndTime - action.StartTime).TotalSeconds,
                new("flowengine.workflow.name", action.Execution.Run.Workflow.Name),
                new("flowengine.action.type", action.Type),
                new("flowengine.action.status", action.Status.ToString()));
        }

        if (!_actions.TryRemove(action, out var span)) return;
        span.SetTag("flowengine.action.status", action.Status.ToString()).SetTag("flowengine.action.code", action.Code);
        if (action.RetryHistory.Count > 0) span.SetTag("flowengine.action.attempts", action.RetryHistory.Count + 1);
        End(span, action.Status, action.Error?.Code ?? action.Code);
    }

    public void OnRetry(ActionRecord action, int attempt, TimeSpan delay)
    {
        if (_actions.TryGetValue(action, out var span)) span.AddEvent(new ActivityEvent("retry", tags: new ActivityTagsCollection { ["flowengine.action.attempt"] = attempt, ["flowengine.retry.delay"] = delay.TotalSeconds }));
    }

    public void OnRunCompleted(RunResult run)
    {
        ArgumentNullException.ThrowIfNull(run);
        ActiveRuns.Add(-1);
        if (RunDuration.Enabled)
            RunDuration.Record((run.EndTime - run.StartTime).TotalSeconds, new KeyValuePair<string, object?>("flowengine.workflow.name", run.Workflow.Name), new("flowengine.run.status", run.Status.ToString()));
        if (!_runs.TryRemove(run.RunId, out var span)) return;
        span.SetTag("flowengine.run.status", run.Status.ToString()).SetTag("flowengine.run.code", run.Code);
        End(span, run.Status, run.Error?.Code ?? run.Code);
    }

    /// <summary>Sends a request within a span of its own, whose context goes with it (<c>traceparent</c>).</summary>
    public async Task<HttpResponseMessage> SendAsync(ActionExecution execution, RequestRecord record, HttpRequestMessage request, Func<Task<HttpResponseMessage>> send)
    {
        var started = Stopwatch.GetTimestamp();
        var parent = _actions.TryGetValue(new ActionRecord(execution), out var action) ? action.Context : _runs.TryGetValue(execution.Run.Id, out var run) ? run.Context : _parent;
        using var span = Source.StartActivity(record.Method, ActivityKind.Client, parent);
        var address = request.RequestUri!; // A record of it is made only where there is one.
        span?.SetTag("http.request.method", record.Method).SetTag("url.full", ShownAddress.Of(record)).SetTag("server.address", address.Host).SetTag("server.port", address.Port);
        if (record.Attempt > 1) span?.SetTag("http.request.resend_count", record.Attempt - 1);
        DistributedContextPropagator.Current.Inject(span ?? Activity.Current, request, static (carrier, name, value) =>
        {
            var headers = ((HttpRequestMessage)carrier!).Headers; // What is given two lines above.
            if (!headers.Contains(name)) headers.Add(name, value);
        });
        int? status = null;
        string? failure = null;
        try
        {
            var response = await send().ConfigureAwait(false);
            status = (int)response.StatusCode;
            span?.SetTag("http.response.status_code", status);
            if (status >= 400) failure = status.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return response;
        }
        catch (Exception e)
        {
            failure = e.GetType().FullName;
            throw;
        }
        finally
        {
            if (failure is not null) span?.SetTag("error.type", failure).SetStatus(ActivityStatusCode.Error);
            if (RequestDuration.Enabled)
            {
                RequestDuration.Record(
                    Stopwatch.GetElapsedTime(started).TotalSeconds,
                    new("http.request.method", record.Method),
                    new("server.address", address.Host),
                    new(failure is null || status is not null ? "http.response.status_code" : "error.type", status is not null ? status : failure));
            }
        }
    }

    // Starting a span makes it the current one; the caller's must stay.
    private static Activity? Start(string name, ActivityKind kind, ActivityContext parent)
    {
        var current = Activity.Current;
        var span = Source.StartActivity(name, kind, parent);
        Activity.Current = current;
        return span;
    }

    private static void End(Activity span, ActionStatus status, string code)
    {
        if (status is ActionStatus.Failed or ActionStatus.TimedOut) span.SetTag("error.type", code).SetStatus(ActivityStatusCode.Error);
        var current = Activity.Current;
        span.Dispose();
        Activity.Current = current;
    }
}
