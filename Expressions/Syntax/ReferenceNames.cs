namespace FlowEngine.Expressions;

/// <summary>The functions whose first argument the service checks when a definition is saved.</summary>
internal static class ReferenceNames
{
    /// <summary>Whether the function must name what it refers to.</summary>
    /// <remarks>Asked of every call: lengths tell most names apart without a hash of each.</remarks>
    public static bool NeedsName(string function) => function.Length switch
    {
        4 => Is(function, "body"),
        5 => Is(function, "items"),
        6 => Is(function, "result"),
        7 => Is(function, "outputs") || Is(function, "actions"),
        9 => Is(function, "variables"),
        10 => Is(function, "actionBody"),
        13 => Is(function, "actionOutputs"),
        _ => false,
    };

    private static bool Is(string function, string name) => function.Equals(name, StringComparison.OrdinalIgnoreCase);
}
