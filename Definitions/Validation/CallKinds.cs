using System.Collections.Immutable;
using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Kinds of calls that rules are about.</summary>
[Flags]
internal enum CallKinds : byte
{
    /// <summary>All others.</summary>
    None = 0,

    /// <summary>The first argument names an action, whose results are read.</summary>
    Results = 1,

    /// <summary>It names a variable.</summary>
    Variables = 2,

    /// <summary>It names a parameter.</summary>
    Parameters = 4,

    /// <summary>It names a loop.</summary>
    Loops = 8,

    /// <summary><c>ticks()</c>.</summary>
    Ticks = 16,
}

/// <summary>Finds <see cref="CallKinds"/>.</summary>
internal static class CallKind
{
    /// <summary>The kind of a function's calls.</summary>
    /// <remarks>Asked of every call: lengths tell most names apart without a hash of each.</remarks>
    public static CallKinds Of(string function) => function.Length switch
    {
        4 when Is(function, "body") => CallKinds.Results,
        5 when Is(function, "items") => CallKinds.Loops,
        5 when Is(function, "ticks") => CallKinds.Ticks,
        6 when Is(function, "result") => CallKinds.Results,
        7 when Is(function, "outputs") || Is(function, "actions") => CallKinds.Results,
        9 when Is(function, "variables") => CallKinds.Variables,
        10 when Is(function, "actionBody") => CallKinds.Results,
        10 when Is(function, "parameters") => CallKinds.Parameters,
        13 when Is(function, "actionOutputs") || Is(function, "formDataValue") || Is(function, "multipartBody") => CallKinds.Results,
        16 when Is(function, "iterationIndexes") => CallKinds.Loops,
        19 when Is(function, "formDataMultiValues") => CallKinds.Results,
        _ => CallKinds.None,
    };

    /// <summary>The kinds of several calls.</summary>
    public static CallKinds In(ImmutableArray<CallSyntax> calls)
    {
        var found = CallKinds.None;
        foreach (var call in calls) found |= Of(call.Name);
        return found;
    }

    private static bool Is(string function, string name) => function.Equals(name, StringComparison.OrdinalIgnoreCase);
}
