using System.Collections.Immutable;

namespace FlowEngine.Definitions;

/// <summary>Actions that wait for each other.</summary>
internal static class RunAfterCycleRule
{
    public static void Check(ValidationContext context)
    {
        if (AreWrittenInOrder(context.Index.All)) return;
        var done = new HashSet<ActionNode>();
        foreach (var node in context.Index.All)
        {
            if (FindCycle(node, done) is not { } cycle) continue;
            var names = string.Join("' -> '", cycle.Select(member => member.Action.Name));
            context.Faults.Error(
                DiagnosticCodes.RunAfterCycle,
                $"The 'runAfter' properties of template actions at {DiagnosticBag.LineAndColumn} form a cycle: '{names}' -> '{cycle[0].Action.Name}'.",
                FaultPlace.Name(JsonPointer.Append(cycle[0].Action.Path, "runAfter")),
                "InvalidTemplate",
                cycle[0].Action.Name);
        }
    }

    // So it is nearly always, and then there is no cycle.
    private static bool AreWrittenInOrder(ImmutableArray<ActionNode> nodes)
    {
        for (var i = 0; i < nodes.Length; i++)
        {
            var before = nodes[i].Predecessors;
            for (var p = 0; p < before.Count; p++)
            {
                if (before[p].Place >= i) return false;
            }
        }

        return true;
    }

    private static bool AreDone(IReadOnlyList<ActionNode> nodes, HashSet<ActionNode> done)
    {
        for (var i = 0; i < nodes.Count; i++)
        {
            if (!done.Contains(nodes[i])) return false;
        }

        return true;
    }

    // Depth first with a stack of its own: a chain of actions may be thousands long.
    private static List<ActionNode>? FindCycle(ActionNode start, HashSet<ActionNode> done)
    {
        if (done.Contains(start)) return null;
        if (AreDone(start.Predecessors, done))
        {
            done.Add(start);
            return null;
        }

        var path = new List<ActionNode> { start };
        var next = new Stack<int>([0]);
        while (path.Count > 0)
        {
            var node = path[^1];
            var at = next.Pop();
            if (at == node.Predecessors.Count)
            {
                done.Add(node);
                path.RemoveAt(path.Count - 1);
                continue;
            }

            next.Push(at + 1);
            var before = node.Predecessors[at];
            if (ReferenceEquals(before, node) || done.Contains(before)) continue;
            var earlier = path.IndexOf(before);
            if (earlier >= 0)
            {
                var cycle = path[earlier..];
                foreach (var member in path) done.Add(member);
                return cycle;
            }

            path.Add(before);
            next.Push(0);
        }

        return null;
    }
}
