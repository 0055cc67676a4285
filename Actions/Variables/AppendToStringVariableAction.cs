using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Appends the text of a value to a String variable, at a cost in proportion to that text; null appends nothing (recorded), what is no text is converted as <c>string()</c> does.</summary>
internal sealed class AppendToStringVariableAction(ActionPlan plan) : IActionExecutor
{
    private readonly VariableTarget _target = VariableTarget.Of(plan);

    public static ActionSpec Spec { get; } = new(
        new ActionTypeInfo("AppendToStringVariable") { InputMembers = ["name", "value"], RequiredInputs = ["name", "value"] },
        plan => new AppendToStringVariableAction(plan));

    public bool IsPure => true;

    public Expression? Inputs { get; } = plan.BindInputs();

    public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation) => new(Execute(scope));

    private ActionOutcome Execute(RunScope scope)
    {
        var value = scope.Inputs["value"];
        var length = _target.TextLength(scope);
        if (length < 0)
        {
            if (!_target.TryGet(scope, out _, out var type)) return _target.NotFound(scope);
            return VariableTarget.Failed(
                scope,
                $"The input value is of type '{ValueText.TypeName(value)}' which cannot be appended to the variable '{_target.Name}' of type '{type}'. "
                + "The action type 'AppendToStringVariable' only supports variables of type 'String'.");
        }

        var context = scope.Evaluation;
        context.CheckText("AppendToStringVariable", (long)length + value.Size);
        context.ChargeText("AppendToStringVariable", value.Size);
        _target.Append(scope, ValueText.Of(value));
        return ActionOutcome.SucceededQuietly;
    }
}
