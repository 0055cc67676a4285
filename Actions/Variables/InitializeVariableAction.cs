using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Creates variables. All values are evaluated before the first of them exists, so an entry can't read its sibling.</summary>
internal sealed class InitializeVariableAction : IActionExecutor
{
    private readonly VariableTarget[] _targets;

    private InitializeVariableAction(ActionPlan plan)
    {
        Inputs = plan.BindInputs();
        var entries = plan.Action.Inputs["variables"].AsArrayOrNull ?? FlowArray.Empty;
        _targets = new VariableTarget[entries.Count];
        for (var i = 0; i < _targets.Length; i++) _targets[i] = VariableTarget.Of(plan, entries[i]["name"], $"inputs/variables/{i}/name");
    }

    public static ActionSpec Spec { get; } = new(
        new ActionTypeInfo("InitializeVariable") { InputMembers = ["variables"], RequiredInputs = ["variables"] },
        plan => new InitializeVariableAction(plan));

    public bool IsPure => true;

    public Expression? Inputs { get; }

    public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation) => new(Execute(scope));

    private ActionOutcome Execute(RunScope scope)
    {
        if (scope.Inputs["variables"].AsArrayOrNull is not { } entries || entries.Count != _targets.Length)
            return VariableTarget.Failed(scope, "The property 'variables' must be an array of variables that the definition names.");
        var shown = new FlowValue[entries.Count];
        var types = new string[entries.Count];
        var values = new FlowValue[entries.Count];
        var failure = default(string);
        for (var i = 0; i < entries.Count; i++)
        {
            var written = entries[i]["type"].AsStringOrNull;
            if (!VariableType.TryGet(written, out var type))
            {
                failure ??= $"The variable '{_targets[i].Name}' has the type '{written}', which is none of 'String, Integer, Float, Boolean, Array, Object'.";
                shown[i] = entries[i];
                continue;
            }

            var value = entries[i]["value"];
            types[i] = type;
            shown[i] = entries[i].AsObject.ToBuilder().Replace("type", FlowValue.String(type)).ToValue();
            if (value.IsNull) values[i] = VariableType.Default(type);
            else if (!VariableType.TryTake(type, value, out values[i])) failure ??= VariableType.Mismatch(_targets[i].Name, type, value);
        }

        scope.RecordInputs(new FlowObjectBuilder(1).Add("variables", FlowArray.Create(shown)).ToValue());
        if (failure is not null) return VariableTarget.Failed(scope, failure);
        for (var i = 0; i < values.Length; i++) _targets[i].Set(scope, values[i], types[i]);
        return ActionOutcome.SucceededQuietly;
    }
}
