using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>The status of a group of actions: that of its leaves, a skipped leaf standing for its predecessors (runtime reference, 2.3).</summary>
internal static class LeafRule
{
    public static ActionStatus StatusOf(PlannedBranch branch, Frame frame)
    {
        HashSet<PlannedAction>? seen = null;
        foreach (var leaf in branch.Leaves)
        {
            if (Failed(leaf, frame, ref seen)) return ActionStatus.Failed;
        }

        return ActionStatus.Succeeded;
    }

    private static bool Failed(PlannedAction action, Frame frame, ref HashSet<PlannedAction>? seen)
    {
        var status = frame.Slots[action.Slot]?.CountsAs ?? ActionStatus.Skipped;
        // A TimedOut leaf counts as failed: the container shows Failed, ActionFailed (assumed, runtime reference section 7 point 2).
        if (status is ActionStatus.Failed or ActionStatus.TimedOut) return true;
        if (status != ActionStatus.Skipped) return false;
        seen ??= new HashSet<PlannedAction>(ReferenceEqualityComparer.Instance);
        if (!seen.Add(action)) return false;
        foreach (var predecessor in action.Predecessors)
        {
            if (Failed(predecessor.Action, frame, ref seen)) return true;
        }

        return false;
    }
}
