using System.Runtime.CompilerServices;
using System.Threading.Channels;
using FlowEngine.Actions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>Runs workflows: any number at once, from any thread. One for a whole process is enough.</summary>
public sealed class WorkflowEngine : IAsyncDisposable
{
    /// <summary>The name of the engine's <see cref="System.Diagnostics.ActivitySource"/> and <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string TelemetryName = "FlowEngine";

    private readonly WorkflowEngineBuilder _settings;
    private readonly HttpMessageInvoker _http;
    private readonly OutboundState _outbound;
    private readonly CallbackDirectory _callbacks;
    private readonly IReadOnlyList<IRunObserver> _watching;
    private readonly RunQueues _queues = new();
    private readonly BatchDirectory _batches = new();
    private readonly RunsUnderWay _underWay = new();
    private readonly CancellationTokenSource _stopping = new();
    private int _disposed;

    private WorkflowEngine(WorkflowEngineBuilder settings)
    {
        _settings = settings;
        _watching = settings.Observers;
        WorkflowOptions = settings.Extensions.In(settings.WorkflowOptions);
        _http = settings.HttpSender ?? new HttpMessageInvoker(new OutboundHandler(settings.Egress, settings.Http), disposeHandler: true);
        _outbound = new OutboundState(settings.Http);
        _callbacks = new CallbackDirectory(settings.CallbackAddress);
    }

    /// <summary>Makes an engine.</summary>
    public static WorkflowEngine Create(Action<WorkflowEngineBuilder>? configure = null)
    {
        var builder = new WorkflowEngineBuilder();
        configure?.Invoke(builder);
        return new WorkflowEngine(builder);
    }

    /// <summary>What <see cref="Load(string)"/> and its kin compile flows with: the host's own actions, functions and triggers among it. For <see cref="Workflow"/>'s other ways to read a flow.</summary>
    public WorkflowOptions WorkflowOptions { get; }

    /// <summary>Reads and compiles a file, with the actions, functions and triggers that this engine was given.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DefinitionException">It has errors; all of them are listed.</exception>
    public Workflow Load(string file) => Workflow.Load(file, WorkflowOptions);

    /// <summary>Compiles JSON text, with the actions, functions and triggers that this engine was given.</summary>
    /// <exception cref="DefinitionException">It has errors; all of them are listed.</exception>
    public Workflow Parse(string json, string file = "workflow.json") => Workflow.Parse(json, WorkflowOptions, file);

    /// <summary>The flows of a folder or an archive, compiled with the actions, functions and triggers that this engine was given.</summary>
    /// <exception cref="FileNotFoundException">There is neither.</exception>
    public WorkflowCatalog OpenCatalog(string path) => WorkflowCatalog.Open(path, WorkflowOptions);

    /// <summary>A page in Markdown about the actions, functions and triggers that this engine was given.</summary>
    public string DescribeExtensions() => _settings.Extensions.Describe();

    /// <summary>Runs a workflow whose trigger starts exactly one run; <paramref name="trigger"/> is the payload (the body of a Request trigger).</summary>
    /// <exception cref="RunNotStartedException">The trigger refused the payload or found nothing to do.</exception>
    /// <exception cref="InvalidInputException">A parameter is missing or does not fit, or the trigger can't be told.</exception>
    public Task<RunResult> RunAsync(Workflow workflow, FlowValue trigger = default, CancellationToken cancellation = default) =>
        RunAsync(workflow, trigger.IsNull ? TriggerRequest.Empty : TriggerRequest.WithBody(trigger), null, cancellation);

    /// <summary>Runs a workflow whose trigger starts exactly one run.</summary>
    /// <exception cref="RunNotStartedException">The trigger refused the request or found nothing to do.</exception>
    /// <exception cref="InvalidInputException">A parameter is missing or does not fit, or the trigger can't be told; also where <c>splitOn</c> gives several runs.</exception>
    public async Task<RunResult> RunAsync(Workflow workflow, TriggerRequest request, RunOptions? options, CancellationToken cancellation = default)
    {
        var fired = await FireAsync(workflow, request, options, cancellation).ConfigureAwait(false);
        if (fired.NotStarted is not null) throw new RunNotStartedException(fired.NotStarted);
        return fired.Runs.Count == 1 ? fired.Runs[0] : throw new InvalidInputException($"The trigger started {fired.Runs.Count} runs ('splitOn'); use FireAsync to get them all.");
    }

