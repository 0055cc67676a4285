namespace FlowEngine.Definitions;

/// <summary>The ids by which other workflows call one, as its file may hold them: <c>id</c>, <c>name</c>, or a <c>workflowEntityId</c> in its properties or metadata.</summary>
internal static class WorkflowIds
{
    /// <summary>Whether a file says that its workflow has an id, ignoring case.</summary>
    /// <param name="root">The file's root value.</param>
    /// <param name="id">The id, such as a solution's workflow id.</param>
    public static bool Names(FlowValue root, string id) => All(root).Any(value => value.Equals(id, StringComparison.OrdinalIgnoreCase));

    /// <summary>The ids in a file; none where it tells none.</summary>
    internal static IEnumerable<string> All(FlowValue root) =>
        new[] { root["id"], root["name"], root["properties"]["workflowEntityId"], root["definition"]["metadata"]["workflowEntityId"] }.Select(value => value.AsStringOrNull).OfType<string>();
}
