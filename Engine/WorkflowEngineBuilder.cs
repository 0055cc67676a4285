using System.Diagnostics.CodeAnalysis;
using FlowEngine.Actions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>Settings of an engine.</summary>
public sealed class WorkflowEngineBuilder
{
    private readonly List<IRunObserver> _observers = [];
    private readonly Dictionary<string, IConnector> _connectors = new(StringComparer.OrdinalIgnoreCase);
    private IConnectorSource? _connectorSource;
    private LogObserver? _log;

    internal Extensions Extensions { get; } = new();

    internal WorkflowOptions WorkflowOptions { get; private set; } = WorkflowOptions.Default;

    internal TimeProvider Time { get; private set; } = TimeProvider.System;

    /// <summary>What the host sends requests with; null sends them by the engine's own handler.</summary>
    internal HttpMessageInvoker? HttpSender { get; private set; }

    internal TimeSpan StopTimeout { get; private set; } = TimeSpan.FromSeconds(5);

    internal FlowObject Parameters { get; private set; } = FlowObject.Empty;

    internal IReadOnlyList<IRunObserver> Observers => _log is null ? _observers : [.. _observers, _log];

    internal ExpressionLimits Limits { get; private set; } = ExpressionLimits.Default;

    internal IWorkflowCatalog? Workflows { get; private set; }

    internal ChildWithoutResponse ChildWithoutResponse { get; private set; }

    internal HttpOptions Http { get; private set; } = HttpOptions.Default;

    internal IConnectorSource? Connectors => _connectors.Count == 0 ? _connectorSource : new HostConnectors(_connectors, _connectorSource);

    internal Uri? CallbackAddress { get; private set; }

    internal EgressPolicy Egress { get; private set; } = EgressPolicy.Open;

    /// <summary>The clock of all runs; a run may bring its own.</summary>
    public WorkflowEngineBuilder UseTime(TimeProvider time)
    {
        Time = time;
        return this;
    }

    /// <summary>Sends every outbound request through this handler. The caller disposes it.</summary>
    public WorkflowEngineBuilder UseHttpHandler(HttpMessageHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        HttpSender = new HttpMessageInvoker(handler, disposeHandler: false);
        return this;
    }

    /// <summary>Sends every outbound request by a client that is asked for anew each time: <c>UseHttpClient(() => factory.CreateClient("flows"))</c> with an <c>IHttpClientFactory</c>.</summary>
    /// <remarks>The client should not follow redirects: what a flow may reach is checked at its own requests only. Address guard, proxy and certificates are then the host's matter.</remarks>
    public WorkflowEngineBuilder UseHttpClient(Func<HttpClient> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        HttpSender = new HostClient(create);
        return this;
    }

    /// <summary>How long a stopping engine waits for runs that it has cancelled; 5 seconds unless said otherwise.</summary>
    public WorkflowEngineBuilder UseStopTimeout(TimeSpan timeout)
    {
        StopTimeout = timeout;
        return this;
    }

    /// <summary>Parameter values for all workflows: an object of name and value.</summary>
    public WorkflowEngineBuilder UseParameters(FlowValue parameters)
    {
        Parameters = parameters.AsObject;
        return this;
    }

    /// <summary>Watches every run.</summary>
    public WorkflowEngineBuilder AddObserver(IRunObserver observer)
    {
        _observers.Add(observer);
        return this;
    }

    /// <summary>Logs every run; which events there are, their levels and properties: docs/logging.md. Without an argument to <c>Serilog.Log.Logger</c>.</summary>
    public WorkflowEngineBuilder UseLogger(Serilog.ILogger? logger = null)
    {
        _log = new LogObserver(logger ?? Serilog.Log.Logger);
        return this;
    }

    /// <summary>Logs every run to a host without Serilog; properties stay properties.</summary>
    public WorkflowEngineBuilder UseLogger(Microsoft.Extensions.Logging.ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        _log = HostLogSink.ObserverFor(logger);
        return this;
    }

    /// <summary>What one evaluation of an expression may cost; <see cref="ExpressionLimits.Untrusted"/> for flows of others.</summary>
    public WorkflowEngineBuilder UseExpressionLimits(ExpressionLimits limits)
    {
        Limits = limits;
        return this;
    }

    /// <summary>Where workflows that others call are found.</summary>
    public WorkflowEngineBuilder UseWorkflows(IWorkflowCatalog workflows)
    {
        Workflows = workflows;
        return this;
    }

    /// <summary>What a call of a workflow without a Response action comes to: <see cref="ChildWithoutResponse.BadGateway"/> unless said otherwise.</summary>
    public WorkflowEngineBuilder UseChildWithoutResponse(ChildWithoutResponse choice)
    {
        ChildWithoutResponse = choice;
        return this;
    }

    /// <summary>How requests are sent.</summary>
    public WorkflowEngineBuilder UseHttp(HttpOptions options)
    {
        Http = options;
        return this;
    }

