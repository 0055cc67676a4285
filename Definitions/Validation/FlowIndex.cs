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
        _byName.EnsureCapacity(_all.Count);
        for (var i = 0; i < _all.Count; i++)
        {
            _all[i].Place = i;
            _byName.TryAdd(_all[i].Action.Name, _all[i]);
        }

        foreach (var node in _all) node.Predecessors = PredecessorsOf(node);
        _names = new ActionNames(_byName.Keys);
    }

    /// <summary>Every action, in document order.</summary>
    public IReadOnlyList<ActionNode> All => _all;

    /// <summary>The names of all actions.</summary>
    public IEnumerable<string> Names => _byName.Keys;

    /// <summary>The action that a name means: ignoring case, then with blanks and underscores exchanged; null where there is none.</summary>
    public ActionNode? Find(string name) => _byName.TryGetValue(name, out var node) ? node : _names.Find(name) is { } key ? _byName[key] : null;

    /// <summary>The first action whose name is this one, ignoring case.</summary>
    public ActionNode First(string name) => _byName[name];

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
        foreach (var action in branch.Actions)
        {
            var node = new ActionNode(action, parent, branch, level);
            _all.Add(node);
            foreach (var nested in action.Branches) Add(nested, node, level + 1);
        }
    }

    private ActionNode[] PredecessorsOf(ActionNode node)
    {
        var entries = node.Action.RunAfter;
        if (entries.Count == 0) return [];
        var found = new List<ActionNode>(entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            // Names are unique in a whole flow, so the one look-up mostly finds the sibling; a flow with a name twice is refused, and may take its time.
            if (!_byName.TryGetValue(entries[i].Action, out var before)) continue;
            var sibling = ReferenceEquals(before.Branch, node.Branch)
                ? before
                : _all.Find(other => ReferenceEquals(other.Branch, node.Branch) && other.Action.Name.Equals(before.Action.Name, StringComparison.OrdinalIgnoreCase));
            if (sibling is not null) found.Add(sibling);
        }

        return [.. found];
    }
}
