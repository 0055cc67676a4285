namespace FlowEngine.Definitions;

/// <summary>R1: an action without a <c>runAfter</c> member that uses other actions' results runs after them.</summary>
/// <remarks>
/// An explicit <c>runAfter</c>, also an empty one, is never added to. The edge leads to the sibling that is, or contains, the action read.
/// A variable gives an edge to the action that initialises it in a document that uses another form of the dialect; the service takes such
/// a use as it stands, so alone it changes nothing. A cycle is found, and named, where every <c>runAfter</c> is checked.
/// </remarks>
internal sealed class DataFlowOrder
{
    private readonly DialectContext _context;
    private readonly WrittenActions _names;
    private readonly List<Found> _found = [];

    private DataFlowOrder(FlowValue definition, DialectContext context)
    {
        _context = context;
        _names = new WrittenActions(definition);
    }

    private sealed record Found(string[] Path, string Name, string Pointer, WrittenActions.Entry Action, IReadOnlyList<ResultUse> Uses);

    /// <summary>The <c>runAfter</c> of every action that gets one, by the names that lead to it from the definition.</summary>
    public static IReadOnlyList<(string[] Path, FlowValue RunAfter)> Find(FlowValue definition, string pointer, DialectContext context)
    {
        var actions = definition["actions"].AsObject; // the caller has looked
        var order = new DataFlowOrder(definition, context);
        order.Visit(actions, ["actions"], JsonPointer.Append(pointer, "actions"));

        // Whether variables count depends on all the other forms, so results come first.
        var edges = order._found.ConvertAll(action => (Action: action, Edges: order.ResultEdges(action)));
        var countsVariables = edges.Exists(one => one.Edges.Count > 0) || context.IsDialect;
        var result = new List<(string[], FlowValue)>();
        foreach (var (action, after) in edges)
        {
            if (countsVariables) order.AddVariableEdges(action, after);
            if (after.Count == 0) continue;
            order.Report(action, after);
            result.Add((action.Path, RunAfter(after)));
        }

        return result;
    }

    private List<ResultUse> Visit(FlowObject actions, string[] path, string pointer)
    {
        var all = new List<ResultUse>();
        foreach (var (name, action) in actions)
        {
            if (!action.IsObject) continue;
            string[] at = [.. path, name];
            var actionPointer = JsonPointer.Append(pointer, name);
            var uses = ResultUses.Of(action, _context.Templates);
            foreach (var (steps, nested) in NestedActions.Of(action))
            {
                var below = actionPointer;
                foreach (var step in steps) below = JsonPointer.Append(below, step);
                foreach (var use in Visit(nested, [.. at, .. steps], below)) uses.Add(use with { IsNested = true });
            }

            if (uses.Count > 0 && !action.TryGetMember("runAfter", out _) && _names.Find(name) is { } entry && ReferenceEquals(entry.Siblings, actions))
                _found.Add(new Found(at, name, actionPointer, entry, uses));
            all.AddRange(uses);
        }

        return all;
    }

    private Dictionary<string, RunAfterStatuses> ResultEdges(Found action)
    {
        var edges = new Dictionary<string, RunAfterStatuses>(StringComparer.Ordinal);
        foreach (var group in action.Uses.Where(use => use.Kind != ResultUseKind.Variable).GroupBy(use => use.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (_names.IsTrigger(group.Key) || _names.Find(group.Key) is not { } read) continue;

            // What the action itself says of a result decides; what is nested in it counts only where it says nothing.
            var own = group.Where(use => !use.IsNested).ToList();
            Add(edges, action, read, Statuses(own.Count > 0 ? own : [.. group]));
        }

        return edges;
    }

    private void AddVariableEdges(Found action, Dictionary<string, RunAfterStatuses> edges)
    {
        foreach (var use in action.Uses)
        {
            if (use.Kind == ResultUseKind.Variable && _names.FindInitialiser(use.Name) is { } initialiser) Add(edges, action, initialiser, RunAfterStatuses.Succeeded);
        }
    }

    private static void Add(Dictionary<string, RunAfterStatuses> edges, Found action, WrittenActions.Entry read, RunAfterStatuses statuses)
    {
        for (var entry = read; entry is not null; entry = entry.Parent)
        {
            if (!ReferenceEquals(entry.Siblings, action.Action.Siblings)) continue;
            if (!ReferenceEquals(entry, action.Action)) edges[entry.Name] = edges.TryGetValue(entry.Name, out var others) ? others & statuses : statuses;
            return;
        }
    }

    private static RunAfterStatuses Statuses(List<ResultUse> uses)
    {
        const RunAfterStatuses ended = RunAfterStatuses.Succeeded | RunAfterStatuses.Failed | RunAfterStatuses.TimedOut;
        if (uses.Exists(use => use.Kind == ResultUseKind.Aware)) return ended;
        return uses.TrueForAll(use => use.Kind == ResultUseKind.Guarded) ? ended | RunAfterStatuses.Skipped : RunAfterStatuses.Succeeded;
    }

    private static FlowValue RunAfter(Dictionary<string, RunAfterStatuses> edges)
    {
        var built = new FlowObjectBuilder(edges.Count);
        foreach (var (name, statuses) in edges)
        {
            built.Add(name, FlowValue.Array([.. RunAfterReader.Names(statuses).Select(FlowValue.String)]));
        }

        return built.ToValue();
    }

    private void Report(Found action, Dictionary<string, RunAfterStatuses> edges) => _context.Report(
        DiagnosticCodes.DialectOrder,
        $"The action '{action.Name}' has no 'runAfter' and uses '{string.Join("', '", edges.Keys)}': it runs after {(edges.Count == 1 ? "it" : "them")}.",
        $"Write \"runAfter\": {RunAfter(edges).ToJson()}.",
        FaultPlace.Name(action.Pointer),
        action.Name);
}
