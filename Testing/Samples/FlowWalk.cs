using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>Walks through a flow with made-up data, nothing of it leaving the process, and tells which of its actions are reached.</summary>
/// <remarks>
/// The first run has the data of <c>flow run --auto-mock</c>. Further ones have other values for what the flow compares, then nothing where it asks for nothing,
/// and then each a call that fails, as long as that may reach what runs after failures. Time is virtual.
/// </remarks>
public sealed class FlowWalk
{
    private const int MostFailures = 24;

    private readonly Workflow _workflow;
    private readonly SampleData _data;
    private readonly DateTimeOffset _now;
    private readonly FlowIndex _index;
    private readonly Dictionary<string, ActionStatus> _first = new(StringComparer.OrdinalIgnoreCase);
    // With which data each was reached at first.
    private readonly Dictionary<string, int> _reached = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, FlowWalkFailure> _failures = new(StringComparer.OrdinalIgnoreCase);
    private string? _notStarted;

    private FlowWalk(Workflow workflow, SampleData data, DateTimeOffset now)
    {
        _workflow = workflow;
        _data = data;
        _now = now;
        _index = new FlowIndex(workflow.Document.Definition!); // A compiled workflow has one.
    }

    /// <summary>Walks through a flow.</summary>
    /// <param name="workflow">The flow.</param>
    /// <param name="now">The clock at the start of each run.</param>
    /// <param name="cancellation">Ends the run under way; the walk then throws.</param>
    public static async Task<FlowWalkResult> RunAsync(Workflow workflow, DateTimeOffset now, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        var walk = new FlowWalk(workflow, SampleData.Of(workflow.Document.Definition!), now);
        var engine = WorkflowEngine.Create();
        await using (engine.ConfigureAwait(false)) return await walk.RunAsync(engine, cancellation).ConfigureAwait(false);
    }

    private async Task<FlowWalkResult> RunAsync(WorkflowEngine engine, CancellationToken cancellation)
    {
        var status = await PassAsync(engine, 0, null, cancellation).ConfigureAwait(false);
        var total = _index.All.Length;
        var first = _reached.Count;
        var runs = 1;
        for (var variation = 1; variation < _data.Variations && _reached.Count < total; variation++, runs++)
            await PassAsync(engine, variation, null, cancellation).ConfigureAwait(false);
        var tried = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (tried.Count < MostFailures && NextToFail(tried) is { } failing)
        {
            tried.Add(failing);
            runs++;
            await PassAsync(engine, _reached[failing], failing, cancellation).ConfigureAwait(false);
        }

        return new FlowWalkResult
        {
            Status = status,
            NotStarted = _notStarted,
            Runs = runs,
            ReachedAtFirst = first,
            Actions = [.. _index.All.Select(node => new FlowWalkAction(node.Action.Name, node.Action.Type, node.Action.Path, StateOf(node, []), _failures.GetValueOrDefault(node.Action.Name)))],
        };
    }

    private async Task<ActionStatus?> PassAsync(WorkflowEngine engine, int variation, string? failing, CancellationToken cancellation)
    {
        var isFirst = variation == 0 && failing is null;
        var data = _data.With(variation);
        var definition = _workflow.Document.Definition!;
        var time = new VirtualTimeProvider(_now);
        using var http = new MockHttpHandler(MockSet.Empty, time);
        var interceptor = new AutoMockInterceptor(definition, failing is null ? null : new FailingCall(failing), answersHttp: true, data);
        var trigger = definition.Triggers.Count > 0 ? definition.Triggers[0] : null;
        var options = new RunOptions
        {
            Trigger = trigger?.Name,
            Parameters = SampleConnections.Over(data.Parameters(FlowObject.Empty, _workflow), _workflow),
            Time = time,
            Seed = 1,
            Timeout = TimeSpan.FromDays(3650),
            HttpHandler = http,
            Interceptor = interceptor,
            Observer = new Collector(this, variation, isFirst),
        };
        FireResult result;
        try
        {
            result = await engine.FireAsync(_workflow, trigger is null ? TriggerRequest.Empty : data.Trigger(trigger), options, cancellation).ConfigureAwait(false);
        }
        catch (InvalidInputException invalid)
        {
            // A default value that does not fit its parameter's type.
            if (isFirst) _notStarted = invalid.Message;
            return null;
        }

        cancellation.ThrowIfCancellationRequested();
        if (isFirst && result.NotStarted is { } reason) _notStarted = reason.Message ?? "The trigger found nothing to do.";
        return result.Runs.Count > 0 ? result.Runs[0].Status : null;
    }

