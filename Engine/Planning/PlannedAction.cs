using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>An action with everything resolved: its slot, its executor, its place in the order.</summary>
internal sealed class PlannedAction(ActionDefinition definition, PlannedAction? container, FrameLayout frame, int slot)
{
    private volatile SkippedError? _skipped;

    // Boxed: hardly an action has one, and in place it took 56 bytes of each (load.actions-1000).
    private object? _staticResult;

    public ActionDefinition Definition { get; } = definition;

    public string Name => Definition.Name;

    /// <summary>The Scope, If, Switch or loop around; null at the top level.</summary>
    public PlannedAction? Container { get; } = container;

    /// <summary>The frame that holds its slot.</summary>
    public FrameLayout Frame { get; } = frame;

    public int Slot { get; } = slot;

    /// <summary>Its position in its branch, as written.</summary>
    public int Position { get; init; }

    /// <summary>Its branches, in the order of <see cref="ActionDefinition.Branches"/>.</summary>
    public PlannedBranch[] Branches { get; set; } = [];

    /// <summary>The layout of its repetitions; null unless it is a loop.</summary>
    public FrameLayout? Repetition { get; set; }

    public Predecessor[] Predecessors { get; set; } = [];

    /// <summary>Positions in the branch of the actions that wait for this one.</summary>
    public int[] Successors { get; set; } = [];

    /// <summary>Made once all actions have slots.</summary>
    public IActionExecutor Executor { get; set; } = null!;

    /// <summary>Evaluated after the action, or null.</summary>
    public Expression? TrackedProperties { get; set; }

    /// <summary>Its <c>limit.timeout</c> where that is an expression; else null, and the definition's own holds.</summary>
    public Expression? TimeLimit { get; set; }

    /// <summary>The outcome that stands in for the operation, where static results are switched on.</summary>
    public ActionOutcome? StaticResult { get => (ActionOutcome?)_staticResult; set => _staticResult = value; }

    /// <summary>Whether its failure counts as a success: the tutorial's <c>runtimeConfiguration.continueOnError</c>.</summary>
    public bool ContinuesOnError { get; set; }

    public SecuredParts Secured { get; set; }

    /// <summary>Whether an expression may read a loop's record or its repetitions once they have ended: then they are kept whatever the history.</summary>
    public bool IsReadAfterwards { get; set; }

    public bool IsContainer => Branches.Length > 0;

    /// <summary>The error of an action that is skipped because its branch is.</summary>
    /// <param name="code">The error's code.</param>
    /// <param name="template">Its message, with <c>{0}</c> for the action's name.</param>
    public ActionError SkippedFor(string code, string template)
    {
        // A branch that is not taken says the same in each repetition: with a text each, run.conditions-1000 allocated 1,144 bytes a repetition, and allocates 612 with one.
        if (_skipped is { } known && ReferenceEquals(known.Template, template) && known.Error.Code == code) return known.Error;
        // The first {0} only: names may have braces, and the container's comes behind.
        var at = template.IndexOf("{0}", StringComparison.Ordinal);
        var error = new ActionError(code, at < 0 ? template : string.Concat(template.AsSpan(0, at), Name, template.AsSpan(at + 3)));
        _skipped = new SkippedError(template, error);
        return error;
    }

    // Runs share the plan: replaced as a whole.
    private sealed record SkippedError(string Template, ActionError Error);
}

/// <summary>A predecessor in the same branch.</summary>
/// <param name="Action">The predecessor.</param>
/// <param name="Accepted">The statuses that satisfy the condition, as a mask over <see cref="ActionStatus"/>.</param>
/// <param name="Written">The statuses as the definition lists them, for the message.</param>
internal readonly record struct Predecessor(PlannedAction Action, int Accepted, string Written)
{
    public bool Accepts(ActionStatus status) => (Accepted & (1 << (int)status)) != 0;
}

/// <summary>What <c>runtimeConfiguration.secureData</c> hides.</summary>
[Flags]
internal enum SecuredParts
{
    None = 0,
    Inputs = 1,
    Outputs = 2,
}
