using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>A callback to an action of a run that comes by itself.</summary>
/// <param name="After">How long after the start of the run, on its clock.</param>
/// <param name="Action">The action that waits, ignoring case.</param>
/// <param name="Message">What it brings.</param>
public sealed record RunCallback(TimeSpan After, string Action, CallbackMessage Message)
{
    /// <summary>Loop indexes, outermost first, or only the innermost; empty for the first that waits.</summary>
    public IReadOnlyList<int> Repetition { get; init; } = [];
}
