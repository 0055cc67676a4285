using System.Globalization;
using System.Text;
using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>One execution of an action: the content of its slot, its record, and the engine as its executor sees it.</summary>
internal sealed class ActionExecution(PlannedAction plan, Frame frame, long startTicks) : RunScope
{
    private static readonly IReadOnlyList<Frame> NoRepetitions = [];

    // As recorded; where others were evaluated, those are with what few executions have.
    private FlowValue _inputs;
    private ActionExtras? _extras;

    public PlannedAction Plan => plan;

    public Frame Frame => frame;

    public Run Run => frame.Run;

    public ActionStatus Status { get; private set; } = ActionStatus.Running;

    public string Code { get; private set; } = string.Empty;

    public FlowValue Outputs { get; private set; }

    public bool HasOutputs { get; private set; }

    /// <summary>Whether it failed or timed out and counts as Succeeded all the same: <c>continueOnError</c>.</summary>
    public bool IsForgiven => plan.ContinuesOnError && (Status is ActionStatus.Failed or ActionStatus.TimedOut);

    /// <summary>The status for its successors, its container and the run.</summary>
    public ActionStatus CountsAs => IsForgiven ? ActionStatus.Succeeded : Status;

    public bool HasInputs { get; private set; }

    public ActionError? Error { get; private set; }

    public long StartTicks => startTicks;

    public long EndTicks { get; private set; }

    /// <summary>Inputs as the record shows them.</summary>
    public FlowValue RecordedInputs => _inputs;

    /// <summary>The repetitions that are kept (<see cref="RunHistory"/>).</summary>
    public IReadOnlyList<Frame> Repetitions => _extras?.Repetitions?.Kept ?? NoRepetitions;

    /// <summary>How many repetitions have started.</summary>
    public int RepetitionCount => _extras?.Repetitions?.Started ?? 0;

    /// <summary>Whether repetitions are gone that <see cref="Repetitions"/> would show with the whole history.</summary>
    public bool HasPartialHistory => _extras?.Repetitions?.IsPartial ?? false;

    public Frame? Unrun => _extras?.Unrun;

    public IReadOnlyList<FlowValue>? RetryHistory => _extras?.RetryHistory;

    /// <summary>Where lenient rules of the tutorial's dialect changed what it did.</summary>
    public IReadOnlyList<string> Notes => _extras?.Notes ?? (IReadOnlyList<string>)[];

    public FlowValue TrackedProperties => _extras?.TrackedProperties ?? default;

    public string TrackingId => Extras.TrackingId ??= Run.Chance.NewGuid().ToString("D");

    private ActionExtras Extras => _extras ??= new ActionExtras();

    private PendingCallback Callback => Extras.Callback ??= PendingCallback.Open(this);

    // The engine's side

    public void SetInputs(FlowValue inputs)
    {
        _inputs = inputs;
        HasInputs = true;
    }

    /// <summary>The one point where an outcome is recorded.</summary>
    public void Complete(in ActionOutcome outcome, long endTicks)
    {
        Status = outcome.Status;
        Code = outcome.Code;
        Outputs = outcome.Outputs;
        HasOutputs = outcome.HasOutputs;
        Error = outcome.Error;
        EndTicks = endTicks;
        _extras?.Callback?.Close();
    }

    public void EndRepetition(Frame repetition) => Extras.Repetitions!.End(repetition); // It has been started.

    public void ForgetInputs()
    {
        _inputs = default;
        if (_extras is not null) _extras.Inputs = null;
        HasInputs = false;
    }

    /// <summary>In the tutorial's dialect the limit doesn't count the waits between tries (<c>docs/semantics.md</c>).</summary>
    public void SetLimit(ActionLimit limit)
    {
        if (Run.Plan.Dialect == ExpressionDialect.Tutorial) Extras.Limit = limit;
    }

    /// <summary>A lenient rule of the tutorial's dialect acted; each note once.</summary>
    public void AddNote(string note)
    {
        var notes = Extras.Notes ??= [];
        if (!notes.Contains(note, StringComparer.Ordinal)) notes.Add(note);
    }

