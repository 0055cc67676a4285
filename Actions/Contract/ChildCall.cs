namespace FlowEngine.Actions;

/// <summary>A call of a child workflow.</summary>
/// <param name="Workflow">Its name or reference name.</param>
/// <param name="Headers">Object of text, or null.</param>
/// <param name="Body">What its trigger gets, as it is; see <paramref name="HasBody"/>.</param>
/// <param name="HasBody">Whether there is a body: null is one.</param>
internal sealed record ChildCall(string Workflow, FlowValue Headers, FlowValue Body, bool HasBody)
{
    /// <summary>Which of its triggers is called; null takes the only one.</summary>
    public string? Trigger { get; init; }
}

/// <summary>What a child workflow answered.</summary>
/// <param name="Response">Its first Response, or what stands in for one where it has none; null where it could not be started.</param>
/// <param name="Error">Why it could not be started.</param>
internal sealed record ChildAnswer(WorkflowResponse? Response, ActionError? Error);
