namespace FlowEngine.Definitions;

/// <summary>Actions that can never run: they need a predecessor to have ended in two ways at once.</summary>
/// <remarks>Such as <c>{"Try": ["Succeeded"], "Catch": ["Succeeded"]}</c> where Catch runs after Try has failed.</remarks>
internal static class RunAfterReachRule
{
    private const RunAfterStatuses Any = RunAfterStatuses.Succeeded | RunAfterStatuses.Failed | RunAfterStatuses.Skipped | RunAfterStatuses.TimedOut;

    public static void Check(ValidationContext context)
    {
        foreach (var node in context.Index.All)
        {
            // One predecessor contradicts nothing, and most actions have one.
            if (node.Action.RunAfter.Count < 2 || node.Action.RunAfter.Any(entry => entry.Statuses == RunAfterStatuses.None)) continue;
            var needed = new Dictionary<ActionNode, RunAfterStatuses>();
            if (Contradiction(node, needed, []) is not { } contradicted) continue;
            context.Faults.Warning(
                DiagnosticCodes.RunAfterUnreachable,
                $"The action '{node.Action.Name}' can never run: its 'runAfter' needs action '{contradicted.Action.Name}' to have ended in different statuses at once.",
                FaultPlace.Name(JsonPointer.Append(node.Action.Path, "runAfter")),
                null,
                node.Action.Name);
        }
    }

    /// <summary>What must have happened for the node to start; the action of which two different things are needed, or null.</summary>
    private static ActionNode? Contradiction(ActionNode node, Dictionary<ActionNode, RunAfterStatuses> needed, HashSet<ActionNode> visited)
    {
        if (!visited.Add(node)) return null;
        foreach (var entry in node.Action.RunAfter)
        {
            if (node.Predecessors.FirstOrDefault(before => before.Action.Name.Equals(entry.Action, StringComparison.OrdinalIgnoreCase)) is not { } predecessor) continue;
            var statuses = needed.GetValueOrDefault(predecessor, Any) & entry.Statuses;
            if (statuses == RunAfterStatuses.None) return predecessor;
            needed[predecessor] = statuses;

            // Where it may have been skipped, nothing follows for what it runs after.
            if (!statuses.HasFlag(RunAfterStatuses.Skipped) && Contradiction(predecessor, needed, visited) is { } found) return found;
        }

        return null;
    }
}
