namespace FlowEngine;

/// <summary>What one run is given besides its trigger.</summary>
public sealed record RunOptions
{
    /// <summary>Nothing but defaults.</summary>
    public static RunOptions Default { get; } = new();

    /// <summary>Which trigger fires; null takes the only one.</summary>
    public string? Trigger { get; init; }

    /// <summary>Parameter values by name; they win over those of the engine and the file's defaults.</summary>
    public FlowObject? Parameters { get; init; }

    /// <summary>The run's clock; null takes the engine's. A <see cref="VirtualTimeProvider"/> makes waits take no time.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>Fixes <c>guid()</c>, <c>rand()</c>, run ids and jitter.</summary>
    public int? Seed { get; init; }

    /// <summary>What expressions may cost in this run; null takes the engine's. How long they may be is <see cref="WorkflowOptions.ExpressionLimits"/>.</summary>
    public Expressions.ExpressionLimits? Limits { get; init; }

    /// <summary>Runs the flow as another product would; null takes the workflow's own. It is compiled anew once, then kept.</summary>
    public Definitions.HostProfile? Host { get; init; }

    /// <summary>Refuses what the service does not have, or allows it; null takes what the workflow was compiled with. It is compiled anew once, then kept.</summary>
    public bool? Strict { get; init; }

    /// <summary>Bounds the whole run on its clock, and on the real one where that is virtual; past it the run is TimedOut.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Watches the run.</summary>
    public IRunObserver? Observer { get; init; }

    /// <summary>Answers HTTP requests in place of the engine's handler. The caller disposes it.</summary>
    public HttpMessageHandler? HttpHandler { get; init; }

    /// <summary>Answers in place of actions.</summary>
    public Actions.IActionInterceptor? Interceptor { get; init; }

    /// <summary>Where child workflows are found; null takes the engine's, else the workflow's own <see cref="WorkflowCatalog"/>.</summary>
    public IWorkflowCatalog? Workflows { get; init; }

    /// <summary>Values that must not show, whatever they are part of: app settings that are secrets.</summary>
    public IReadOnlyList<FlowValue> Secrets { get; init; } = [];

    /// <summary>Where connectors are found; null takes the engine's.</summary>
    public Actions.IConnectorSource? Connectors { get; init; }

    /// <summary>Where maps and schemas are found; null takes the folder of the workflow's file.</summary>
    public Actions.IArtifactSource? Artifacts { get; init; }

    /// <summary>What the last answer to an Http trigger said of the next question (<see cref="FireResult.NextPoll"/>); null for the first.</summary>
    public NextPoll? LastPoll { get; init; }

    /// <summary>
    /// The time of its schedule for which the trigger fires, where it fires later than that; null: the present moment. It is the trigger's <c>scheduledTime</c>, and
    /// a SlidingWindow trigger tells its run the window that is due then: whoever fires windows that have passed gives it.
    /// </summary>
    public DateTimeOffset? ScheduledTime { get; init; }

    /// <summary>How much of its loops the run remembers; the whole unless said otherwise.</summary>
    public RunHistory History { get; init; }

    /// <summary>Callbacks that come by themselves; those that found no action waiting are in <see cref="RunResult.MissedCallbacks"/>.</summary>
    public IReadOnlyList<RunCallback> Callbacks { get; init; } = [];

    /// <summary>
    /// Whether somebody may call actions back that wait for it (HttpWebhook). Where nobody can, such an action fails instead of waiting for ever; with a
    /// <see cref="VirtualTimeProvider"/> only once nothing else can happen. Null: yes on a real clock and for runs started by <see cref="WorkflowEngine.StartAsync"/>.
    /// </summary>
    public bool? CanBeCalledBack { get; init; }

    /// <summary>
    /// How long the caller waits for a Response, on the run's clock; null: 120 s, in Standard 230 s. A later one fails, unless its
    /// <c>operationOptions</c> say <c>Asynchronous</c>: then the caller has asked again meanwhile.
    /// </summary>
    public TimeSpan? ResponseTimeout { get; init; }

    /// <summary>Whether somebody waits for a Response; without, a Response is Skipped.</summary>
    public bool CallerWaits { get; init; } = true;
}
