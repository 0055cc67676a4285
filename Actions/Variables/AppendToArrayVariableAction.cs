using System.Globalization;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Appends one value to an Array variable, at constant cost; what was read from the variable before stays as it is.</summary>
internal sealed class AppendToArrayVariableAction(ActionPlan plan) : IActionExecutor
{
    // Documented.
    private const int MaxItems = 100_000;

    private readonly VariableTarget _target = VariableTarget.Of(plan);

    public static ActionSpec Spec { get; } = new(
        new ActionTypeInfo("AppendToArrayVariable") { InputMembers = ["name", "value"], RequiredInputs = ["name", "value"] },
        plan => new AppendToArrayVariableAction(plan));

    public bool IsPure => true;

    public Expression? Inputs { get; } = plan.BindInputs();

    public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation) => new(Execute(scope));

    private ActionOutcome Execute(RunScope scope)
    {
        if (!_target.TryGet(scope, out var current, out var type)) return _target.NotFound(scope);
        var value = scope.Inputs["value"];
        if (current.AsArrayOrNull is not { } array || value.IsArray || value.IsNull)
        {
            return VariableTarget.Failed(
                scope,
                $"The input value is of type '{ValueText.TypeName(value)}' which cannot be appended to the variable '{_target.Name}' of type '{type}'. "
                + "The action type 'AppendToArrayVariable' only supports values of types 'Float, Integer, String, Boolean, Object'.");
        }

        if (array.Count >= MaxItems)
        {
            return ActionOutcome.Failed(
                "VariableSizeLimitExceeded",
                string.Create(CultureInfo.InvariantCulture, $"The variable '{_target.Name}' of type '{type}' has {array.Count} items already; an array that is built by appending has {MaxItems} at most."),
                ActionCodes.BadRequest);
        }

        _target.Set(scope, array.Append(value), type);
        return ActionOutcome.SucceededQuietly;
    }
}
