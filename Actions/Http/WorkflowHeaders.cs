namespace FlowEngine.Actions;

/// <summary>What a server is told about the workflow that calls it (runtime reference, 3.14); off with <c>SuppressWorkflowHeaders</c>.</summary>
internal static class WorkflowHeaders
{
    /// <summary>Names and values; a character that a header can't hold is percent-encoded.</summary>
    /// <param name="scope">Who calls.</param>
    /// <param name="requestId">What the attempt is called, also in <c>retryHistory</c>.</param>
    public static IEnumerable<(string Name, string Value)> Of(RunScope scope, Guid requestId)
    {
        foreach (var (name, value) in scope.Identity)
        {
            if (value.Length > 0) yield return (name, InAscii(value));
        }

        var id = requestId.ToString("D");
        yield return ("x-ms-workflow-operation-name", InAscii(scope.Action.Name));
        yield return ("x-ms-tracking-id", id);
        yield return ("x-ms-correlation-id", id);
        yield return ("x-ms-client-request-id", id);
    }

    private static string InAscii(string text) => text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? Uri.EscapeDataString(text) : text;
}
