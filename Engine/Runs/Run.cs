using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>One run: its plan, its clock, its loop and its state. Only its loop touches it.</summary>
internal sealed class Run : IDisposable
{
    private readonly TaskCompletionSource<RunResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<WorkflowResponse?> _response = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ending = new();
    private readonly RunLoop _loop;
    private readonly CallerKind _caller;
    private LongTimer[] _timeLimits = [];
    private CancellationTokenRegistration _cancelled;
    private RunEnd? _requestedEnd;
    private RunEnd? _endFromOutside;
    private FlowValue _workflowValue;

    public Run(Workflow workflow, TriggerFiring trigger, FlowValue[] parameters, RunSettings settings, CallerKind caller, string? clientTrackingId)
    {
        Workflow = workflow;
        Plan = workflow.Plan;
        Trigger = trigger;
        Parameters = parameters;
        Settings = settings;
        Clock = new RunClock(settings.Time);
        Chance = settings.Chance;
        if (Plan.Dialect == ExpressionDialect.Tutorial || settings.Limits is { MaxRunSteps: < long.MaxValue } or { MaxRunBytes: < long.MaxValue }) Evaluations = new RunEvaluations(settings.Limits);
        var start = settings.Time.GetUtcNow();
        Id = RunIds.New(start, Chance);
        ClientTrackingId = clientTrackingId ?? Id;
        Variables = new VariableCell[Plan.VariableNames.Count];
        Observer = settings.Observer;
        Family = settings.Family ?? new RunFamily(settings.Secrets);
        Secrets = Observer is null ? null : new SeenSecrets(this);
        Interceptor = settings.Interceptor;
        Outbound = new OutboundRequests(this, settings.HttpHandler);
        Scheduler = new RunScheduler(this);
        Children = new ChildRuns(this);
        Root = new Frame(this, null, Plan.RootFrame) { StartTicks = start.UtcTicks };
        _caller = caller;
        _loop = new RunLoop(Clock);
        // A seed promises the same sequence whether anybody asks for the trigger's id or not.
        trigger.Identify(Id, Chance.IsSeeded ? Chance.NewGuid().ToString("D") : null, ClientTrackingId);
    }

    public Workflow Workflow { get; }

    public WorkflowPlan Plan { get; }

    public RunSettings Settings { get; }

    public RunClock Clock { get; }

    public Chance Chance { get; }

    /// <summary>What is known of its evaluations; null where neither a limit nor a dialect asks.</summary>
    public RunEvaluations? Evaluations { get; }

    public string Id { get; }

    public string ClientTrackingId { get; }

    public TriggerFiring Trigger { get; }

    public FlowValue[] Parameters { get; }

    public VariableCell[] Variables { get; }

    public Frame Root { get; }

    public RunScheduler Scheduler { get; }

    public OutboundRequests Outbound { get; }

    public ChildRuns Children { get; }

    /// <summary>Where it has sent messages to.</summary>
    public SentBatches Batches { get; } = new();

    public IRunObserver? Observer { get; }

    /// <summary>What turned out to be secret while it went on: tokens, credentials.</summary>
    public LearnedSecrets Learned => Family.Secrets;

    /// <summary>What it shares with those that it calls.</summary>
    public RunFamily Family { get; }

    /// <summary>Whether another run called it.</summary>
    public bool IsChild => Settings.Depth > 0;

    /// <summary>The run that called it and waits for its answer; null where none does.</summary>
    public Run? Caller => Settings.Caller;

    /// <summary>What observers must not show; null where nobody watches.</summary>
    public SeenSecrets? Secrets { get; }

    public IActionInterceptor? Interceptor { get; }

    /// <summary>What <c>utcNow()</c> shows to the expression that is evaluated.</summary>
    public DateTime EvaluationTime { get; set; }

    /// <summary>The code of everything that did not start; null while the run goes on.</summary>
    public string? EndingCode { get; private set; }

    public bool IsEnding => EndingCode is not null;

    /// <summary>What the caller got.</summary>
    public WorkflowResponse? Response { get; private set; }

    /// <summary>Completes with the first Response, or with null where the run ended without one.</summary>
    public Task<WorkflowResponse?> Answered => _response.Task;

    public Task<RunResult> Completion => _completion.Task;

    /// <summary>Callbacks that come by themselves; null where there are none.</summary>
    public ScheduledCallbacks? ScheduledCallbacks { get; private set; }