    // What was not reached and runs after a failure: some call within its predecessor that answered, and may fail.
    private string? NextToFail(HashSet<string> tried)
    {
        foreach (var node in _index.All.Where(node => !_reached.ContainsKey(node.Action.Name)))
        {
            foreach (var after in node.Action.RunAfter.Where(after => (after.Statuses & RunAfterStatuses.Failed) != 0 && (after.Statuses & RunAfterStatuses.Succeeded) == 0))
            {
                if (_index.Find(after.Action) is not { } before) continue;
                var inside = before.Action.Branches.SelectMany(branch => branch.AllActions()).Prepend(before.Action);
                if (inside.FirstOrDefault(action => _reached.ContainsKey(action.Name) && !tried.Contains(action.Name) && action.Branches.Count == 0) is { } call) return call.Name;
            }
        }

        return null;
    }

    private FlowWalkState StateOf(ActionNode node, HashSet<ActionNode> asked)
    {
        if (_reached.ContainsKey(node.Action.Name)) return FlowWalkState.Reached;
        if (_notStarted is not null) return FlowWalkState.BehindFailure;
        if (!asked.Add(node)) return FlowWalkState.NotTaken;
        if (node.Parent is { } parent && !_reached.ContainsKey(parent.Action.Name)) return StateOf(parent, asked);
        var state = FlowWalkState.NotTaken;
        foreach (var after in node.Action.RunAfter)
        {
            if (_index.Find(after.Action) is not { } before || (after.Statuses & RunAfterStatuses.Succeeded) == 0) continue;
            var hasFailed = _first.TryGetValue(before.Action.Name, out var status) && status is ActionStatus.Failed or ActionStatus.TimedOut;
            if (hasFailed || (!_reached.ContainsKey(before.Action.Name) && StateOf(before, asked) == FlowWalkState.BehindFailure)) state = FlowWalkState.BehindFailure;
        }

        return state;
    }

    private void Take(ActionRecord action, int variation, bool isFirst)
    {
        if (isFirst) _first[action.Name] = action.Status;
        if (action.Status == ActionStatus.Skipped) return;
        _reached.TryAdd(action.Name, variation);
        if (isFirst && action is { Status: ActionStatus.Failed, Error: { } error } && action.Definition.Branches.Count == 0) _failures.TryAdd(action.Name, new FlowWalkFailure(action.Code, action.MaskSecrets(error.Message)));
        else if (isFirst && action is { Status: ActionStatus.Failed, Error: { } of } && action.Code is not ("ActionFailed" or "ActionBranchingConditionNotSatisfied")) _failures.TryAdd(action.Name, new FlowWalkFailure(action.Code, action.MaskSecrets(of.Message)));
    }

    private sealed class Collector(FlowWalk walk, int variation, bool isFirst) : IRunObserver
    {
        public void OnActionCompleted(ActionRecord action) => walk.Take(action, variation, isFirst);
    }

    private sealed class FailingCall(string name) : IActionInterceptor
    {
        public bool TryIntercept(RunScope scope, out ActionOutcome outcome)
        {
            outcome = default;
            if (!scope.Action.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return false;
            outcome = ActionOutcome.Failed("BadRequest", "This call fails in this run of the walk.");
            return true;
        }
    }
}
