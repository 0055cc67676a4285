using FlowEngine.Definitions;

namespace FlowEngine;

/// <summary>One <c>actions</c> map, ready to run.</summary>
internal sealed class PlannedBranch(BranchDefinition definition)
{
    public BranchDefinition Definition { get; } = definition;

    /// <summary>In an order that satisfies every <c>runAfter</c>; document order where nothing else decides.</summary>
    public PlannedAction[] Actions { get; set; } = [];

    /// <summary>In document order: that of <c>result()</c> and the record.</summary>
    public PlannedAction[] Written { get; set; } = [];

    /// <summary>Actions that no sibling names in <c>runAfter</c>.</summary>
    public PlannedAction[] Leaves { get; set; } = [];
}
