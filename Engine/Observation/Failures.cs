using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>Finds the action that a failed run is about.</summary>
internal static class Failures
{
    public static ActionRecord? FirstOf(Run run) => Find(run.Plan.Root, run.Root) is { } execution ? new ActionRecord(execution) : null;

    private static ActionExecution? Find(PlannedBranch branch, Frame frame)
    {
        ActionExecution? first = null;
        foreach (var action in branch.Actions)
        {
            if (frame.Slots[action.Slot] is not { Status: ActionStatus.Failed or ActionStatus.TimedOut } execution) continue;
            var found = Inside(action, execution) ?? execution;
            if (first is null || found.StartTicks < first.StartTicks) first = found;
        }

        return first;
    }

    private static ActionExecution? Inside(PlannedAction action, ActionExecution execution)
    {
        foreach (var branch in action.Branches)
        {
            if (action.Repetition is null)
            {
                if (Find(branch, execution.Frame) is { } found) return found;
                continue;
            }

            foreach (var repetition in execution.Repetitions)
            {
                if (Find(branch, repetition) is { } found) return found;
            }
        }

        return null;
    }
}
