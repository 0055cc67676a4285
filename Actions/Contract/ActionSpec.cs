using FlowEngine.Definitions;

namespace FlowEngine.Actions;

/// <summary>A row of the action table: what the validator knows of a type, and how its executor is made.</summary>
/// <param name="Info">For the validator.</param>
/// <param name="Create">Makes the executor of one planned action.</param>
public sealed record ActionSpec(ActionTypeInfo Info, Func<ActionPlan, IActionExecutor> Create)
{
    /// <summary>Whether the action waits to be called back: then <c>listCallbackUrl()</c> has a meaning in its inputs.</summary>
    public bool IsCalledBack { get; init; }
}