    /// <summary>Fires a trigger and waits for all runs that it starts.</summary>
    /// <exception cref="InvalidInputException">A parameter is missing or does not fit, or the trigger can't be told.</exception>
    /// <exception cref="ObjectDisposedException">The engine is stopping, or has stopped.</exception>
    public async Task<FireResult> FireAsync(Workflow workflow, TriggerRequest request, RunOptions? options = null, CancellationToken cancellation = default)
    {
        using var handler = HandlerOf(options);
        var asked = await AskAsync(workflow, request, options, handler, cancellation).ConfigureAwait(false);
        if (asked is { Firing: null }) return new FireResult { Runs = [], NotStarted = asked.NotStarted, NextPoll = asked.Next };
        var decision = Decide(workflow, asked?.Firing ?? request, ref options, handler, hasHandle: false);
        if (decision.NotStarted is not null) return new FireResult { Runs = [], NotStarted = decision.NotStarted, IsSplit = decision.IsSplit, NextPoll = asked?.Next };
        if (Start(decision, options, cancellation) is { } full) return new FireResult { Runs = [], NotStarted = full, IsSplit = decision.IsSplit, NextPoll = asked?.Next };
        // All of them, also where one comes to grief: the handler is the caller's only until then.
        return new FireResult { Runs = await Task.WhenAll(decision.Runs.Select(run => EndAsync(run))).ConfigureAwait(false), IsSplit = decision.IsSplit, NextPoll = asked?.Next };
    }

    /// <summary>Asks the server of an Http trigger, fires where it says so, and tells when to ask next, however long the runs take. Other triggers are only fired.</summary>
    internal async Task<(NextPoll? Next, Task<FireResult> Ended)> PollAsync(Workflow workflow, RunOptions options, CancellationToken cancellation)
    {
        using var handler = HandlerOf(options);
        var asked = await AskAsync(workflow, TriggerRequest.Empty, options, handler, cancellation).ConfigureAwait(false);
        return asked is { Firing: null }
            ? (asked.Next, Task.FromResult(new FireResult { Runs = [], NotStarted = asked.NotStarted, NextPoll = asked.Next }))
            : (asked?.Next, FireAsync(workflow, asked?.Firing ?? TriggerRequest.Empty, options, cancellation));
    }

    /// <summary>Starts a workflow whose trigger starts exactly one run, and gives a hold on it; the run goes on by itself. An Http trigger asks its server first.</summary>
    /// <exception cref="RunNotStartedException">The trigger refused the request or found nothing to do.</exception>
    /// <exception cref="InvalidInputException">A parameter is missing or does not fit, or the trigger can't be told; also where <c>splitOn</c> gives several runs.</exception>
    /// <exception cref="ObjectDisposedException">The engine is stopping, or has stopped.</exception>
    public async Task<WorkflowRun> StartAsync(Workflow workflow, TriggerRequest request, RunOptions? options = null, CancellationToken cancellation = default)
    {
        var handler = HandlerOf(options);
        var asked = await AskAsync(workflow, request, options, handler, cancellation).ConfigureAwait(false);
        if (asked is { Firing: null, NotStarted: { } none }) throw new RunNotStartedException(none);
        var decision = Decide(workflow, asked?.Firing ?? request, ref options, handler, hasHandle: true);
        if (decision.NotStarted is { } reason) throw new RunNotStartedException(reason);
        if (decision.Runs is not [var run]) throw new InvalidInputException($"The trigger starts {decision.Runs.Count} runs ('splitOn'); use FireAsync to get them all.");
        if (Start(decision, options, cancellation) is { } full) throw new RunNotStartedException(full);
        return new WorkflowRun(run, EndAsync(run, handler));
    }

