using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>Runs actions and branches of one run, on its loop: straight through while nothing suspends, by counters once something has.</summary>
internal sealed class RunScheduler(Run run)
{
    /// <summary>Runs a branch to its end and gives its status.</summary>
    public ValueTask<ActionStatus> RunBranchAsync(PlannedBranch branch, Frame frame, CancellationToken cancellation)
    {
        // Topological order alone satisfies runAfter while nothing suspends: no counters, no queue.
        var actions = branch.Actions;
        for (var i = 0; i < actions.Length; i++)
        {
            var pending = ExecuteAsync(actions[i], frame, cancellation);
            if (!pending.IsCompletedSuccessfully) return new BranchProgress(this, branch, frame, cancellation).ResumeAsync(i, pending);
        }

        return new(StatusOf(branch, frame));
    }

    /// <summary>Runs a loop's branch in a frame of its own and keeps the repetition's status.</summary>
    public ValueTask<ActionStatus> RunRepetitionAsync(ActionExecution loop, PlannedBranch branch, Frame repetition, CancellationToken cancellation)
    {
        run.Observer?.OnRepetitionStarted(new ActionRecord(loop), repetition.Index);
        var pending = RunBranchAsync(branch, repetition, cancellation);
        return pending.IsCompletedSuccessfully ? new(EndRepetition(loop, repetition, pending.Result)) : AwaitRepetitionAsync(loop, repetition, pending);
    }

    // No local function: what that holds on to would be an object a repetition, a seventh of what a loop allocates.
    private async ValueTask<ActionStatus> AwaitRepetitionAsync(ActionExecution loop, Frame repetition, ValueTask<ActionStatus> pending) => EndRepetition(loop, repetition, await pending);

    private ActionStatus EndRepetition(ActionExecution loop, Frame repetition, ActionStatus status)
    {
        repetition.Status = status;
        repetition.EndTicks = run.BoundaryTicks();
        loop.EndRepetition(repetition);
        run.Observer?.OnRepetitionCompleted(new ActionRecord(loop), new RepetitionRecord(loop, repetition));
        return status;
    }

    public ActionStatus StatusOf(PlannedBranch branch, Frame frame) => run.IsEnding ? ActionStatus.Cancelled : LeafRule.StatusOf(branch, frame);

    /// <summary>Runs one action whose predecessors have all ended; completed when its outcome is recorded.</summary>
    public ValueTask ExecuteAsync(PlannedAction action, Frame frame, CancellationToken cancellation)
    {
        run.TakeEndFromOutside();
        if (run.EndingCode is { } code)
        {
            SkipUnstarted(action, frame, code);
            return default;
        }

        foreach (var predecessor in action.Predecessors)
        {
            var status = frame.Slots[predecessor.Action.Slot]!.CountsAs; // It has ended: the order and the counters see to that.
            if (predecessor.Accepts(status)) continue;
            Skip(
                action,
                frame,
                ActionCodes.ActionConditionFailed,
                $"The execution of template action '{action.Name}' is skipped: the 'runAfter' condition for action '{predecessor.Action.Name}' is not satisfied. " +
                $"Expected status values '{predecessor.Written}' and actual value '{status}'.");
            return default;
        }

        return RunAsync(action, frame, cancellation);
    }

    /// <summary>Records an action as Skipped, and everything nested in it with its own message.</summary>
    public void Skip(PlannedAction action, Frame frame, string errorCode, string message) => Skip(action, frame, new ActionError(errorCode, message));

    /// <summary>The same for an error that is there.</summary>
    public void Skip(PlannedAction action, Frame frame, ActionError error) =>
        End(action, frame, new ActionOutcome(ActionStatus.Skipped, ActionCodes.ActionSkipped, default, false, error));

    /// <summary>Records an outcome for an action that never ran; what is nested in it is Skipped because of it.</summary>
    public void End(PlannedAction action, Frame frame, in ActionOutcome outcome)
    {
        var execution = RecordUnstarted(action, frame, outcome);
        if (!action.IsContainer) return;
        var inner = action.Repetition is null ? frame : execution.UnrunFrame();
        foreach (var branch in action.Branches)
        {
            foreach (var child in branch.Written) Skip(child, inner, ActionCodes.ActionDependencyFailed, DependencyFailed.MessageFor(child.Name, action.Name, outcome.Status, outcome.Code));
        }
    }

