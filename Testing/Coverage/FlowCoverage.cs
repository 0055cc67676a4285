using System.Runtime.CompilerServices;
using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>What the tests of one flow covered. Any number of tests may count at once.</summary>
public sealed class FlowCoverage
{
    private readonly Dictionary<string, (CoveredAction Action, BranchWays Ways)> _byPath = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<Workflow, Workflow> _watched = [];
    private readonly ExpressionBranches _expressions;

    internal FlowCoverage(Workflow workflow)
    {
        Workflow = workflow;
        _expressions = new ExpressionBranches(workflow.Document);
        var actions = new List<CoveredAction>();

        // The document of a compiled workflow has a definition.
        foreach (var definition in workflow.Document.Definition!.Root.AllActions())
        {
            var ways = new BranchWays(definition);
            var action = new CoveredAction(definition.Name, definition.Type, workflow.Document.Locate(definition.Path).Line, ways.All);
            actions.Add(action);
            _byPath[definition.Path] = (action, ways);
        }

        Actions = actions;
    }

    /// <summary>The flow.</summary>
    public Workflow Workflow { get; }

    /// <summary>The flow's file.</summary>
    public string File => Workflow.Document.File;

    /// <summary>All actions, in the order of the definition, nested ones behind their container.</summary>
    public IReadOnlyList<CoveredAction> Actions { get; }

    /// <summary>How many actions started in any test.</summary>
    public CoverageShare ActionShare => new(Actions.Count(action => action.IsCovered), Actions.Count);

    /// <summary>How many branches were taken in any test.</summary>
    public CoverageShare BranchShare => new(Actions.Sum(action => action.Branches.Count(branch => branch.IsCovered)), Actions.Sum(action => action.Branches.Count));

    /// <summary>The calls of <c>if</c>, <c>coalesce</c>, <c>and</c> and <c>or</c>, in the order of the file.</summary>
    public IReadOnlyList<CoveredExpression> Expressions => _expressions.All;

    /// <summary>How many ways through expressions were taken in any test.</summary>
    public CoverageShare ExpressionShare => _expressions.Share;

    /// <summary>The workflow, compiled so that its expressions are counted here.</summary>
    internal Workflow Watched(Workflow workflow) => _watched.GetValue(workflow, flow => flow.WithProbe(_expressions));

    internal CoveredAction Of(ActionDefinition definition) => _byPath[definition.Path].Action;

    internal void Add(RunResult run)
    {
        Count(Workflow.Document.Definition!.Root.Actions, name => run.Action(name));
    }

    private void Count(IEnumerable<ActionDefinition> actions, Func<string, ActionRecord?> find)
    {
        foreach (var definition in actions)
        {
            if (find(definition.Name) is not { } record) continue;
            var (action, ways) = _byPath[definition.Path];
            action.Count(record.Status);
            if (record.Status == ActionStatus.Skipped) continue;
            ways.Count(record, find);
            if (!RunActions.IsLoop(record)) Count(RunActions.Children(record), find);
            else foreach (var repetition in record.Repetitions) Count(RunActions.Children(record), repetition.Action);
        }
    }
}
