using FlowEngine.Actions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>Settings of an engine.</summary>
public sealed class WorkflowEngineBuilder
{
    private readonly List<IRunObserver> _observers = [];

    internal TimeProvider Time { get; private set; } = TimeProvider.System;

    /// <summary>What the host sends requests with; null sends them by the engine's own handler.</summary>
    internal HttpMessageInvoker? HttpSender { get; private set; }

    internal TimeSpan StopTimeout { get; private set; } = TimeSpan.FromSeconds(5);

    internal FlowObject Parameters { get; private set; } = FlowObject.Empty;

    internal IReadOnlyList<IRunObserver> Observers => _observers;

    internal Serilog.ILogger? Logger { get; private set; }

    internal ExpressionLimits Limits { get; private set; } = ExpressionLimits.Default;

    internal IWorkflowCatalog? Workflows { get; private set; }

    internal ChildWithoutResponse ChildWithoutResponse { get; private set; }

    internal HttpOptions Http { get; private set; } = HttpOptions.Default;

    internal IConnectorSource? Connectors { get; private set; }

    // A name that can't be resolved (RFC 2606): who has no server for callbacks must not name another one's.
    internal Uri CallbackAddress { get; private set; } = new("https://flowengine.invalid/");

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

    /// <summary>Logs every run: one event an action, run id and action path as properties, never a payload.</summary>
    public WorkflowEngineBuilder UseLogger(Serilog.ILogger logger)
    {
        Logger = logger;
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
        Connectors = connectors;
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