    /// <summary>Fires a trigger and gives what happens as it happens: the events of <c>flow run --ndjson</c>, the last one with the <see cref="RunEvent.Result"/>.</summary>
    /// <remarks>
    /// The run goes on beside the reader, however slow that is; what it has not read yet is kept. Who leaves the loop cancels the run. A cancellation from outside ends the run, and its last
    /// events still come. A trigger that starts no run gives one event <c>diagnostic</c>.
    /// </remarks>
    /// <exception cref="InvalidInputException">A parameter is missing or does not fit, or the trigger can't be told.</exception>
    /// <exception cref="ObjectDisposedException">The engine is stopping, or has stopped.</exception>
    public async IAsyncEnumerable<RunEvent> WatchAsync(Workflow workflow, TriggerRequest request, RunOptions? options = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        options ??= RunOptions.Default;
        var channel = Channel.CreateUnbounded<RunEvent>(new UnboundedChannelOptions { SingleReader = true });
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var events = new RunEventObserver(options.Time ?? _settings.Time, happened => channel.Writer.TryWrite(happened));
        var running = Task.Run(
            async () =>
            {
                try
                {
                    var fired = await FireAsync(workflow, request, options with { Observer = RunObservers.Both(options.Observer, events) }, leaving.Token).ConfigureAwait(false);
                    if (fired.NotStarted is { } reason) events.OnNotStarted(reason);
                    channel.Writer.Complete();
                }
                catch (Exception e)
                {
                    channel.Writer.Complete(e); // The reader gets it.
                }
            },
            CancellationToken.None);
        try
        {
            await foreach (var happened in channel.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false)) yield return happened;
        }
        finally
        {
            await leaving.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(false);
        }
    }

    /// <summary>Hands a request on to the action that waits at that address, its <c>listCallbackUrl()</c>. The run may go on on the caller's thread.</summary>
    /// <returns>Whether an action took it: the first request counts, and only while the action waits.</returns>
    public bool CallBack(Uri address, CallbackMessage message)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(message);
        return _callbacks.TryDeliver(address, message);
    }

    /// <summary>Messages that SendToBatch actions have sent and that wait for the release of their batch. A batch with a recurrence is released while the engine's process lives.</summary>
    public IReadOnlyList<WaitingBatch> WaitingBatches => _batches.Waiting;

    private static HttpMessageInvoker? HandlerOf(RunOptions? options) => options?.HttpHandler is { } handler ? new HttpMessageInvoker(handler, disposeHandler: false) : null;

    private TriggerDecision Decide(Workflow workflow, TriggerRequest request, [System.Diagnostics.CodeAnalysis.NotNull] ref RunOptions? options, HttpMessageInvoker? handler, bool hasHandle)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(request);
        ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
        options ??= RunOptions.Default;
        return Dispatcher(workflow, options, handler, hasHandle).Fire(request, options.Trigger, options.ScheduledTime);
    }

    // An Http trigger that is fired without outputs asks its server for them.
    private async Task<PollAnswer?> AskAsync(Workflow workflow, TriggerRequest request, RunOptions? options, HttpMessageInvoker? handler, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(request);
        ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
        options ??= RunOptions.Default;
        if (HttpPoll.TriggerOf(workflow, request, options.Trigger) is null) return null;
        return Dispatcher(workflow, options, handler, hasHandle: false).Ask(request, options.Trigger, options.LastPoll, cancellation) is { } asking ? await asking.ConfigureAwait(false) : null;
    }

    private NotStarted? Start(TriggerDecision decision, RunOptions options, CancellationToken cancellation) =>
        _queues.Start(decision, run => run.Start(RunDeadline.After(options.Timeout, run.Clock), cancellation, options.Callbacks), cancellation);

    private static async Task<RunResult> EndAsync(Run run, HttpMessageInvoker? handler = null)
    {
        using (handler)
        {
            return await run.WhenAllEndedAsync().ConfigureAwait(false);
        }
    }

    private TriggerDispatcher Dispatcher(Workflow workflow, RunOptions options, HttpMessageInvoker? handler, bool hasHandle)
    {
        workflow = workflow.As(options.Strict, options.Host);
        var time = options.Time ?? _settings.Time;
        var telemetry = RunTelemetry.Create();
        var settings = new RunSettings(time, new Chance(options.Seed), handler ?? _http, RunObservers.Of(_watching, telemetry, options.Observer), options.Interceptor)
        {
            Watching = _watching,
            Telemetry = telemetry,
            // Tokens from mocks are no tokens, and another clock no measure for them.
            Outbound = options.HttpHandler is null && options.Time is null ? _outbound : new OutboundState(_settings.Http),
            Callbacks = _callbacks,
            Queues = _queues,
            Batches = _batches,
            UnderWay = _underWay,
            CanBeCalledBack = options.CanBeCalledBack ?? (hasHandle || time is not VirtualTimeProvider),
            Workflows = options.Workflows ?? _settings.Workflows,
            ChildWithoutResponse = _settings.ChildWithoutResponse,
            ResponseTimeout = options.ResponseTimeout,
            Connectors = options.Connectors ?? _settings.Connectors,
            Secrets = options.Secrets,
            Parameters = _settings.Parameters,
            Artifacts = options.Artifacts,
            History = options.History,
            Limits = options.Limits ?? _settings.Limits,
        };
        return new TriggerDispatcher(workflow, ParameterValues.Resolve(workflow, options.Parameters, _settings.Parameters), settings, options.CallerWaits ? CallerKind.Client : CallerKind.None);
    }

    /// <summary>When the trigger is due; null where it is none that a schedule fires (Recurrence, SlidingWindow, Http).</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="saved">From when the schedule counts where it has no <c>startTime</c>: when the workflow was saved or enabled.</param>
    /// <param name="options">The trigger's name where there are several, and the parameters that its recurrence uses.</param>
    /// <exception cref="InvalidInputException">The recurrence can't be read, a parameter is missing or does not fit, or the trigger can't be told.</exception>
    public TriggerSchedule? ScheduleOf(Workflow workflow, DateTimeOffset saved, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        options ??= RunOptions.Default;
        try
        {
            return Dispatcher(workflow, options, null, hasHandle: false).Schedule(options.Trigger, saved);
        }
        catch (Exception e) when (e is FormatException or ExpressionException)
        {
            throw new InvalidInputException(e.Message);
        }
    }

    /// <summary>
    /// Fires a flow by itself until it is cancelled: one with a schedule at its times, one with a trigger of the host (<see cref="WorkflowEngineBuilder.AddTrigger"/>) when that says so.
    /// Nothing is kept beyond the process: what is due while nobody listens is lost.
    /// </summary>
    /// <param name="workflow">The flow.</param>
    /// <param name="fired">Told of each firing once its runs have ended; null where nobody wants to know.</param>
    /// <param name="options">The options of the runs.</param>
    /// <param name="cancellation">Ends it, and the runs under way.</param>
    /// <returns>A task that ends once it is cancelled, the engine stops, or the schedule has no more times.</returns>
    /// <exception cref="InvalidInputException">The trigger can't fire by itself, its recurrence can't be read, or a parameter is missing.</exception>
    public async Task ListenAsync(Workflow workflow, Action<FireResult>? fired = null, RunOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        options ??= RunOptions.Default;
        var time = options.Time ?? _settings.Time;
        var listener = new TriggerListener(this, workflow, options, time, fired);
        try
        {
            if (Dispatcher(workflow, options, null, hasHandle: false).Own(options.Trigger) is { Spec.Listen: not null } own) await listener.ListenAsync(own.Spec, own.Name, own.Inputs, cancellation).ConfigureAwait(false);
            else if (ScheduleOf(workflow, time.GetUtcNow(), options) is { } schedule) await listener.FollowAsync(schedule, cancellation).ConfigureAwait(false);
            else throw new InvalidInputException($"The trigger of workflow '{workflow.Name}' does not fire by itself: it has no schedule, and is none that the host's triggers listen for.");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
        catch (ObjectDisposedException) when (_stopping.IsCancellationRequested)
        {
            // A stopped engine fires no more.
        }
    }

    /// <summary>Stops: no further run starts, those under way go on to their end, their children too. From <paramref name="cancelling"/> on the rest is cancelled.</summary>
    /// <param name="cancelling">When patience ends: a host's shutdown token. A run whose action minds no cancellation is given up some seconds later (<see cref="WorkflowEngineBuilder.UseStopTimeout"/>).</param>
    /// <returns>Whether all runs have ended.</returns>
    public async Task<bool> StopAsync(CancellationToken cancelling = default)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        using var giveUp = new CancellationTokenSource();
        using var registration = cancelling.UnsafeRegister(_ => giveUp.CancelAfter(_settings.StopTimeout), null);
        await _underWay.WhenEndedAsync(cancelling, giveUp.Token).ConfigureAwait(false);
        return _underWay.Now().Count == 0;
    }

    /// <summary>Cancels the runs under way, waits for them, and ends the engine's connections. <see cref="StopAsync"/> first lets them end by themselves.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        if (_settings.HttpSender is null) _http.Dispose();
    }
}
