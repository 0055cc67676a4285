using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Runs <c>actions</c> where its condition is true, else <c>else</c>; records <c>{"expressionResult": …}</c> as inputs.</summary>
/// <remarks>No truthiness: a condition that gives no Boolean fails the action (runtime reference, 3.5; wording assumed, section 7 point 9).</remarks>
internal sealed class IfAction(Expression condition, FlowValue written, bool takesText) : IActionExecutor
{
    private const int Then = 0;
    private const int Else = 1;

    public static ActionSpec Spec { get; } = new(
        new ActionTypeInfo("If") { TakesInputs = false, OwnMembers = ["actions", "else", "expression"] },
        plan => new IfAction(plan.BindCondition(plan.Action.Raw["expression"], "expression"), plan.Action.Raw["expression"], plan.IsDialect));

    public bool IsPure => true;

    public Expression? Inputs => null;

    public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation)
    {
        FlowValue result;
        try
        {
            result = scope.Evaluate(condition);
        }
        catch (ExpressionException)
        {
            SkipBoth(scope, ActionStatus.Failed, ActionCodes.BadRequest);
            throw;
        }

        if (takesText) result = ConditionText.AsBoolean(result);
        if (!result.IsBoolean)
        {
            SkipBoth(scope, ActionStatus.Failed, ActionCodes.ExpressionEvaluationFailed);
            return new(ActionOutcome.Failed(
                ActionCodes.ExpressionEvaluationFailed,
                $"The execution of template action '{scope.Action.Name}' failed: The result of the evaluation of 'scope' action expression '{ConditionText.Of(written)}' is not valid. " +
                $"It is of type '{result.TypeName}' but is expected to be a value of type 'Boolean'."));
        }

        scope.RecordInputs(ConditionText.Recorded(result));
        var (taken, other) = result.AsBoolean ? (Then, Else) : (Else, Then);
        scope.SkipBranch(other, ActionCodes.ActionBranchingConditionNotSatisfied, BranchNotTaken.Message);
        var branch = scope.RunBranchAsync(taken, cancellation);
        return branch.IsCompletedSuccessfully ? new(ContainerOutcome.Of(branch.Result)) : AwaitAsync(branch);
    }

    private static void SkipBoth(RunScope scope, ActionStatus status, string code)
    {
        scope.SkipBranch(Then, ActionCodes.ActionDependencyFailed, DependencyFailed.Message(scope.Action.Name, status, code));
        scope.SkipBranch(Else, ActionCodes.ActionDependencyFailed, DependencyFailed.Message(scope.Action.Name, status, code));
    }

    private static async ValueTask<ActionOutcome> AwaitAsync(ValueTask<ActionStatus> branch) => ContainerOutcome.Of(await branch);
}