    // The run ended first: no error, the same code all the way down.
    private void SkipUnstarted(PlannedAction action, Frame frame, string code)
    {
        SkipNested(RecordUnstarted(action, frame, new ActionOutcome(ActionStatus.Skipped, code, default, false, null)), code);
    }

    // In place of its execution: of a container nothing inside has run.
    private void Answer(ActionExecution execution, in ActionOutcome outcome)
    {
        SkipNested(execution, ActionCodes.ActionSkipped);
        Complete(execution, outcome);
    }

    private void SkipNested(ActionExecution execution, string code)
    {
        if (!execution.Plan.IsContainer) return;
        var inner = execution.Plan.Repetition is null ? execution.Frame : execution.UnrunFrame();
        foreach (var branch in execution.Plan.Branches)
        {
            foreach (var child in branch.Written) SkipUnstarted(child, inner, code);
        }
    }

    private ActionExecution RecordUnstarted(PlannedAction action, Frame frame, in ActionOutcome outcome)
    {
        var now = run.BoundaryTicks();
        var execution = new ActionExecution(action, frame, now);
        frame.Slots[action.Slot] = execution;
        execution.Complete(outcome, now);
        run.Observer?.OnActionCompleted(new ActionRecord(execution));
        return execution;
    }

    private ValueTask RunAsync(PlannedAction action, Frame frame, CancellationToken cancellation)
    {
        var execution = new ActionExecution(action, frame, run.BoundaryTicks());
        frame.Slots[action.Slot] = execution;
        run.Observer?.OnActionStarted(new ActionRecord(execution));
        if (action.Executor.Inputs is { } inputs)
        {
            try
            {
                execution.SetInputs(execution.Evaluate(inputs));
            }
            catch (Exception failure) when (ExpressionFailures.IsFailure(failure))
            {
                Complete(execution, ExpressionFailures.InInputs(action.Name, failure));
                return default;
            }
        }

        if (action.StaticResult is { } fixedOutcome)
        {
            Answer(execution, fixedOutcome);
            return default;
        }

        if (run.Interceptor is { } interceptor)
        {
            var isIntercepted = interceptor.TryIntercept(execution, out var intercepted, out var delay);
            if (delay > TimeSpan.Zero && !action.IsContainer) return StartAsync(execution, cancellation, new Interception(delay, isIntercepted ? intercepted : null));
            if (isIntercepted)
            {
                Answer(execution, intercepted);
                return default;
            }
        }

        return StartAsync(execution, cancellation);
    }

    private ValueTask StartAsync(ActionExecution execution, CancellationToken cancellation, Interception? interception = null)
    {
        var action = execution.Plan;
        var limit = LimitOf(execution, cancellation, out var fault);
        if (fault is { } refused)
        {
            Complete(execution, refused);
            return default;
        }

        if (limit is not null) execution.SetLimit(limit);
        // A leaf under way keeps virtual time still, unless it is parked in a wait; a container is only as busy as what it contains.
        if (!action.IsContainer) run.Clock.EnterWork();
        ActionOutcome outcome;
        try
        {
            var token = limit?.Token ?? cancellation;
            var pending = interception is null ? action.Executor.ExecuteAsync(execution, token) : interception.ExecuteAsync(execution, token);
            if (!pending.IsCompletedSuccessfully) return AwaitAsync(execution, pending, limit, cancellation);
            outcome = pending.Result;
        }
        catch (Exception failure)
        {
            outcome = OutcomeOf(execution, failure, limit, cancellation);
        }

        Leave(execution, limit);
        Complete(execution, outcome);
        return default;
    }

    private ActionLimit? LimitOf(ActionExecution execution, CancellationToken cancellation, out ActionOutcome? fault)
    {
        fault = null;
        var action = execution.Plan;
        if (action.IsContainer) return null;
        if (action.TimeLimit is not { } expression)
            return action.Definition.Timeout is { } timeout ? new ActionLimit(timeout, action.Definition.Raw["limit"]["timeout"].AsString, run.Clock.Time, cancellation) : null;
        try
        {
            var written = execution.Evaluate(expression);
            if (IsoDuration.TryParse(written.AsStringOrNull, out var evaluated)) return new ActionLimit(evaluated, written.AsString, run.Clock.Time, cancellation);
            fault = ActionOutcome.Failed(
                "WorkflowRunActionTimeoutLimitInvalid",
                $"The timeout '{written.AsStringOrNull ?? written.ToJson()}' of action '{action.Name}' is not valid: a duration in ISO 8601 format such as 'PT1H' was expected.");
        }
        catch (Exception failure) when (ExpressionFailures.IsFailure(failure))
        {
            fault = ExpressionFailures.ForAction(action.Name, failure, run.PositionOf(action));
        }

        return null;
    }

