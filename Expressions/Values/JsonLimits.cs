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

    // Containers carry their depth, so that a loop of createArray(variables('x')) is an error and never a stack overflow.
    internal static int CheckBuilt(int depth) => depth <= MaxBuiltDepth
        ? depth
        : throw new FlowJsonException(string.Create(CultureInfo.InvariantCulture, $"The value is nested deeper than {MaxBuiltDepth} levels."), 0, 0, string.Empty);
}
