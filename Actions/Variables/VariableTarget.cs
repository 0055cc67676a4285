namespace FlowEngine.Actions;

/// <summary>The variable that an action writes: named by a constant, so its slot is known when the plan is made.</summary>
/// <remarks>A name that depends on the run is no variable to the service; as here, the action then fails because there is none of that name.</remarks>
internal sealed class VariableTarget
{
    private static readonly ObjectShape Outputs = ObjectShape.Of("body");
    private static readonly ObjectShape Body = ObjectShape.Of("name", "value");

    private readonly int _slot;

    private VariableTarget(string name, int slot)
    {
        Name = name;
        _slot = slot;
    }

    /// <summary>The name as the action spells it.</summary>
    public string Name { get; }

    /// <summary>The variable of <c>inputs.name</c>.</summary>
    public static VariableTarget Of(ActionPlan plan) => Of(plan, plan.Action.Inputs["name"], "inputs/name");

    /// <summary>The variable of a name template at that place.</summary>
    public static VariableTarget Of(ActionPlan plan, FlowValue template, string member)
    {
        var bound = plan.Bind(template, member);
        var name = ValueText.Of(bound.IsConstant ? bound.Evaluate(null!) : template); // a constant needs no context
        return new VariableTarget(name, plan.VariableSlot(name));
    }

    /// <summary>The present value and type, or false while it is not initialised.</summary>
    public bool TryGet(RunScope scope, out FlowValue value, out string type) => scope.TryGetVariable(_slot, out value, out type);

    /// <summary>Gives it a value of its type.</summary>
    public void Set(RunScope scope, FlowValue value, string type) => scope.SetVariable(_slot, value, type);

    /// <summary>The characters of its text; -1 where it holds none.</summary>
    public int TextLength(RunScope scope) => scope.TextLengthOfVariable(_slot);

    /// <summary>Appends to its text.</summary>
    public void Append(RunScope scope, string text) => scope.AppendToVariable(_slot, text);

    /// <summary>The outcome where it was never initialised.</summary>
    public ActionOutcome NotFound(RunScope scope) =>
        Failed(scope, $"Template language expression cannot be evaluated: the template variable '{Name}' cannot be found.");

    /// <summary>Writes a value, if its type takes it, and gives <c>{"body": {"name", "value"}}</c>.</summary>
    public ActionOutcome Update(RunScope scope, FlowValue value, string type)
    {
        if (!VariableType.TryTake(type, value, out var taken)) return Failed(scope, VariableType.Mismatch(Name, type, value));
        Set(scope, taken, type);
        return ActionOutcome.Succeeded(Outputs.With(Body.With(FlowValue.String(Name), taken)), ActionCodes.NotSpecified);
    }

    /// <summary>The outcome of a write that the type does not allow.</summary>
    public static ActionOutcome Failed(RunScope scope, string message) => TemplateFailure.InInputs(scope.Action.Name, message);
}
