using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>The ways that an action may go, and which of them an execution took.</summary>
internal sealed class BranchWays
{
    private const int NoItem = 0;
    private const int OneItem = 1;
    private const int SeveralItems = 2;
    private const int ByCondition = 0;
    private const int ByLimit = 1;

    private static readonly (RunAfterStatuses Flag, ActionStatus Status)[] Statuses =
    [
        (RunAfterStatuses.Succeeded, ActionStatus.Succeeded),
        (RunAfterStatuses.Failed, ActionStatus.Failed),
        (RunAfterStatuses.Skipped, ActionStatus.Skipped),
        (RunAfterStatuses.TimedOut, ActionStatus.TimedOut),
    ];

    private readonly ActionDefinition _action;
    private readonly List<CoveredBranch> _own;
    private readonly List<(string Predecessor, ActionStatus Status, CoveredBranch Branch)> _starts = [];

    public BranchWays(ActionDefinition action)
    {
        _action = action;
        _own = [.. OwnNames(action).Select(name => new CoveredBranch(name))];
        foreach (var entry in action.RunAfter.Where(entry => entry.Statuses != RunAfterStatuses.Succeeded))
        {
            foreach (var (flag, status) in Statuses)
            {
                if (entry.Statuses.HasFlag(flag)) _starts.Add((entry.Action, status, new CoveredBranch($"runAfter {entry.Action}: {status}")));
            }
        }

        All = [.. _own, .. _starts.Select(start => start.Branch)];
    }

    /// <summary>All of them, in a fixed order.</summary>
    public IReadOnlyList<CoveredBranch> All { get; }

    /// <summary>Counts what an execution that started took.</summary>
    /// <param name="execution">The execution.</param>
    /// <param name="sibling">Finds another action of the same branch and repetition.</param>
    public void Count(ActionRecord execution, Func<string, ActionRecord?> sibling)
    {
        foreach (var (predecessor, status, branch) in _starts)
        {
            if (sibling(predecessor)?.Status == status) branch.Count();
        }

        if (Taken(execution) is { } taken) _own[taken].Count();
    }

    private static IEnumerable<string> OwnNames(ActionDefinition action) => action.Type switch
    {
        "If" => ["true", "false"],
        "Switch" => action.Branches.Take(action.Branches.Count - 1).Select(branch => $"case {Text(branch.Case)}").Append("default"),
        "Foreach" => ["no item", "one item", "several items"],
        "Until" => ["condition", "limit"],
        _ => [],
    };

    private static string Text(FlowValue value) => value.AsStringOrNull ?? value.ToJson();

    // Null where it failed before it went any way.
    private int? Taken(ActionRecord execution)
    {
        switch (_action.Type)
        {
            case "If":
                return execution.Inputs["expressionResult"] is { IsBoolean: true } result ? (result.AsBoolean ? 0 : 1) : null;
            case "Switch":
                return execution.Inputs.TryGetMember("expressionResult", out var value) ? CaseOf(value) : null;
            case "Foreach":
                return execution.Inputs.AsArrayOrNull is not { } items ? null : items.Count switch { 0 => NoItem, 1 => OneItem, _ => SeveralItems };
            case "Until":
                if (execution.Repetitions.Count == 0 || execution.Status == ActionStatus.Cancelled) return null;
                return execution.LimitReached ? ByLimit : execution.Error?.Code == ActionCodes.ExpressionEvaluationFailed ? null : ByCondition;
            default:
                return null;
        }
    }

    private int? CaseOf(FlowValue value)
    {
        var cases = _action.Branches.Count - 1;
        for (var i = 0; i < cases; i++)
        {
            // A case of another type makes the comparison fail: no branch is taken.
            if (_action.Branches[i].Case.Kind != value.Kind) return null;
        }

        for (var i = 0; i < cases; i++)
        {
            if (_action.Branches[i].Case == value) return i;
        }

        return cases;
    }
}