    /// <summary>What <c>workflow()</c> shows (names and ids; there is no cloud resource behind them).</summary>
    public FlowValue WorkflowValue => _workflowValue.IsNull ? _workflowValue = MakeWorkflowValue() : _workflowValue;

    public long NowTicks() => Clock.NowTicks();

    /// <summary>UTC ticks for the start or the end of an execution (<see cref="RunClock.BoundaryTicks"/>); always read where a host's code stands in between.</summary>
    public long BoundaryTicks() => Observer is null && Interceptor is null ? Clock.BoundaryTicks() : NowTicks();

    /// <summary>What ends this run and those that it has called, whatever becomes of it: the host's own token.</summary>
    public CancellationToken Outside { get; private set; }

    /// <summary>When the host's limit ends this run and those that it calls; null where there is none.</summary>
    public RunDeadline? Deadline { get; private set; }

    /// <summary>Ends with the run and those that it started.</summary>
    public async Task<RunResult> WhenAllEndedAsync()
    {
        var result = await Completion.ConfigureAwait(false);
        await Children.WhenEndedAsync().ConfigureAwait(false);
        await Batches.WhenEndedAsync().ConfigureAwait(false);
        Dispose();
        return result;
    }

    /// <summary>Runs on the caller's thread up to the first suspension. What goes wrong in it fails <see cref="Completion"/>; nothing is thrown.</summary>
    public void Start(RunDeadline? deadline, CancellationToken cancellation, IReadOnlyList<RunCallback>? callbacks = null)
    {
        Deadline = deadline;
        Outside = cancellation;
        try
        {
            // Nobody asks a child for its record; who masks a text asks its parent.
            if (IsChild) Learned.Add(SecretMask.KnownAtStart(this));
            if (callbacks is { Count: > 0 }) ScheduledCallbacks = new ScheduledCallbacks(this, callbacks);
            _timeLimits = deadline?.Arm(Clock, () => EndFromOutside(RunEnd.TimedOut)) ?? [];
            _cancelled = cancellation.UnsafeRegister(static run => ((Run)run!).Cancel(), this);
            Observer?.OnRunStarted(new RunStart(Id, Workflow.Name, Trigger.Name, Root.StartTicks) { CorrelationId = ClientTrackingId });
        }
        catch (Exception defect)
        {
            // An observer's, for instance: whoever waits for the run, or for its place, must not wait for ever.
            _loop.Run(() => Leave(null, defect));
            return;
        }

        _loop.Run(() => _ = RunAsync());
    }

    /// <summary>The text with the run's secrets masked, as far as they are known.</summary>
    public string MaskSecrets(string text) => Secrets is null ? SecretMask.Of(this).Apply(text) : Secrets.Mask(text);

    /// <summary>The value with the run's secrets masked, as far as they are known.</summary>
    public FlowValue MaskSecrets(FlowValue value) => Secrets is null ? SecretMask.Of(this).Apply(value) : Secrets.Mask(value);

    /// <summary>Called on this run's loop when it has ended, before <see cref="Completion"/> is: who waits for its place goes on.</summary>
    public Action? Ending { get; set; }

    /// <summary>The queue of its trigger, in which it has a place or waits for one; null where nothing limits its runs.</summary>
    public RunQueue? Place { get; set; }

    /// <summary>What it is in that queue where it had to wait; null where it had not.</summary>
    public WaitingRun? Waiting { get; set; }

    /// <summary>Called on this run's loop, just before <see cref="Answered"/> completes: a parent on the same clock counts as busy again in time.</summary>
    public Action? Answering { get; set; }

    public void Dispose() => _ending.Dispose();

    /// <summary>Ends the run once the present action is recorded (Terminate).</summary>
    public void RequestEnd(ActionStatus status, ActionError? error) => _requestedEnd ??= new RunEnd(status, error, ActionCodes.Terminated);

    public void EndIfRequested()
    {
        if (_requestedEnd is not { } end || IsEnding) return;
        EndingCode = end.UnstartedCode;
        _ending.Cancel();
    }

    public ResponseResult Respond(WorkflowResponse response, bool isAsynchronous)
    {
        if (_caller == CallerKind.None) return ResponseResult.NobodyWaiting;
        if (Response is not null) return ResponseResult.AlreadySent;
        if (!isAsynchronous && IsCallerGone) return ResponseResult.CallerGone;
        Response = response;
        Answer(response);
        return ResponseResult.Sent;
    }

