using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>Finds the action that a failed run is about: along the leaf rule, so that a failure that was handled is not blamed, then inwards.</summary>
internal static class Failures
{
    public static ActionRecord? FirstOf(Run run) => Deciding(run.Plan.Root, run.Root) is { } execution ? new ActionRecord(execution) : null;

    private static ActionExecution? Deciding(PlannedBranch branch, Frame frame)
    {
        ActionExecution? first = null;
        var seen = new HashSet<PlannedAction>(ReferenceEqualityComparer.Instance);
        foreach (var leaf in branch.Leaves) Visit(leaf);
        return first;

        void Visit(PlannedAction action)
        {
            if (!seen.Add(action) || frame.Slots[action.Slot] is not { } execution) return;
            if (execution.Status == ActionStatus.Skipped)
            {
                foreach (var predecessor in action.Predecessors) Visit(predecessor.Action);
            }
            else if (execution.CountsAs is ActionStatus.Failed or ActionStatus.TimedOut)
            {
                var found = Inside(action, execution) ?? execution;
                if (first is null || found.StartTicks < first.StartTicks) first = found;
            }
        }
    }

    private static ActionExecution? Inside(PlannedAction action, ActionExecution execution)
    {
        foreach (var branch in action.Branches)
        {
            if (action.Repetition is null)
            {
                if (Deciding(branch, execution.Frame) is { } found) return found;
                continue;
            }

            foreach (var repetition in execution.Repetitions)
            {
                if (Deciding(branch, repetition) is { } found) return found;
            }
        }

        return null;
    }
}
