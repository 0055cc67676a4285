namespace FlowEngine.Definitions;

/// <summary>What a use of a result says of how its action may have ended.</summary>
internal enum ResultUseKind
{
    /// <summary>The result is taken as there.</summary>
    Plain,

    /// <summary>Its absence is provided for: inside <c>coalesce</c>, or before a <c>?</c>.</summary>
    Guarded,

    /// <summary>How the action ended is asked for: its status code, <c>actions()</c>, <c>result()</c>.</summary>
    Aware,

    /// <summary>A variable, read or written.</summary>
    Variable,
}

/// <summary>A use of another action's results, or of a variable.</summary>
/// <param name="Name">The action, or the variable.</param>
/// <param name="Kind">How it is used.</param>
/// <param name="IsNested">Whether an action nested in the one concerned uses it.</param>
internal readonly record struct ResultUse(string Name, ResultUseKind Kind, bool IsNested);
