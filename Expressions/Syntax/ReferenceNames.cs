namespace FlowEngine.Expressions;

/// <summary>The functions whose first argument the service checks when a definition is saved.</summary>
internal static class ReferenceNames
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "variables", "body", "actionBody", "outputs", "actionOutputs", "actions", "items", "result",
    };

    /// <summary>Whether the function must name what it refers to.</summary>
    public static bool NeedsName(string function) => Names.Contains(function);
}
