using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine;

/// <summary>Turns <c>runAfter</c> into an order, predecessors, successors and leaves.</summary>
/// <remarks>Actions are told apart by their position as written: with dictionaries in place of arrays this took 1,300 bytes an action (<c>load.actions-1000</c>).</remarks>
internal static class BranchOrder
{
    // The successors of an action that has one, by its position: shared by all plans, they spare 30 bytes an action (load.actions-1000).
    private static readonly int[][] Alone = [.. Enumerable.Range(0, 64).Select(position => new[] { position })];

    public static void Arrange(PlannedBranch branch, WorkflowPlan plan)
    {
        var written = branch.Written;
        foreach (var action in written) action.Predecessors = PredecessorsOf(action, written, plan);
        branch.Actions = IsSorted(written) ? written : Sort(written);
        AddSuccessors(branch);
    }

    private static Predecessor[] PredecessorsOf(PlannedAction action, PlannedAction[] siblings, WorkflowPlan plan)
    {
        var entries = action.Definition.RunAfter;
        if (entries.Count == 0) return [];
        var found = new Predecessor[entries.Count];
        var count = 0;
        for (var i = 0; i < entries.Count; i++)
        {
            if (!plan.TryGetAction(entries[i].Action, out var before) || before.Position >= siblings.Length || !ReferenceEquals(siblings[before.Position], before)) continue;
            found[count++] = new Predecessor(before, Mask(entries[i].Statuses), entries[i].Written is [var only] ? only : string.Join(", ", entries[i].Written));
        }

        return count == found.Length ? found : found[..count];
    }

    private static void AddSuccessors(PlannedBranch branch)
    {
        var counts = branch.Written.Length <= 64 ? stackalloc int[branch.Written.Length] : new int[branch.Written.Length];
        foreach (var action in branch.Actions)
        {
            foreach (var predecessor in action.Predecessors) counts[predecessor.Action.Position]++;
        }

        var leaves = 0;
        foreach (var action in branch.Written)
        {
            var count = counts[action.Position];
            if (count == 0) leaves++;
            else if (count > 1) action.Successors = new int[count];
        }

        // From the last to the first, so that each fills its row from behind and the count says where.
        for (var position = branch.Actions.Length - 1; position >= 0; position--)
        {
            var predecessors = branch.Actions[position].Predecessors;
            for (var i = predecessors.Length - 1; i >= 0; i--)
            {
                var before = predecessors[i].Action;
                var left = --counts[before.Position];
                if (before.Successors.Length > 0) before.Successors[left] = position;
                else before.Successors = position < Alone.Length ? Alone[position] : [position];
            }
        }

        branch.Leaves = leaves == branch.Written.Length ? branch.Written : LeavesOf(branch.Written, leaves);
    }

    private static PlannedAction[] LeavesOf(PlannedAction[] written, int count)
    {
        var leaves = new PlannedAction[count];
        for (var i = written.Length - 1; count > 0; i--)
        {
            if (written[i].Successors.Length == 0) leaves[--count] = written[i];
        }

        return leaves;
    }

    // Mostly actions are written in the order in which they run, and then that is the order.
    private static bool IsSorted(PlannedAction[] written)
    {
        foreach (var action in written)
        {
            if (MayEndTheRun(action.Definition)) return false;
            foreach (var predecessor in action.Predecessors)
            {
                if (predecessor.Action.Position >= action.Position) return false;
            }
        }

        return true;
    }

    // Of the actions whose predecessors are all placed, the one written first comes next. What may end the run comes after
    // all others that can start with it: in the service they start together, so a Terminate finds them under way.
    private static PlannedAction[] Sort(PlannedAction[] written)
    {
        var sorted = new List<PlannedAction>(written.Length);
        var waiting = new int[written.Length];
        var order = new int[written.Length];
        var followers = new List<PlannedAction>?[written.Length];
        foreach (var action in written)
        {
            var at = action.Position;
            waiting[at] = action.Predecessors.Length;
            order[at] = MayEndTheRun(action.Definition) ? written.Length + at : at;
            foreach (var predecessor in action.Predecessors) (followers[predecessor.Action.Position] ??= []).Add(action);
        }

        var ready = new PriorityQueue<PlannedAction, int>();
        foreach (var action in written)
        {
            if (waiting[action.Position] == 0) ready.Enqueue(action, order[action.Position]);
        }

        while (ready.TryDequeue(out var action, out _))
        {
            sorted.Add(action);
            foreach (var follower in followers[action.Position] ?? [])
            {
                if (--waiting[follower.Position] == 0) ready.Enqueue(follower, order[follower.Position]);
            }
        }

        if (sorted.Count != written.Length) throw new InvalidOperationException("The 'runAfter' entries form a cycle; the validator refuses such a definition.");
        return [.. sorted];
    }

    private static bool MayEndTheRun(ActionDefinition action)
    {
        if (action.Type == "Terminate") return true;
        for (var b = 0; b < action.Branches.Count; b++)
        {
            var actions = action.Branches[b].Actions;
            for (var i = 0; i < actions.Count; i++)
            {
                if (MayEndTheRun(actions[i])) return true;
            }
        }

        return false;
    }

    private static int Mask(RunAfterStatuses statuses) =>
        Bit(statuses, RunAfterStatuses.Succeeded, ActionStatus.Succeeded)
        | Bit(statuses, RunAfterStatuses.Failed, ActionStatus.Failed)
        | Bit(statuses, RunAfterStatuses.Skipped, ActionStatus.Skipped)
        | Bit(statuses, RunAfterStatuses.TimedOut, ActionStatus.TimedOut);

    private static int Bit(RunAfterStatuses statuses, RunAfterStatuses wanted, ActionStatus status) => (statuses & wanted) == 0 ? 0 : 1 << (int)status;
}
