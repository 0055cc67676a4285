using System.Globalization;

namespace FlowEngine;

/// <summary>What JSON text may cost. Beyond it reading ends with a <see cref="FlowJsonException"/>.</summary>
/// <param name="MaxDepth">Containers nested in each other, from 1.</param>
public sealed record JsonLimits(int MaxDepth = 128)
{
    /// <summary>How deep values may be nested by building (expressions, templates); reading allows less.</summary>
    public const int MaxBuiltDepth = 1000;

    /// <summary>128 levels.</summary>
    public static JsonLimits Default { get; } = new();

    /// <summary>How many characters a value may take when it is written as JSON; parts that are shared count at each place.</summary>
    public const int MaxBuiltSize = 1 << 30;

    // Containers carry their size too: createArray(x, x) over and over takes no memory, but writing or comparing it would take for ever.
    internal static int CheckSize(long size) => size <= MaxBuiltSize
        ? (int)size
        : throw new FlowJsonException(string.Create(CultureInfo.InvariantCulture, $"The value takes more than {MaxBuiltSize} characters as JSON."), 0, 0, string.Empty);

    // Containers carry their depth, so that a loop of createArray(variables('x')) is an error and never a stack overflow.
    internal static int CheckBuilt(int depth) => depth <= MaxBuiltDepth
        ? depth
        : throw new FlowJsonException(string.Create(CultureInfo.InvariantCulture, $"The value is nested deeper than {MaxBuiltDepth} levels."), 0, 0, string.Empty);
}
