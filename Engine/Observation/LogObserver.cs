using FlowEngine.Actions;
using Serilog;
using Serilog.Events;

namespace FlowEngine;

/// <summary>Writes runs to a log. Which event has which level, and which properties: docs/logging.md.</summary>
/// <remarks>An action that failed is a warning, because the flow may handle it; an error is only what ended a run badly. Values stand at Verbose alone, masked, secured ones never.</remarks>
/// <param name="logger">Where to.</param>
/// <param name="refresh">Called when a run begins: takes over what the host has changed about its levels.</param>
internal sealed class LogObserver(ILogger logger, Action? refresh = null) : IRunObserver
{
    /// <summary>Whether nobody hears it now.</summary>
    public bool IsSilent
    {
        get
        {
            refresh?.Invoke();
            return !logger.IsEnabled(LogEventLevel.Error);
        }
    }

    public void OnRunStarted(RunStart run)
    {
        if (!logger.IsEnabled(LogEventLevel.Information)) return;
        logger.ForContext("CorrelationId", run.CorrelationId).Information("Run {RunId} of {Workflow} started by {Trigger}", run.RunId, run.Workflow, run.Trigger);
    }

    public void OnActionStarted(ActionRecord action)
    {
        if (logger.IsEnabled(LogEventLevel.Verbose)) Of(action).Verbose("Action {ActionPath} of type {ActionType} started", action.Path, action.Type);
    }

    public void OnActionCompleted(ActionRecord action)
    {
        var level = action.Status is ActionStatus.Failed or ActionStatus.TimedOut ? LogEventLevel.Warning : LogEventLevel.Debug;
        if (!logger.IsEnabled(level)) return;
        var log = Of(action).ForContext("Attempt", action.RetryHistory.Count + 1);
        if (LogText.Tracked(action) is { } tracked) log = log.ForContext("TrackedProperties", tracked, destructureObjects: true);
        var duration = (action.EndTime - action.StartTime).TotalMilliseconds;
        if (action.Error is { } error && level == LogEventLevel.Warning)
        {
            log.ForContext("ErrorCode", error.Code).Warning(
                "Action {ActionPath} of type {ActionType} ended {Status} with code {Code} after {Duration} ms: {Error} ({Location})",
                action.Path, action.Type, action.Status.ToString(), action.Code, duration, LogText.Clean(action.MaskSecrets(error.Message)), LogText.Place(action));
        }
        else
        {
            if (level == LogEventLevel.Warning) log = log.ForContext("Location", LogText.Place(action));
            log.Write(level, "Action {ActionPath} of type {ActionType} ended {Status} with code {Code} after {Duration} ms", action.Path, action.Type, action.Status.ToString(), action.Code, duration);
        }

        if (logger.IsEnabled(LogEventLevel.Verbose)) WriteValues(action);
    }

    public void OnRetry(ActionRecord action, int attempt, TimeSpan delay)
    {
        if (logger.IsEnabled(LogEventLevel.Warning)) Of(action).Warning("Action {ActionPath}: attempt {Attempt} failed, the next follows in {Delay} ms", action.Path, attempt, delay.TotalMilliseconds);
    }

    public void OnResponse(RequestRecord request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!logger.IsEnabled(LogEventLevel.Debug)) return;
        var log = logger.ForContext("RunId", request.RunId).ForContext("ActionPath", request.Path).ForContext("Attempt", request.Attempt);
        if (request.MaskedError is { } error) log.Debug("{Method} {Uri} got no answer: {Error}", request.Method, LogText.Clean(ShownAddress.Of(request)), LogText.Clean(error));
        else log.Debug("{Method} {Uri} was answered {StatusCode}", request.Method, LogText.Clean(ShownAddress.Of(request)), request.StatusCode);
    }

    public void OnRunCompleted(RunResult run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var level = run.Status switch
        {
            ActionStatus.Failed or ActionStatus.TimedOut => LogEventLevel.Error,
            ActionStatus.Cancelled => LogEventLevel.Warning,
            _ => LogEventLevel.Information,
        };
        if (!logger.IsEnabled(level)) return;
        var log = logger.ForContext("CorrelationId", run.CorrelationId);
        var duration = (run.EndTime - run.StartTime).TotalMilliseconds;
        if (run.Error is null)
        {
            log.Write(level, "Run {RunId} of {Workflow} ended {Status} with code {Code} after {Duration} ms", run.RunId, run.Workflow.Name, run.Status.ToString(), run.Code, duration);
            return;
        }

        // Who has only this line must find the place.
        var cause = run.FirstFailure;
        var error = cause is { Error: null } silent ? LogText.Without(silent) : cause?.Error ?? run.Error;
        log = log.ForContext("ErrorCode", error.Code);
        var why = LogText.Clean(run.MaskSecrets(error.Message));
        if (cause is not { } action)
        {
            log.Write(level, "Run {RunId} of {Workflow} ended {Status} with code {Code} after {Duration} ms: {Error}", run.RunId, run.Workflow.Name, run.Status.ToString(), run.Code, duration, why);
            return;
        }

        if (LogText.Iteration(action) is { } iteration) log = log.ForContext("Iteration", iteration);
        log.Write(
            level,
            "Run {RunId} of {Workflow} ended {Status} with code {Code} after {Duration} ms: {ActionPath}: {Error} ({Location})",
            run.RunId, run.Workflow.Name, run.Status.ToString(), run.Code, duration, action.Path, why, LogText.Place(action));
    }

    private ILogger Of(ActionRecord action)
    {
        var log = logger.ForContext("RunId", action.RunId).ForContext("Workflow", action.Execution.Run.Workflow.Name).ForContext("CorrelationId", action.Execution.Run.ClientTrackingId);
        return LogText.Iteration(action) is { } iteration ? log.ForContext("Iteration", iteration) : log;
    }

    private void WriteValues(ActionRecord action)
    {
        var secured = action.Execution.Plan.Secured;
        if (action.HasInputs && !secured.HasFlag(SecuredParts.Inputs)) Of(action).Verbose("Action {ActionPath} had inputs {Inputs}", action.Path, LogText.Value(action, action.Inputs));
        if (action.HasOutputs && !secured.HasFlag(SecuredParts.Outputs)) Of(action).Verbose("Action {ActionPath} had outputs {Outputs}", action.Path, LogText.Value(action, action.Outputs));
    }
}
