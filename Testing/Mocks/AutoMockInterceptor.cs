using System.Diagnostics.CodeAnalysis;
using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>Answers for every action that leaves the process, with data made of what the flow says about it, so that a whole flow can be walked.</summary>
/// <remarks>
/// A body is made of what the flow reads of it (<see cref="SampleData"/>), by the schema of a ParseJson where one takes it; one that nothing reads is an object
/// with an empty <c>value</c> list. Entries of a mocks file answer first.
/// </remarks>
/// <param name="definition">The flow.</param>
/// <param name="first">What answers before; null for nothing.</param>
/// <param name="answersHttp">Whether actions that send requests are answered for too; not where mocks of requests answer them.</param>
/// <param name="data">The data to answer with; null makes it of the flow.</param>
internal sealed class AutoMockInterceptor(WorkflowDefinition definition, IActionInterceptor? first = null, bool answersHttp = true, SampleData? data = null) : IActionInterceptor
{
    private static readonly HashSet<string> OtherWorkflows = new(StringComparer.OrdinalIgnoreCase) { "Workflow", "SendToBatch" };

    private static readonly HashSet<string> Requests = new(StringComparer.OrdinalIgnoreCase) { "Http", "HttpWebhook", "Function", "ApiManagement" };

    private readonly SampleData _data = data ?? SampleData.Of(definition);

    public bool TryIntercept(RunScope scope, out ActionOutcome outcome) => TryIntercept(scope, out outcome, out _);

    public bool TryIntercept(RunScope scope, out ActionOutcome outcome, out TimeSpan delay)
    {
        ArgumentNullException.ThrowIfNull(scope);
        delay = TimeSpan.Zero;
        if (first is not null && first.TryIntercept(scope, out outcome, out delay)) return true;
        outcome = default;
        if (!IsExternal(scope)) return false;
        outcome = ActionOutcome.Succeeded(_data.Outputs(scope.Action.Name));
        return true;
    }

    public bool TryCallBack(RunScope scope, [NotNullWhen(true)] out ScheduledCallback? callback)
    {
        callback = null;
        return first?.TryCallBack(scope, out callback) is true;
    }

    private bool IsExternal(RunScope scope)
    {
        var type = scope.Action.Type;
        if (Requests.Contains(type)) return answersHttp;
        // Where mocks answer requests, they answer those of the connectors that are there too; the others send none.
        if (ConnectorTypes.Contains(type)) return answersHttp || scope.Connectors?.Find(ConnectorCallReader.Read(scope.Inputs, scope).Host) is null;
        // Other workflows are outside, and so are maps and schemas that nobody has put beside the flow.
        if (OtherWorkflows.Contains(type) || !TransformInputs.AreThere(scope)) return true;
        // A type that nothing here runs and that has actions of its own (an agent) is answered for as well: its tools are its own choice.
        return !BuiltInActions.Catalog.TryGet(type, out var known) || !known.IsImplemented;
    }
}