    public void SetTrackedProperties(FlowValue properties) => Extras.TrackedProperties = properties;

    /// <summary>The frame for children of a loop that never ran.</summary>
    public Frame UnrunFrame() => Extras.Unrun ??= new Frame(Run, frame, plan.Repetition!) { Status = ActionStatus.Skipped };

    /// <summary>Path of names through containers, with the index behind each loop: <c>Try/For_each[11]/Post</c>.</summary>
    public string PathWithIndexes()
    {
        var text = new StringBuilder(plan.Name);
        var at = frame;
        for (var container = plan.Container; container is not null; container = container.Container)
        {
            if (container.Repetition is not null)
            {
                text.Insert(0, string.Create(CultureInfo.InvariantCulture, $"{container.Name}[{at.Index}]/"));
                at = at.Parent!; // A loop's branch has a frame of its own.
            }
            else
            {
                text.Insert(0, container.Name + "/");
            }
        }

        return text.ToString();
    }

    public override FlowArray RepetitionIndexes()
    {
        var indexes = new List<FlowValue>();
        for (var at = frame; at.Parent is not null; at = at.Parent) indexes.Insert(0, FlowValue.Integer(at.Index));
        return FlowArray.Create(indexes);
    }

    // The executor's side

    public override ActionDefinition Action => plan.Definition;

    public override FlowValue Inputs => _extras?.Inputs ?? (plan.Executor.Inputs is null ? default : _inputs);

    public override EvaluationContext Evaluation
    {
        get
        {
            if (Run.Evaluations is { } evaluations) evaluations.Action = this;
            // Constant within the action, also where other branches ran in between.
            Run.EvaluationTime = new DateTime(startTicks, DateTimeKind.Utc);
            Run.Clock.Pass();
            return frame;
        }
    }

    public override TimeProvider Time => Run.Clock.Time;

    public override string IdempotencyKey => $"{Run.Id}/{PathWithIndexes()}";

    public override HostProfile Host => Run.Plan.Host;

    /// <summary>Whether a limit ended this Until, not its condition.</summary>
    public bool LimitReached { get; private set; }

    internal override void RecordLimitReached() => LimitReached = true;

    public override void RecordInputs(FlowValue inputs)
    {
        if (HasInputs && plan.Executor.Inputs is not null) Extras.Inputs ??= _inputs;
        _inputs = inputs;
        HasInputs = true;
    }

    internal override void ShowOutputs(FlowValue outputs)
    {
        Outputs = outputs;
        HasOutputs = true;
    }

    internal override FlowValue WorkflowContext(IReadOnlyCollection<string>? actions) => WorkflowContextValue.Of(frame, actions);

    public override ValueTask<ActionStatus> RunBranchAsync(int branch, CancellationToken cancellation) =>
        Run.Scheduler.RunBranchAsync(plan.Branches[branch], frame, cancellation);

    public override ValueTask<ActionStatus> RunRepetitionAsync(int branch, FlowValue item, int index, CancellationToken cancellation)
    {
        var repetition = new Frame(Run, frame, plan.Repetition!) { Item = item, Index = index, StartTicks = Run.BoundaryTicks() };
        (Extras.Repetitions ??= new RepetitionHistory(keepsAll: Run.Settings.History == RunHistory.Whole || plan.IsReadAfterwards)).Start(repetition);
        return Run.Scheduler.RunRepetitionAsync(this, plan.Branches[branch], repetition, cancellation);
    }

    internal override FlowValue EvaluateInLastRepetition(Expression expression)
    {
        Run.EvaluationTime = new DateTime(Run.BoundaryTicks(), DateTimeKind.Utc);
        Run.Clock.Pass();
        if (Run.Evaluations is { } evaluations) evaluations.Action = this;
        try
        {
            return expression.Evaluate(Extras.Repetitions!.Last!); // A repetition has run.
        }
        catch (ExpressionException failure) when (failure.PlaceAt(expression))
        {
            throw; // Never reached: the filter only says where it happened.
        }
    }

