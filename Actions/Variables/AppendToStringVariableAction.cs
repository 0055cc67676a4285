using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Appends the text of a value to a String variable; null appends nothing (recorded), what is no text is converted as <c>string()</c> does.</summary>
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
        if (!_target.TryGet(scope, out var current, out var type)) return _target.NotFound(scope);
        var value = scope.Inputs["value"];
        if (current.AsStringOrNull is not { } text)
        {
            return VariableTarget.Failed(
                scope,
                $"The input value is of type '{ValueText.TypeName(value)}' which cannot be appended to the variable '{_target.Name}' of type '{type}'. "
                + "The action type 'AppendToStringVariable' only supports variables of type 'String'.");
        }

        // The variable grows by each append: what is charged is what the copy costs.
        scope.Evaluation.ChargeText("AppendToStringVariable", (long)text.Length + value.Size);
        _target.Set(scope, FlowValue.String(text + ValueText.Of(value)), type);
        return ActionOutcome.SucceededQuietly;
    }
}
