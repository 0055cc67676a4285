using FlowEngine.Actions;
using Serilog;
using Serilog.Events;

namespace FlowEngine;

/// <summary>Writes a run to Serilog: run id and action path as properties, no payloads.</summary>
internal sealed class LogObserver(ILogger logger) : IRunObserver
{
    public void OnRunStarted(RunStart run) =>
        logger.ForContext("RunId", run.RunId).Information("Run {RunId} of {Workflow} started by {Trigger}", run.RunId, run.Workflow, run.Trigger);

    public void OnActionCompleted(ActionRecord action)
    {
        var level = action.Status is ActionStatus.Failed or ActionStatus.TimedOut ? LogEventLevel.Warning : LogEventLevel.Debug;
        if (!logger.IsEnabled(level)) return;
        logger.ForContext("RunId", action.Execution.Run.Id).Write(
            level, "Action {ActionPath} of type {ActionType} ended {Status} with code {Code} after {Duration}", action.Path, action.Type, action.Status, action.Code, action.EndTime - action.StartTime);
    }

    public void OnRetry(ActionRecord action, int attempt, TimeSpan delay) =>
        logger.ForContext("RunId", action.Execution.Run.Id).Warning("Action {ActionPath}: attempt {Attempt} failed, next in {Delay}", action.Path, attempt, delay);

    public void OnRunCompleted(RunResult run)
    {
        ArgumentNullException.ThrowIfNull(run);
        logger.ForContext("RunId", run.RunId).Information("Run {RunId} of {Workflow} ended {Status} after {Duration}", run.RunId, run.Workflow.Name, run.Status, run.EndTime - run.StartTime);
    }
}