    public override void SkipBranch(int branch, string errorCode, string messageTemplate)
    {
        var target = plan.Repetition is null ? frame : UnrunFrame();
        foreach (var child in plan.Branches[branch].Written) Run.Scheduler.Skip(child, target, child.SkippedFor(errorCode, messageTemplate));
    }

    internal override void EndBranch(int branch, Func<ActionDefinition, ActionOutcome> outcome)
    {
        foreach (var child in plan.Branches[branch].Written) Run.Scheduler.End(child, frame, outcome(child.Definition));
    }

    internal override void Terminate(ActionStatus status, ActionError? error) => Run.RequestEnd(status, error);

    internal override bool TryGetVariable(int slot, out FlowValue value, out string type)
    {
        ref var cell = ref Run.Variables[slot];
        type = cell.Type ?? string.Empty;
        value = cell.Read(frame);
        return cell.Type is not null;
    }

    internal override int TextLengthOfVariable(int slot) => Run.Variables[slot].TextLength;

    internal override void AppendToVariable(int slot, string text) => Run.Variables[slot].Append(text);

    internal override void SetVariable(int slot, FlowValue value, string type) => Run.Variables[slot].Set(value, type);

    public override ValueTask DelayAsync(TimeSpan duration, CancellationToken cancellation) => Run.Clock.DelayAsync(duration, cancellation);

    public override ValueTask DelayRetryAsync(TimeSpan duration, CancellationToken cancellation) =>
        _extras?.Limit is { } limit ? DelayAsync(duration, limit, cancellation) : DelayAsync(duration, cancellation);

    private async ValueTask DelayAsync(TimeSpan duration, ActionLimit limit, CancellationToken cancellation)
    {
        limit.Pause();
        await DelayAsync(duration, cancellation);
        limit.Resume();
    }

    public override Uri CallbackUri => Callback.Uri;

    public override ValueTask<FlowValue> WaitForCallbackAsync(CancellationToken cancellation) => Callback.WaitAsync(cancellation);

    public override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, int attempt, CancellationToken cancellation) =>
        Run.Outbound.SendAsync(this, request, attempt, cancellation);

    internal override OutboundState Outbound => Run.Settings.Outbound;

    internal override IReadOnlyList<KeyValuePair<string, string>> Identity =>
    [
        new("x-ms-workflow-id", Run.Workflow.Name),
        new("x-ms-workflow-name", Run.Workflow.Name),
        new("x-ms-workflow-run-id", Run.Id),
        new("x-ms-client-tracking-id", Run.ClientTrackingId),
        new("x-ms-action-tracking-id", TrackingId),
    ];

    public override void RecordSecret(FlowValue secret) => Run.Learned.Add(secret);

    internal override IConnectorSource? Connectors => Run.Settings.Connectors;

    internal override FlowValue ConnectionReference(string name) => ConnectionReferences.Find(Run, name);

    internal override ValueTask<ChildAnswer> CallWorkflowAsync(ChildCall call, CancellationToken cancellation) => Run.Children.CallAsync(call, cancellation);

    internal override ActionError? SendToBatch(BatchMessage message) => Run.Settings.Batches.Send(Run, message);

    internal override string? ReadArtifact(string path) => (Run.Settings.Artifacts ?? ArtifactFolder.Beside(Run.Workflow.Document.File)).Read(path);

    public override void RecordRetry(FlowValue attempt, TimeSpan delay)
    {
        (Extras.RetryHistory ??= []).Add(attempt);
        Run.Observer?.OnRetry(new ActionRecord(this), Extras.RetryHistory.Count, delay);
    }

    internal override double NextJitter() => Run.Clock.IsVirtual ? 1 : Run.Chance.NextDouble();

    internal override ResponseResult Respond(WorkflowResponse response, bool isAsynchronous = false) => Run.Respond(response, isAsynchronous);
}
