using System.Globalization;
using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>The child workflows that a run has called: runs of their own, on the same clock, handler and mocks.</summary>
internal sealed class ChildRuns(Run parent)
{
    // Security: a workflow that calls itself through others must end.
    private const int MaxDepth = 10;

    private readonly Lock _gate = new();
    private readonly HashSet<Task> _open = [];

    public async ValueTask<ChildAnswer> CallAsync(ChildCall call, CancellationToken cancellation)
    {
        if (Make(call, out var decision, out var isAwaited) is { } refused) return refused;
        if (!isAwaited) return Start(decision!) ?? new ChildAnswer(CallerAnswers.Accepted, null); // A call that is not refused has a child.
        var child = decision!.Runs[0];

        // The call's end is the child's until it has answered; from then on it is a run like any other, which only the host ends.
        var tie = cancellation.UnsafeRegister(static run => ((Run)run!).Cancel(), child);
        child.Answering = () =>
        {
            tie.Unregister();
            parent.Clock.EnterWork();
        };
        if (Start(decision) is { } notStarted)
        {
            tie.Unregister();
            return notStarted;
        }

        // Parked: while the child waits, the clock may move; Answering counts this action as busy again.
        parent.Clock.ExitWork();
        var response = await child.Answered;
        cancellation.ThrowIfCancellationRequested();
        return new ChildAnswer(response ?? CallerAnswers.NoResponse(child.Id), null);
    }

    /// <summary>Children go on after they have answered; a run's results are whole once they have ended too. Ask once the run itself has ended.</summary>
    public Task WhenEndedAsync()
    {
        lock (_gate) return Task.WhenAll(_open);
    }

    // At once or in its turn; an answer where its queue does not take the child.
    private ChildAnswer? Start(TriggerDecision decision)
    {
        if (parent.Settings.Queues.Start(decision, child => child.Start(parent.Deadline, parent.Outside), parent.Outside) is { } notStarted)
            return notStarted is { Code: RunQueues.Deadlock, Message: { } message } ? Refused(RunQueues.Deadlock, message) : new ChildAnswer(Refusal(notStarted), null);
        Keep(decision.Runs[0].WhenAllEndedAsync());
        return null;
    }

    // Nobody asks for a child that has ended well: a loop may call any number. One that came to grief is told with the run's end.
    private void Keep(Task child)
    {
        if (child.IsCompletedSuccessfully) return;
        lock (_gate) _open.Add(child);
        child.ContinueWith(
            static (ended, children) => ((ChildRuns)children!).Forget(ended), this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously | TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }

    private void Forget(Task child)
    {
        lock (_gate) _open.Remove(child);
    }

    private ChildAnswer? Make(ChildCall call, out TriggerDecision? decision, out bool isAwaited)
    {
        decision = null;
        isAwaited = true;
        if (Find(parent, call.Workflow, out var workflow) is { } refusal) return new ChildAnswer(null, refusal);
        if (workflow!.Plan.Triggers.Any(trigger => trigger.SplitOn is not null))
            return Refused("NestedWorkflowContainsSplitOnTrigger", $"The workflow '{call.Workflow}' splits its trigger ('splitOn'); such a workflow can't be called.");
        if (!workflow.Plan.HasResponse && parent.Settings.ChildWithoutResponse == ChildWithoutResponse.Refused)
            return Refused("NestedWorkflowDoesNotContainResponseAction", $"The workflow '{call.Workflow}' has no Response action; such a workflow can't be called.");
        try
        {
            var parameters = ParameterValues.Resolve(workflow, null, parent.Settings.Parameters);
            isAwaited = workflow.Plan.HasResponse || parent.Settings.ChildWithoutResponse != ChildWithoutResponse.Accepted;
            var settings = parent.Settings.Below(parent) with { Caller = isAwaited ? parent : null };
            decision = new TriggerDispatcher(workflow, parameters, settings, CallerKind.Workflow).Fire(RequestOf(call), call.Trigger);
            return decision.NotStarted is { } reason ? new ChildAnswer(Refusal(reason), null) : null;
        }
        catch (InvalidInputException e)
        {
            return Refused(ActionCodes.BadRequest, $"The workflow '{call.Workflow}' was not started: {e.Message}");
        }
    }

    /// <summary>Finds a workflow that a run calls or sends messages to.</summary>
    /// <returns>Why it can't be called; null where <paramref name="workflow"/> is found.</returns>
    public static ActionError? Find(Run caller, string name, out Workflow? workflow)
    {
        workflow = null;
        if (caller.Settings.Depth >= MaxDepth)
            return new ActionError("NestedWorkflowDepthExceeded", string.Create(CultureInfo.InvariantCulture, $"Workflows call each other more than {MaxDepth} deep; the workflow '{name}' was not started."));
        try
        {
            workflow = (caller.Settings.Workflows ?? caller.Workflow.Catalog)?.Find(name);
        }
        catch (DefinitionException e)
        {
            return new ActionError(ActionCodes.InvalidTemplate, $"The workflow '{name}' has errors: {e.Message}");
        }

        if (workflow is null) return new ActionError("NestedWorkflowNotFound", $"The workflow '{name}' is not found.");
        return workflow.Identity == caller.Workflow.Identity ? new ActionError("WorkflowSelfReference", $"The workflow '{name}' calls itself.") : null;
    }

    private TriggerRequest RequestOf(ChildCall call)
    {
        var headers = new List<KeyValuePair<string, string>> { new("x-ms-client-tracking-id", parent.ClientTrackingId) };
        if (call.Headers.AsObjectOrNull is { } given)
        {
            foreach (var (name, value) in given) headers.Add(new(name, value.AsStringOrNull ?? value.ToJson()));
        }

        return new TriggerRequest { Headers = headers, Body = call.Body, HasBody = call.HasBody };
    }

    private static ChildAnswer Refused(string code, string message) => new(null, new ActionError(code, message));

    private static WorkflowResponse Refusal(NotStarted reason) => reason.Code is null
        ? CallerAnswers.Accepted with { StatusCode = reason.StatusCode }
        : CallerAnswers.Error(reason.StatusCode, reason.Code, reason.Message ?? string.Empty);
}
