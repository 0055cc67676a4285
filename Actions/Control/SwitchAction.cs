using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Runs the first case that equals its value by type and value, else the default (runtime reference, 3.6).</summary>
/// <remarks>
/// In the tutorial's dialect null matches no case. Else a case of another type than the value makes the comparison itself fail: every action of every branch then ends Failed. Recorded, and kept, unless
/// the host has texts compared.
/// </remarks>
internal sealed class SwitchAction(Expression value, string source, FlowValue[] cases, bool isDialect, bool comparesText) : IActionExecutor
{
    public static ActionSpec Spec { get; } = new(
        new ActionTypeInfo("Switch") { TakesInputs = false, OwnMembers = ["expression", "cases", "default"], RequiredMembers = ["expression"] },
        Create);

    public bool IsPure => true;

    public Expression? Inputs => null;

    public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation)
    {
        FlowValue result;
        try
        {
            result = scope.Evaluate(value);
        }
        catch (ExpressionException)
        {
            SkipAll(scope, ActionCodes.BadRequest);
            throw;
        }

        var matchesNone = isDialect && result.IsNull;
        if (!result.IsString && !result.IsInteger && !matchesNone)
        {
            SkipAll(scope, ActionCodes.ExpressionEvaluationFailed);
            return new(ActionOutcome.Failed(
                ActionCodes.ExpressionEvaluationFailed,
                $"The execution of template action '{scope.Action.Name}' failed: The result of the evaluation of 'scope' action expression '{source}' is not valid. " +
                $"It is of type '{result.TypeName}' but is expected to be a value of type 'String, Integer'."));
        }

        if (matchesNone) scope.Evaluation.NoteLeniency("V3: null matches no case");
        scope.RecordInputs(ConditionText.Recorded(result));
        var taken = cases.Length;
        for (var i = 0; i < cases.Length; i++)
        {
            if (matchesNone) break;
            if (cases[i].Kind != result.Kind && !comparesText) return new(ComparisonFailed(scope, result, cases[i]));
            if (taken == cases.Length && (comparesText ? ValueText.Of(cases[i]) == ValueText.Of(result) : cases[i] == result)) taken = i;
        }

        for (var i = 0; i <= cases.Length; i++)
        {
            if (i != taken) scope.SkipBranch(i, ActionCodes.ActionBranchingConditionNotSatisfied, BranchNotTaken.Message);
        }

        var branch = scope.RunBranchAsync(taken, cancellation);
        return branch.IsCompletedSuccessfully ? new(ContainerOutcome.Of(branch.Result)) : AwaitAsync(branch);
    }

    private static SwitchAction Create(ActionPlan plan)
    {
        var expression = plan.Action.Raw["expression"];
        var branches = plan.Action.Branches;
        return new SwitchAction(
            plan.IsDialect && expression.IsString ? plan.BindCondition(expression, "expression") : plan.Bind(expression, "expression"),
            ConditionText.Of(expression),
            [.. branches.Take(branches.Count - 1).Select(branch => branch.Case)],
            plan.IsDialect,
            plan.SwitchComparesText);
    }

    private ActionOutcome ComparisonFailed(RunScope scope, FlowValue result, FlowValue other)
    {
        for (var i = 0; i <= cases.Length; i++)
        {
            scope.EndBranch(i, child => new ActionOutcome(
                ActionStatus.Failed,
                ActionCodes.InternalServerError,
                default,
                false,
                new ActionError(
                    ActionCodes.ActionConditionFailed,
                    $"The execution of template action '{child.Name}' failed: an unexpected exception encountered when evaluating branching condition. " +
                    $"'Template language function 'strongEquals' expects parameters of same type, but found '{result.TypeName},{other.TypeName}' distinct types.'")));
        }

        return ContainerOutcome.Of(ActionStatus.Failed);
    }

    private void SkipAll(RunScope scope, string code)
    {
        for (var i = 0; i <= cases.Length; i++)
        {
            scope.SkipBranch(i, ActionCodes.ActionDependencyFailed, DependencyFailed.Message(scope.Action.Name, ActionStatus.Failed, code));
        }
    }

    private static async ValueTask<ActionOutcome> AwaitAsync(ValueTask<ActionStatus> branch) => ContainerOutcome.Of(await branch);
}
