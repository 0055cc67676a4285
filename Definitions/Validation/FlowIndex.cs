namespace FlowEngine.Definitions;

/// <summary>All actions of a definition by name, with their containers and predecessors.</summary>
internal sealed class FlowIndex
{
    private readonly Dictionary<string, ActionNode> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ActionNode> _all = [];
    private readonly ActionNames _names;

    public FlowIndex(WorkflowDefinition definition)
    {
        Add(definition.Root, null, 0);
        foreach (var node in _all) _byName.TryAdd(node.Action.Name, node);
        _names = new ActionNames(_byName.Keys);
    }

    /// <summary>Every action, in document order.</summary>
    public IReadOnlyList<ActionNode> All => _all;

    /// <summary>The names of all actions.</summary>
    public IEnumerable<string> Names => _byName.Keys;

    /// <summary>The action that a name means: ignoring case, then with blanks and underscores exchanged; null where there is none.</summary>
    public ActionNode? Find(string name) => _names.Find(name) is { } key ? _byName[key] : null;

    /// <summary>
    /// Whether <paramref name="reader"/> may read the results of <paramref name="target"/>: a transitive predecessor of itself or of a container
    /// around it, or something nested in one.
    /// </summary>
    public static bool CanRead(ActionNode reader, ActionNode target)
    {
        for (var node = reader; node is not null; node = node.Parent)
        {
            // Only one of the target and the containers around it can be a sibling of the node.
            for (var candidate = target; candidate is not null; candidate = candidate.Parent)
            {
                if (ReferenceEquals(candidate.Branch, node.Branch) && RunsAfter(node, candidate)) return true;
            }
        }

        return false;
    }

    /// <summary>Whether the action comes after the other on its runAfter path, directly or not.</summary>
    public static bool RunsAfter(ActionNode node, ActionNode predecessor)
    {
        // Most actions have one predecessor: along those nothing need be remembered. The steps are counted because a faulty definition may have a cycle.
        var start = node;
        for (var steps = node.Branch.Actions.Count; node.Predecessors.Count == 1 && steps > 0; steps--)
        {
            node = node.Predecessors[0];
            if (ReferenceEquals(node, predecessor)) return !ReferenceEquals(start, predecessor);
        }

        return node.Predecessors.Count > 1 && IsAbove(node, predecessor) && !ReferenceEquals(start, predecessor);
    }

    private static bool IsAbove(ActionNode node, ActionNode predecessor)
    {
        var seen = new HashSet<ActionNode>();
        var pending = new Stack<ActionNode>(node.Predecessors);
        while (pending.TryPop(out var next))
        {
            if (ReferenceEquals(next, predecessor)) return true;
            if (!seen.Add(next)) continue;
            foreach (var before in next.Predecessors) pending.Push(before);
        }

        return false;
    }

    private void Add(BranchDefinition branch, ActionNode? parent, int level)
    {
        var siblings = new Dictionary<string, ActionNode>(StringComparer.OrdinalIgnoreCase);
        foreach (var action in branch.Actions)
        {
            var node = new ActionNode(action, parent, branch, level);
            _all.Add(node);
            siblings.TryAdd(action.Name, node);
            foreach (var nested in action.Branches) Add(nested, node, level + 1);
        }

        foreach (var node in siblings.Values)
        {
            node.Predecessors = [.. node.Action.RunAfter.Select(entry => siblings.GetValueOrDefault(entry.Action)).OfType<ActionNode>()];
        }
    }
}
