using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace FlowEngine.Definitions;

/// <summary>All actions of a definition by name, with their containers and predecessors.</summary>
internal sealed class FlowIndex
{
    private readonly Dictionary<string, ActionNode> _byName;
    private readonly ActionNames _names;

    public FlowIndex(WorkflowDefinition definition)
    {
        var all = new ActionNode[Count(definition.Root)];
        Add(definition.Root, null, 0, all, 0);
        _byName = new Dictionary<string, ActionNode>(all.Length, StringComparer.OrdinalIgnoreCase);
        foreach (var node in all) _byName.TryAdd(node.Action.Name, node);
        All = ImmutableCollectionsMarshal.AsImmutableArray(all);
        foreach (var node in all)
        {
            if (node.Predecessors.Count < node.Action.RunAfter.Count) node.Predecessors = PredecessorsOf(node);
        }

        _names = new ActionNames(_byName.Keys);
    }

    /// <summary>Every action, in document order.</summary>
    public ImmutableArray<ActionNode> All { get; }

    /// <summary>The names of all actions.</summary>
    public IEnumerable<string> Names => _byName.Keys;

    /// <summary>Whether no two actions have one name, ignoring case.</summary>
    public bool HasUniqueNames => _byName.Count == All.Length;

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

    private static int Count(BranchDefinition branch)
    {
        var count = branch.Actions.Count;
        for (var i = 0; i < branch.Actions.Count; i++)
        {
            var branches = branch.Actions[i].Branches;
            for (var nested = 0; nested < branches.Count; nested++) count += Count(branches[nested]);
        }

        return count;
    }

    // Gives back the first place that is free.
    private static int Add(BranchDefinition branch, ActionNode? parent, int level, ActionNode[] all, int place)
    {
        ActionNode? before = null;
        for (var i = 0; i < branch.Actions.Count; i++)
        {
            var action = branch.Actions[i];
            var node = all[place] = new ActionNode(action, parent, branch, level, place);
            place++;

            // Mostly an action runs after the one above it, and the reader has put in the key itself: no look-up then.
            if (before is not null && action.RunAfter.Count == 1 && ReferenceEquals(action.RunAfter[0].Action, before.Action.Name)) node.Predecessors = [before];
            before = node;
            for (var nested = 0; nested < action.Branches.Count; nested++) place = Add(action.Branches[nested], node, level + 1, all, place);
        }

        return place;
    }

    private ActionNode[] PredecessorsOf(ActionNode node)
    {
        var entries = node.Action.RunAfter;
        if (entries.Count == 0) return [];
        var found = new ActionNode[entries.Count];
        var count = 0;
        for (var i = 0; i < found.Length; i++)
        {
            if (Sibling(node, entries[i].Action) is { } sibling) found[count++] = sibling;
        }

        return count == found.Length ? found : found[..count];
    }

    // Names are unique in a whole flow, so the one look-up mostly finds the sibling; a flow with a name twice is refused, and may take its time.
    private ActionNode? Sibling(ActionNode node, string name)
    {
        if (!_byName.TryGetValue(name, out var before)) return null;
        if (ReferenceEquals(before.Branch, node.Branch)) return before;
        return HasUniqueNames ? null : All.FirstOrDefault(other => ReferenceEquals(other.Branch, node.Branch) && other.Action.Name.Equals(before.Action.Name, StringComparison.OrdinalIgnoreCase));
    }
}