    private async ValueTask AwaitAsync(ActionExecution execution, ValueTask<ActionOutcome> pending, ActionLimit? limit, CancellationToken cancellation)
    {
        ActionOutcome outcome;
        try
        {
            outcome = await pending;
        }
        catch (Exception failure)
        {
            outcome = OutcomeOf(execution, failure, limit, cancellation);
        }

        Leave(execution, limit);
        Complete(execution, outcome);
    }

    private void Leave(ActionExecution execution, ActionLimit? limit)
    {
        limit?.Dispose();
        if (execution.Plan.IsContainer) return;
        run.Clock.Pass();
        run.Clock.ExitWork();
    }

    private ActionOutcome OutcomeOf(ActionExecution execution, Exception failure, ActionLimit? limit, CancellationToken cancellation)
    {
        var name = execution.Plan.Name;
        if (ExpressionFailures.IsFailure(failure)) return ExpressionFailures.ForAction(name, failure, run.PositionOf(execution.Plan));
        if (failure is OperationCanceledException)
        {
            if (cancellation.IsCancellationRequested || run.IsEnding) return new ActionOutcome(ActionStatus.Cancelled, run.EndingCode ?? ActionCodes.ActionCancelled, default, false, null);
            if (limit is { HasPassed: true })
            {
                return new ActionOutcome(
                    ActionStatus.TimedOut,
                    ActionCodes.ActionTimedOut,
                    default,
                    false,
                    new ActionError(ActionCodes.ActionTimedOut, $"The execution of template action '{name}' timed out: its limit of '{limit.Written}' has passed."));
            }
        }

        // A defect of the executor, or of a host's own action: named, never lost.
        return ActionOutcome.Failed(ActionCodes.InternalServerError, $"The execution of template action '{name}' failed: {failure.GetType().Name}: {failure.Message}");
    }

    private void Complete(ActionExecution execution, ActionOutcome outcome)
    {
        // The last action of a run that was cancelled: no other will take up why it ended.
        if (outcome.Status == ActionStatus.Cancelled) run.TakeEndFromOutside();
        if (outcome.Status == ActionStatus.Cancelled && run.EndingCode is { } code) outcome = outcome with { Code = code };
        if ((long)execution.RecordedInputs.Size + outcome.Outputs.Size > run.Settings.Limits.MaxActionBytes && !ActionSize.IsInChunks(execution.Action))
        {
            outcome = ActionSize.Exceeded(execution, outcome, run.Settings.Limits.MaxActionBytes);
            if (execution.RecordedInputs.Size > run.Settings.Limits.MaxActionBytes) execution.ForgetInputs();
        }

        // A template that failed shows neither inputs nor outputs.
        if (outcome is { Status: ActionStatus.Failed, Error.Code: ActionCodes.InvalidTemplate, HasOutputs: false }) execution.ForgetInputs();
        execution.Complete(outcome, run.BoundaryTicks());
        if (execution.Plan.TrackedProperties is { } tracked) Track(execution, tracked);
        var isStreamed = run.Settings.History == RunHistory.Streamed;
        // What is let go later, and what nobody but the parent masks, must be known as a secret still.
        if (isStreamed || run.IsChild) LearnSecrets(execution);
        run.Observer?.OnActionCompleted(new ActionRecord(execution));
        // The items of a loop are as many as its repetitions.
        if (isStreamed && execution.Plan is { Repetition: not null, IsReadAfterwards: false }) execution.ForgetInputs();
        run.EndIfRequested();
    }

    private void LearnSecrets(ActionExecution execution)
    {
        var secured = execution.Plan.Secured;
        if (secured.HasFlag(SecuredParts.Inputs)) run.Learned.Add(execution.RecordedInputs);
        if (secured.HasFlag(SecuredParts.Outputs)) run.Learned.Add(execution.Outputs);
    }

    private static void Track(ActionExecution execution, Expression tracked)
    {
        try
        {
            execution.SetTrackedProperties(tracked.Evaluate(execution.Evaluation));
        }
        catch (ExpressionException failure)
        {
            // Recorded without changing the status (assumed; runtime reference, 6.2).
            execution.SetTrackedProperties(FlowValue.Object(("error", FlowValue.Object(
                ("code", FlowValue.String("TrackedPropertiesEvaluationFailed")), ("message", FlowValue.String(failure.Message))))));
        }
    }
}
