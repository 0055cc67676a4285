using System.Globalization;
using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>The child workflows that a run has called: runs of their own, on the same clock, handler and mocks.</summary>
internal sealed class ChildRuns(Run parent)
{
    // Security: a workflow that calls itself through others must end.
    private const int MaxDepth = 10;

    private readonly List<Run> _children = [];

    public async ValueTask<ChildAnswer> CallAsync(ChildCall call, CancellationToken cancellation)
    {
        if (Make(call, out var decision) is { } refused) return refused;
        var child = decision!.Runs[0]; // A call that is not refused has a child.
        if (!child.Plan.HasResponse && parent.Settings.ChildWithoutResponse == ChildWithoutResponse.Accepted)
            return Start(decision) ?? new ChildAnswer(CallerAnswers.Accepted, null);

        // The call's end is the child's until it has answered; from then on it is a run like any other, which only the host ends.
        var tie = cancellation.UnsafeRegister(static run => ((Run)run!).Cancel(), child);
        child.Answering = () =>
        {
            tie.Unregister();
            parent.Clock.EnterWork();
        };
        if (Start(decision) is { } full)
        {
            tie.Unregister();
            return full;
        }

        // Parked: while the child waits, the clock may move; Answering counts this action as busy again.
        parent.Clock.ExitWork();
        var response = await child.Answered;
        cancellation.ThrowIfCancellationRequested();
        return new ChildAnswer(response ?? CallerAnswers.NoResponse(child.Id), null);
    }

    /// <summary>Children go on after they have answered; a run's results are whole once they have ended too.</summary>
    public async Task WhenEndedAsync()
    {
        foreach (var child in _children)
        {
            await child.WhenAllEndedAsync().ConfigureAwait(false);
        }
    }

    // At once or in its turn; an answer where the child's queue is full.
    private ChildAnswer? Start(TriggerDecision decision)
    {
        if (parent.Settings.Queues.Start(decision, child => child.Start(parent.TimeLeft, parent.Outside), parent.Outside) is { } full) return new ChildAnswer(Refusal(full), null);
        _children.Add(decision.Runs[0]);
        return null;
    }

    private ChildAnswer? Make(ChildCall call, out TriggerDecision? decision)
    {
        decision = null;
        if (Find(parent, call.Workflow, out var workflow) is { } refusal) return new ChildAnswer(null, refusal);
        if (workflow!.Plan.Triggers.Any(trigger => trigger.SplitOn is not null))
            return Refused("NestedWorkflowContainsSplitOnTrigger", $"The workflow '{call.Workflow}' splits its trigger ('splitOn'); such a workflow can't be called.");
        if (!workflow.Plan.HasResponse && parent.Settings.ChildWithoutResponse == ChildWithoutResponse.Refused)
            return Refused("NestedWorkflowDoesNotContainResponseAction", $"The workflow '{call.Workflow}' has no Response action; such a workflow can't be called.");
        try
        {
            var parameters = ParameterValues.Resolve(workflow, null, parent.Settings.Parameters);
            var settings = parent.Settings with { Depth = parent.Settings.Depth + 1, Observer = null };
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
