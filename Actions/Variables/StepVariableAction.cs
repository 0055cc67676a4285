using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>IncrementVariable and DecrementVariable: adds to an Integer or Float variable, or subtracts, <c>value</c> or 1.</summary>
/// <remarks>Reading and writing happen in one step of the run's loop, so parallel iterations lose no count. A null value is 1 (recorded).</remarks>
internal sealed class StepVariableAction(ActionPlan plan, bool down) : IActionExecutor
{
    private readonly VariableTarget _target = VariableTarget.Of(plan);

    public static ActionSpec Increment { get; } = SpecOf("IncrementVariable", down: false);

    public static ActionSpec Decrement { get; } = SpecOf("DecrementVariable", down: true);

    public bool IsPure => true;

    public Expression? Inputs { get; } = plan.BindInputs();

    public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation) => new(Execute(scope));

    private static ActionSpec SpecOf(string type, bool down) => new(
        new ActionTypeInfo(type) { InputMembers = ["name", "value"], RequiredInputs = ["name"] },
        plan => new StepVariableAction(plan, down));

    private ActionOutcome Execute(RunScope scope)
    {
        if (!_target.TryGet(scope, out var current, out var type)) return _target.NotFound(scope);
        var written = scope.Inputs["value"];
        var amount = written.IsNull ? 1 : written;
        if (type is not (VariableType.Integer or VariableType.Float) || !VariableType.TryTake(type, amount, out amount))
        {
            return VariableTarget.Failed(
                scope,
                type is VariableType.Integer or VariableType.Float
                    ? VariableType.Mismatch(_target.Name, type, amount)
                    : $"The variable '{_target.Name}' of type '{type}' cannot be used in the action type '{scope.Action.Type}'. The action type only supports variables of types 'Integer, Float'.");
        }

        if (type == VariableType.Float) return _target.Update(scope, current.AsDouble + (down ? -amount.AsDouble : amount.AsDouble), type);
        try
        {
            return _target.Update(scope, down ? checked(current.AsInteger - amount.AsInteger) : checked(current.AsInteger + amount.AsInteger), type);
        }
        catch (OverflowException)
        {
            return VariableTarget.Failed(scope, $"The value of the variable '{_target.Name}' would leave the range of the type '{type}'.");
        }
    }
}
