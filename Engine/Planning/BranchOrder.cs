using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine;

/// <summary>Turns <c>runAfter</c> into an order, predecessors, successors and leaves.</summary>
internal static class BranchOrder
{
    public static void Arrange(PlannedBranch branch, Dictionary<string, PlannedAction> byName)
    {
        var positions = new Dictionary<PlannedAction, int>(ReferenceEqualityComparer.Instance);
        foreach (var action in branch.Written)
        {
            action.Predecessors =
            [
                .. action.Definition.RunAfter
                    .Where(entry => byName.ContainsKey(entry.Action))
                    .Select(entry => new Predecessor(byName[entry.Action], Mask(entry.Statuses), string.Join(", ", entry.Written))),
            ];
        }

        branch.Actions = Sort(branch.Written);
        for (var i = 0; i < branch.Actions.Length; i++) positions[branch.Actions[i]] = i;
        var successors = branch.Actions.ToDictionary(action => action, _ => new List<int>(), (IEqualityComparer<PlannedAction>)ReferenceEqualityComparer.Instance);
        foreach (var action in branch.Actions)
        {
            foreach (var predecessor in action.Predecessors) successors[predecessor.Action].Add(positions[action]);
        }

        foreach (var action in branch.Actions) action.Successors = [.. successors[action]];
        branch.Leaves = [.. branch.Written.Where(action => action.Successors.Length == 0)];
    }

    // Of the actions whose predecessors are all placed, the one written first comes next. What may end the run comes after
    // all others that can start with it: in the service they start together, so a Terminate finds them under way.
    private static PlannedAction[] Sort(PlannedAction[] written)
    {
        var sorted = new List<PlannedAction>(written.Length);
        var waiting = new Dictionary<PlannedAction, int>(ReferenceEqualityComparer.Instance);
        var followers = new Dictionary<PlannedAction, List<PlannedAction>>(ReferenceEqualityComparer.Instance);
        var order = new Dictionary<PlannedAction, int>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < written.Length; i++)
        {
            waiting[written[i]] = written[i].Predecessors.Length;
            order[written[i]] = MayEndTheRun(written[i].Definition) ? written.Length + i : i;
            foreach (var predecessor in written[i].Predecessors)
            {
                if (!followers.TryGetValue(predecessor.Action, out var list)) followers[predecessor.Action] = list = [];
                list.Add(written[i]);
            }
        }

        var ready = new PriorityQueue<PlannedAction, int>();
        foreach (var action in written)
        {
            if (waiting[action] == 0) ready.Enqueue(action, order[action]);
        }

        while (ready.TryDequeue(out var action, out _))
        {
            sorted.Add(action);
            if (!followers.TryGetValue(action, out var list)) continue;
            foreach (var follower in list)
            {
                if (--waiting[follower] == 0) ready.Enqueue(follower, order[follower]);
            }
        }

        if (sorted.Count != written.Length) throw new InvalidOperationException("The 'runAfter' entries form a cycle; the validator refuses such a definition.");
        return [.. sorted];
    }

    private static bool MayEndTheRun(ActionDefinition action) =>
        action.Type == "Terminate" || action.Branches.Any(branch => branch.Actions.Any(MayEndTheRun));

    private static int Mask(RunAfterStatuses statuses)
    {
        var mask = 0;
        if (statuses.HasFlag(RunAfterStatuses.Succeeded)) mask |= 1 << (int)ActionStatus.Succeeded;
        if (statuses.HasFlag(RunAfterStatuses.Failed)) mask |= 1 << (int)ActionStatus.Failed;
        if (statuses.HasFlag(RunAfterStatuses.Skipped)) mask |= 1 << (int)ActionStatus.Skipped;
        if (statuses.HasFlag(RunAfterStatuses.TimedOut)) mask |= 1 << (int)ActionStatus.TimedOut;
        return mask;
    }
}
