namespace FlowEngine;

/// <summary>A trigger type of a host: a queue that it reads, a folder that it watches.</summary>
/// <param name="Type">Its name in definitions, ignoring case.</param>
public sealed record TriggerSpec(string Type)
{
    /// <summary>What it does, one sentence; shown by <see cref="WorkflowEngine.DescribeExtensions"/>.</summary>
    public string Summary { get; init; } = string.Empty;

    /// <summary>
    /// Waits for what the trigger stands for and fires, until it is cancelled: what <see cref="WorkflowEngine.ListenAsync"/> calls for each flow with such a trigger. Null where the host fires
    /// by <see cref="WorkflowEngine.FireAsync"/> alone.
    /// </summary>
    public Func<TriggerListening, CancellationToken, Task>? Listen { get; init; }

    /// <summary>Makes what <c>trigger()</c> shows as outputs of the request that fires it; null takes its body as <c>body</c>, as other triggers that are fired by hand.</summary>
    public Func<TriggerRequest, FlowValue>? Outputs { get; init; }
}

/// <summary>A flow whose trigger listens.</summary>
public sealed class TriggerListening
{
    private readonly Func<TriggerRequest, Task<FireResult>> _fire;

    internal TriggerListening(Workflow workflow, string trigger, FlowValue inputs, Func<TriggerRequest, Task<FireResult>> fire)
    {
        Workflow = workflow;
        Trigger = trigger;
        Inputs = inputs;
        _fire = fire;
    }

    /// <summary>The flow.</summary>
    public Workflow Workflow { get; }

    /// <summary>The trigger's name.</summary>
    public string Trigger { get; }

    /// <summary>The trigger's inputs, parameters filled in.</summary>
    public FlowValue Inputs { get; }

    /// <summary>Fires, and waits for the runs.</summary>
    public Task<FireResult> FireAsync(FlowValue body) => _fire(TriggerRequest.WithBody(body));
}
