using FlowEngine.Actions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>What a run is given by its engine and its options.</summary>
internal sealed record RunSettings(TimeProvider Time, Chance Chance, HttpMessageInvoker HttpHandler, IRunObserver? Observer, IActionInterceptor? Interceptor)
{
    /// <summary>What requests share beyond this run.</summary>
    public required OutboundState Outbound { get; init; }

    /// <summary>The open addresses at which actions are called back.</summary>
    public required CallbackDirectory Callbacks { get; init; }

    /// <summary>Keeps runs to the concurrency of their triggers.</summary>
    public required RunQueues Queues { get; init; }

    /// <summary>The batches that messages are sent to.</summary>
    public required BatchDirectory Batches { get; init; }

    /// <summary>The runs of the engine that have not ended.</summary>
    public required RunsUnderWay UnderWay { get; init; }

    /// <summary>Who watches all runs of the engine, also those that others start.</summary>
    public IReadOnlyList<IRunObserver> Watching { get; init; } = [];

    /// <summary>Spans and measurements; null where nobody listens.</summary>
    public RunTelemetry? Telemetry { get; init; }

    /// <summary>Whether somebody outside may call them.</summary>
    public bool CanBeCalledBack { get; init; }

    /// <summary>Where child workflows are found; null where there are none.</summary>
    public IWorkflowCatalog? Workflows { get; init; }

    /// <summary>What a call of a workflow without a Response comes to.</summary>
    public ChildWithoutResponse ChildWithoutResponse { get; init; }

    /// <summary>How long a client waits for a Response; null takes the host's time.</summary>
    public TimeSpan? ResponseTimeout { get; init; }

    /// <summary>Values that must not show.</summary>
    public IReadOnlyList<FlowValue> Secrets { get; init; } = [];

    /// <summary>What a called run shares with the run that called it; null for one that no run called.</summary>
    public RunFamily? Family { get; init; }

    /// <summary>The run that called it and waits for its answer; null where none does.</summary>
    public Run? Caller { get; init; }

    /// <summary>Where connectors are found; null where there are none.</summary>
    public IConnectorSource? Connectors { get; init; }

    /// <summary>Where maps and schemas are found; null takes each workflow's own folder.</summary>
    public IArtifactSource? Artifacts { get; init; }

    /// <summary>Parameter values of the engine, for child workflows too.</summary>
    public FlowObject Parameters { get; init; } = FlowObject.Empty;

    /// <summary>What one evaluation may cost.</summary>
    public ExpressionLimits Limits { get; init; } = ExpressionLimits.Default;

    /// <summary>How much of loops is remembered.</summary>
    public RunHistory History { get; init; }

    /// <summary>How many parents there are.</summary>
    public int Depth { get; init; }

    /// <summary>The settings of a run that another one starts: the observer of that one does not see it, those of the engine do.</summary>
    public RunSettings Below(Run parent)
    {
        // What is shown of it may hold what the other one hides.
        parent.Secrets?.Share();
        var telemetry = Telemetry?.OfChild(parent.Id);
        return this with { Depth = Depth + 1, Telemetry = telemetry, Observer = RunObservers.Of(Watching, telemetry, null), Family = parent.Family, Caller = null };
    }
}
