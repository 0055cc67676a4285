using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>A definition compiled once and run many times, by any number of runs at once.</summary>
internal sealed class WorkflowPlan
{
    private readonly Dictionary<string, PlannedAction> _actions;
    private readonly Dictionary<string, int> _variables = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _parameters = new(StringComparer.OrdinalIgnoreCase);

    public WorkflowPlan(WorkflowDefinition definition, HostProfile host, string name)
    {
        Definition = definition;
        Host = host;
        Name = name;
        _actions = new Dictionary<string, PlannedAction>(CountActions(definition.Root), StringComparer.OrdinalIgnoreCase); // growing took 70 bytes an action (load.actions-1000)
        for (var i = 0; i < definition.Parameters.Count; i++) _parameters[definition.Parameters[i].Name] = i;
    }

    public WorkflowDefinition Definition { get; }

    public HostProfile Host { get; }

    /// <summary>The workflow's name, as <c>workflow()['name']</c> shows it.</summary>
    public string Name { get; }

    /// <summary>The run's own frame.</summary>
    public FrameLayout RootFrame { get; } = new(null, null);

    public PlannedBranch Root { get; set; } = null!;

    /// <summary>What it was compiled with; set by the compiler.</summary>
    public PlanSettings Settings { get; set; } = null!;

    /// <summary>The dialect of its expressions; set by the compiler.</summary>
    public ExpressionDialect Dialect { get; init; }

    /// <summary>Triggers in order.</summary>
    public IReadOnlyList<PlannedTrigger> Triggers { get; set; } = [];

    /// <summary>Workflow outputs, compiled.</summary>
    public IReadOnlyList<PlannedOutput> Outputs { get; set; } = [];

    /// <summary>Whether the definition has a Response, so that a caller waits for one.</summary>
    public bool HasResponse { get; set; }

    /// <summary>Whether all of its expressions are bound; what is bound later, to look at a finished run, changes nothing.</summary>
    public bool IsCompiled { get; set; }

    /// <summary>Names of all variables used, by slot.</summary>
    public List<string> VariableNames { get; } = [];

    public int VariableSlot(string name)
    {
        if (_variables.TryGetValue(name, out var slot)) return slot;
        slot = VariableNames.Count;
        VariableNames.Add(name);
        _variables[name] = slot;
        return slot;
    }

    public bool TryGetVariable(string name, out int slot) => _variables.TryGetValue(name, out slot);

    public bool TryGetParameter(string name, out int slot) => _parameters.TryGetValue(name, out slot);

    /// <summary>All actions, nested ones too, in the order of the definition.</summary>
    public IEnumerable<PlannedAction> Actions => _actions.Values;

    /// <summary>Notes that an expression may read the action, and what is in it where it is a container, after it has ended.</summary>
    public void NoteReader(PlannedAction action)
    {
        if (IsCompiled) return;
        action.IsReadAfterwards = true;
        foreach (var branch in action.Branches)
        {
            foreach (var child in branch.Written) child.IsReadAfterwards = true;
        }
    }

    /// <summary>Notes that any action may be read: a name is computed, or a script sees them all.</summary>
    public void NoteReaderOfAll()
    {
        if (IsCompiled) return;
        foreach (var action in Actions) action.IsReadAfterwards = true;
    }

    private static int CountActions(BranchDefinition branch)
    {
        var count = branch.Actions.Count;
        for (var i = 0; i < branch.Actions.Count; i++)
        {
            var branches = branch.Actions[i].Branches;
            for (var nested = 0; nested < branches.Count; nested++) count += CountActions(branches[nested]);
        }

        return count;
    }

    public void Add(PlannedAction action) => _actions[action.Name] = action;

    /// <summary>Looks an action up: ignoring case, then with blanks and underscores exchanged.</summary>
    public bool TryGetAction(string name, out PlannedAction action) =>
        _actions.TryGetValue(name, out action!)
        || _actions.TryGetValue(name.Replace(' ', '_'), out action!)
        || _actions.TryGetValue(name.Replace('_', ' '), out action!);
}

/// <summary>A workflow output.</summary>
internal sealed record PlannedOutput(OutputDefinition Definition, Expression Value);