    /// <summary>What the caller gets: the first Response, or what stands in for one once the run has ended.</summary>
    public WorkflowResponse CallersAnswer => Response ?? (!Plan.HasResponse ? CallerAnswers.Accepted : IsCallerGone ? CallerAnswers.GatewayTimeout(Id) : CallerAnswers.NoResponse(Id));

    // Asked where it matters instead of timed: a timer for every run would cost each of them.
    private bool IsCallerGone => _caller == CallerKind.Client && (Root.EndTicks == 0 ? NowTicks() : Root.EndTicks) - Root.StartTicks > ResponseTimeout.Ticks;

    // Runtime reference, 3.12.
    private TimeSpan ResponseTimeout => Settings.ResponseTimeout ?? TimeSpan.FromSeconds(Plan.Host == HostProfile.Standard ? 230 : 120);

    /// <summary>Line and column of an action in its file.</summary>
    public (int Line, int Column) PositionOf(PlannedAction action)
    {
        var location = Workflow.Document.Locate(action.Definition.Path);
        return (location.Line, location.Column);
    }

    /// <summary>Cancels the run from outside. Any thread.</summary>
    public void Cancel()
    {
        EndFromOutside(RunEnd.Cancelled);
        Waiting?.TryStart(hasPlace: false);
    }

    private void Answer(WorkflowResponse? response)
    {
        if (_response.Task.IsCompleted) return;
        Answering?.Invoke();
        _response.TrySetResult(response);
    }

    /// <summary>Takes up what ends the run from outside. Asked before each action: a run that never suspends reads no messages of its loop.</summary>
    public void TakeEndFromOutside()
    {
        if (Volatile.Read(ref _endFromOutside) is not { } end || IsEnding || _completion.Task.IsCompleted) return;
        _requestedEnd = end;
        EndIfRequested();
    }

    // Any thread: the first reason counts.
    private void EndFromOutside(RunEnd end)
    {
        Interlocked.CompareExchange(ref _endFromOutside, end, null);
        _loop.Post(_ => TakeEndFromOutside(), null);
    }

    private async Task RunAsync()
    {
        RunResult result;
        try
        {
            var status = await Scheduler.RunBranchAsync(Plan.Root, Root, _ending.Token);
            result = Finish(status);
            Observer?.OnRunCompleted(result);
        }
        catch (Exception defect)
        {
            Leave(null, defect);
            return;
        }

        Leave(result, null);
    }

    // In this order: who is answered, or gets the place, counts as work before this run stops to.
    private void Leave(RunResult? result, Exception? defect)
    {
        foreach (var limit in _timeLimits) limit.Dispose();
        ScheduledCallbacks?.Dispose();
        _cancelled.Unregister();
        try
        {
            Answer(null);
        }
        finally
        {
            Ending?.Invoke();
            Settings.UnderWay.Remove(this);
            if (defect is null) _completion.TrySetResult(result!); // One of both is there.
            else _completion.TrySetException(defect);
        }
    }

    private RunResult Finish(ActionStatus status)
    {
        Root.EndTicks = BoundaryTicks();
        EvaluationTime = new DateTime(Root.EndTicks, DateTimeKind.Utc);
        var outputs = WorkflowOutputs.Evaluate(Plan, Root, out var failure);
        var end = _requestedEnd ?? RunEnd.Of(status, failure);
        Root.Status = end.Status;
        return new RunResult(this, end.Status, end.Code, end.Error, outputs);
    }

    // Flows of Power Automate find their own name there (reported by many); Logic Apps have the tags of their resource, and there is none.
    private FlowValue Tags() => Plan.Host == HostProfile.PowerAutomate
        ? FlowValue.Object(("flowDisplayName", FlowValue.String(Workflow.Name)), ("environmentName", FlowValue.String("local")), ("logicAppName", FlowValue.String(Workflow.Name)), ("state", FlowValue.String("Enabled")))
        : FlowValue.EmptyObject;

    private FlowValue MakeWorkflowValue()
    {
        var id = "/workflows/" + Workflow.Name;
        return FlowValue.Object(
            ("id", FlowValue.String(id)),
            ("name", FlowValue.String(Workflow.Name)),
            ("type", FlowValue.String("Microsoft.Logic/workflows")),
            ("location", FlowValue.String("local")),
            ("tags", Tags()),
            ("run", FlowValue.Object(
                ("id", FlowValue.String($"{id}/runs/{Id}")),
                ("name", FlowValue.String(Id)),
                ("type", FlowValue.String("Microsoft.Logic/workflows/runs")))));
    }
}
