using System.Diagnostics.CodeAnalysis;
using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>Answers for every action that leaves the process, with data made of what the flow says about it, so that a whole flow can be walked.</summary>
/// <remarks>
/// What a ParseJson reads of an action's body is made by that ParseJson's schema (<see cref="SampleValue"/>); all else gets an object with an
/// empty <c>value</c> list. Entries of a mocks file answer first.
/// </remarks>
/// <param name="definition">The flow.</param>
/// <param name="first">What answers before; null for nothing.</param>
/// <param name="answersHttp">Whether actions that send requests are answered for too; not where mocks of requests answer them.</param>
public sealed class AutoMockInterceptor(WorkflowDefinition definition, IActionInterceptor? first = null, bool answersHttp = true) : IActionInterceptor
{
    private static readonly HashSet<string> OtherWorkflows = new(StringComparer.OrdinalIgnoreCase) { "Workflow", "SendToBatch" };

    private static readonly HashSet<string> Requests = new(StringComparer.OrdinalIgnoreCase) { "Http", "HttpWebhook", "Function", "ApiManagement" };

    private readonly Dictionary<string, FlowValue> _bodies = Bodies(definition);

    public bool TryIntercept(RunScope scope, out ActionOutcome outcome) => TryIntercept(scope, out outcome, out _);

    public bool TryIntercept(RunScope scope, out ActionOutcome outcome, out TimeSpan delay)
    {
        ArgumentNullException.ThrowIfNull(scope);
        delay = TimeSpan.Zero;
        if (first is not null && first.TryIntercept(scope, out outcome, out delay)) return true;
        outcome = default;
        if (!IsExternal(scope)) return false;
        var body = _bodies.TryGetValue(scope.Action.Name, out var made) ? made : FlowValue.Object(("value", FlowValue.EmptyArray));
        outcome = ActionOutcome.Succeeded(FlowValue.Object(("statusCode", 200), ("headers", FlowValue.EmptyObject), ("body", body)));
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

    private static Dictionary<string, FlowValue> Bodies(WorkflowDefinition definition)
    {
        var bodies = new Dictionary<string, FlowValue>(StringComparer.OrdinalIgnoreCase);
        foreach (var action in definition.AllActions())
        {
            if (action.Type != "ParseJson" || action.Inputs["content"].AsStringOrNull is not { } content) continue;
            if (Source(content) is { } source) bodies.TryAdd(source, SampleValue.Of(action.Inputs["schema"]));
        }

        return bodies;
    }

    // @body('Name') or @outputs('Name')?['body'], whole: other contents don't tell what the body is.
    private static string? Source(string content)
    {
        foreach (var (start, end) in new[] { ("@body('", "')"), ("@outputs('", "')?['body']"), ("@outputs('", "')['body']"), ("@{body('", "')}") })
        {
            if (content.StartsWith(start, StringComparison.OrdinalIgnoreCase) && content.EndsWith(end, StringComparison.OrdinalIgnoreCase) && content.Length > start.Length + end.Length)
                return content[start.Length..^end.Length].Replace("''", "'", StringComparison.Ordinal);
        }

        return null;
    }
}