    /// <summary>Where the connectors are found that actions call operations of.</summary>
    public WorkflowEngineBuilder UseConnectors(IConnectorSource connectors)
    {
        _connectorSource = connectors;
        return this;
    }

    /// <summary>Adds a connector written in code; it stands before those of <see cref="UseConnectors"/>. Connections with credentials go with a <c>ConnectorSet</c>.</summary>
    /// <exception cref="ArgumentException">A connector of that name has been added already.</exception>
    public WorkflowEngineBuilder AddConnector(IConnector connector)
    {
        ArgumentNullException.ThrowIfNull(connector);
        if (!_connectors.TryAdd(connector.Name, connector)) throw new ArgumentException($"The connector '{connector.Name}' has been added already.", nameof(connector));
        return this;
    }

    /// <summary>What <see cref="WorkflowEngine.Load(string)"/> and its kin compile flows with besides the host's own actions, functions and triggers: product, strictness, app settings.</summary>
    public WorkflowEngineBuilder UseWorkflowOptions(WorkflowOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        WorkflowOptions = options;
        return this;
    }

    /// <summary>Adds an action type. Flows that use it are read by <see cref="WorkflowEngine.Load(string)"/> and its kin.</summary>
    /// <param name="type">Its name in definitions, ignoring case.</param>
    /// <param name="run">What it does: evaluated inputs are <see cref="RunScope.Inputs"/>, what it returns are its outputs. An <see cref="ActionFailedException"/> fails it with a code.</param>
    /// <param name="options">The schema of its inputs, and whether it is pure.</param>
    /// <exception cref="ArgumentException">The name is taken, or the schema is none.</exception>
    public WorkflowEngineBuilder AddAction(string type, Func<RunScope, CancellationToken, ValueTask<FlowValue>> run, HostActionOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        ArgumentNullException.ThrowIfNull(run);
        options ??= HostActionOptions.Default;
        Extensions.Add(HostAction.Spec(type, new HostActionBody(run), options, HostActionInputs.Of(options.Schema)), options.Summary);
        return this;
    }

    /// <summary>Adds an action type with inputs and outputs as types of the host: records are right. Required are the inputs that the record's constructor needs.</summary>
    /// <param name="type">Its name in definitions, ignoring case.</param>
    /// <param name="run">What it does. An <see cref="ActionFailedException"/> fails it with a code.</param>
    /// <param name="options">A schema for what the type does not say, and whether it is pure.</param>
    /// <exception cref="ArgumentException">The name is taken, or the schema is none.</exception>
    [RequiresUnreferencedCode("The members of the types are found by reflection.")]
    [RequiresDynamicCode("The members of the types are found by reflection.")]
    public WorkflowEngineBuilder AddAction<TInputs, TOutputs>(string type, Func<TInputs, RunScope, CancellationToken, ValueTask<TOutputs>> run, HostActionOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        ArgumentNullException.ThrowIfNull(run);
        options ??= HostActionOptions.Default;
        Extensions.Add(HostAction.Spec(type, RunTyped, options, TypedInputs.Of(typeof(TInputs), options.Schema)), options.Summary);
        return this;

        async ValueTask<FlowValue> RunTyped(RunScope scope, CancellationToken cancellation)
        {
            TInputs? inputs;
            try
            {
                inputs = scope.Inputs.To<TInputs>();
            }
            catch (InvalidCastException e)
            {
                throw new ActionFailedException(ActionCodes.BadRequest, e.Message);
            }

            return TypedValues.ToFlowValue(await run(inputs!, scope, cancellation).ConfigureAwait(false)); // Null only where the inputs are, and the type takes it.
        }
    }

    /// <summary>Adds an action type that is written against the engine's own contract: it may run branches, wait, send requests. It is trusted to mind its cancellation and never to block.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public WorkflowEngineBuilder AddAction(ActionSpec action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Extensions.Add(action, string.Empty);
        return this;
    }

    /// <summary>Adds a function to the expression language: <c>new FunctionSpec("vat", net => …) { Summary = …, Parameters = […], Examples = […] }</c>.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public WorkflowEngineBuilder AddFunction(FunctionSpec function)
    {
        ArgumentNullException.ThrowIfNull(function);
        Extensions.Add(function);
        return this;
    }

    /// <summary>Adds a trigger type.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public WorkflowEngineBuilder AddTrigger(TriggerSpec trigger)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        Extensions.Add(trigger);
        return this;
    }

    /// <summary>What <c>listCallbackUrl()</c> begins with: the address of the host's own server, which hands requests on to <see cref="WorkflowEngine.CallBack"/>.</summary>
    public WorkflowEngineBuilder UseCallbackAddress(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        CallbackAddress = address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
        return this;
    }

    /// <summary>Which addresses requests may reach. Open unless said otherwise.</summary>
    public WorkflowEngineBuilder UseEgressPolicy(EgressPolicy policy)
    {
        Egress = policy;
        return this;
    }
}
