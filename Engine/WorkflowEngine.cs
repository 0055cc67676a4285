using FlowEngine.Actions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>Runs workflows: any number at once, from any thread.</summary>
public sealed class WorkflowEngine : IAsyncDisposable
{
    private readonly WorkflowEngineBuilder _settings;
    private readonly HttpMessageInvoker _http;
    private readonly OutboundState _outbound;
    private readonly CallbackDirectory _callbacks;
    private readonly RunQueues _queues = new();
    private readonly BatchDirectory _batches = new();

    private WorkflowEngine(WorkflowEngineBuilder settings)
    {
        _settings = settings;
        _http = settings.HttpHandler is { } handler
            ? new HttpMessageInvoker(handler, disposeHandler: false)
            : new HttpMessageInvoker(new OutboundHandler(settings.Egress, settings.Http), disposeHandler: true);
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
    public async Task<FireResult> FireAsync(Workflow workflow, TriggerRequest request, RunOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(request);
        options ??= RunOptions.Default;
        using var handler = HandlerOf(options);
        var decision = Dispatcher(workflow, options, handler, hasHandle: false).Fire(request, options.Trigger);
        if (decision.NotStarted is not null) return new FireResult { Runs = [], NotStarted = decision.NotStarted, IsSplit = decision.IsSplit };
        if (_queues.Start(decision, run => run.Start(options.Timeout, cancellation, options.Callbacks), cancellation) is { } full) return new FireResult { Runs = [], NotStarted = full, IsSplit = decision.IsSplit };
        var results = new List<RunResult>(decision.Runs.Count);
        foreach (var run in decision.Runs) results.Add(await EndAsync(run).ConfigureAwait(false));
        return new FireResult { Runs = results, IsSplit = decision.IsSplit };
    }

    /// <summary>Starts a workflow whose trigger starts exactly one run, and gives a hold on it; the run goes on by itself.</summary>
    /// <exception cref="RunNotStartedException">The trigger refused the request or found nothing to do.</exception>
    /// <exception cref="InvalidInputException">A parameter is missing or does not fit, or the trigger can't be told; also where <c>splitOn</c> gives several runs.</exception>
    public Task<WorkflowRun> StartAsync(Workflow workflow, TriggerRequest request, RunOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(request);
        options ??= RunOptions.Default;
        var handler = HandlerOf(options);
        var decision = Dispatcher(workflow, options, handler, hasHandle: true).Fire(request, options.Trigger);
        if (decision.NotStarted is { } reason) return Task.FromException<WorkflowRun>(new RunNotStartedException(reason));
        if (decision.Runs is not [var run]) return Task.FromException<WorkflowRun>(new InvalidInputException($"The trigger starts {decision.Runs.Count} runs ('splitOn'); use FireAsync to get them all."));
        if (_queues.Start(decision, run => run.Start(options.Timeout, cancellation, options.Callbacks), cancellation) is { } full) return Task.FromException<WorkflowRun>(new RunNotStartedException(full));
        return Task.FromResult(new WorkflowRun(run, EndAsync(run, handler)));
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

    private static HttpMessageInvoker? HandlerOf(RunOptions options) => options.HttpHandler is null ? null : new HttpMessageInvoker(options.HttpHandler, disposeHandler: false);

    private static async Task<RunResult> EndAsync(Run run, HttpMessageInvoker? handler = null)
    {
        using (handler)
        {
            return await run.WhenAllEndedAsync().ConfigureAwait(false);
        }
    }

    private TriggerDispatcher Dispatcher(Workflow workflow, RunOptions options, HttpMessageInvoker? handler, bool hasHandle)
    {
        var time = options.Time ?? _settings.Time;
        var settings = new RunSettings(time, new Chance(options.Seed), handler ?? _http, RunObservers.Of(_settings, options.Observer), options.Interceptor)
        {
            // Tokens from mocks are no tokens, and another clock no measure for them.
            Outbound = options.HttpHandler is null && options.Time is null ? _outbound : new OutboundState(_settings.Http),
            Callbacks = _callbacks,
            Queues = _queues,
            Batches = _batches,
            HostObserver = RunObservers.Of(_settings, null),
            CanBeCalledBack = options.CanBeCalledBack ?? (hasHandle || time is not VirtualTimeProvider),
            Workflows = options.Workflows ?? _settings.Workflows,
            ChildWithoutResponse = _settings.ChildWithoutResponse,
            ResponseTimeout = options.ResponseTimeout,
            Connectors = options.Connectors ?? _settings.Connectors,
            Secrets = options.Secrets,
            Parameters = _settings.Parameters,
            Artifacts = options.Artifacts,
            History = options.History,
            Limits = _settings.Limits,
        };
        return new TriggerDispatcher(workflow, ParameterValues.Resolve(workflow, options.Parameters, _settings.Parameters), settings, options.CallerWaits ? CallerKind.Client : CallerKind.None);
    }

    /// <summary>When the trigger is due; null where it is none that a schedule fires (Recurrence, SlidingWindow).</summary>
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

    /// <summary>Ends the engine's connections. Runs under way go on; wait for them first.</summary>
    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return default;
    }
}
