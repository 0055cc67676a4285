using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>A template that Select, Query or Table evaluates once per element of <c>from</c>; <c>item()</c> in it is the element.</summary>
internal sealed class ItemTemplate
{
    private readonly Expression _expression;
    private readonly FlowValue _template;
    private readonly string _action;
    private readonly string _member;
    private readonly bool _inputsAreExpression;

    /// <summary>Compiles the template.</summary>
    /// <param name="plan">The action's plan.</param>
    /// <param name="template">The template.</param>
    /// <param name="place">Its place below the action, such as <c>inputs/where</c>.</param>
    /// <param name="action">How messages call the action: <c>query</c>.</param>
    /// <param name="member">How messages call the template: <c>where</c>.</param>
    public ItemTemplate(ActionPlan plan, FlowValue template, string place, string action, string member)
    {
        _expression = plan.BindForItem(template, place);
        _template = template;
        _action = action;
        _member = member;
        _inputsAreExpression = plan.Action.Inputs.IsString;
    }

    /// <summary>Evaluates it for an element; false where it fails, and then <paramref name="failure"/> is the action's outcome.</summary>
    public bool TryEvaluate(RunScope scope, FlowValue item, out FlowValue value, out ActionOutcome failure)
    {
        if (_inputsAreExpression)
        {
            // One expression made all of the inputs, so what stands there is a value, the same for every element.
            value = scope.Inputs[_member];
            failure = default;
            return true;
        }

        scope.Evaluation.SetLocal(0, item);
        try
        {
            value = _expression.Evaluate(scope.Evaluation);
            failure = default;
            return true;
        }
        catch (ExpressionException e)
        {
            value = default;
            var message = $"The execution of template action '{scope.Action.Name}' failed: The evaluation of '{_action}' action '{_member}' expression '{Written(e)}' failed: '{e.Message}'.";
            failure = new ActionOutcome(
                ActionStatus.Failed,
                ActionCodes.BadRequest,
                default,
                HasOutputs: false,
                new ActionError(ActionCodes.BadRequest, message) { Detail = e.Detail, Cause = e });
            return false;
        }
    }

    /// <summary>The outcome where the value is not of the type wanted; the wording follows the Switch's (assumed).</summary>
    public ActionOutcome WrongResult(RunScope scope, FlowValue value, string wanted) => ActionOutcome.Failed(
        ActionCodes.BadRequest,
        $"The execution of template action '{scope.Action.Name}' failed: The result of the evaluation of '{_action}' action '{_member}' expression '{Written(null)}' is not valid. "
        + $"It is of type '{ValueText.TypeName(value)}' but is expected to be a value of type '{wanted}'.");

    /// <summary>The outcome where <c>from</c> is no array.</summary>
    public static ActionOutcome NoArray(string action, FlowValue from) => ActionOutcome.Failed(
        ActionCodes.BadRequest,
        $"The 'from' property value in the '{action}' action inputs is of type '{ValueText.TypeName(from)}'. The value must be an array.");

    /// <summary>The object without the members of that name: what is evaluated before the first element.</summary>
    public static FlowValue Without(FlowValue template, string member)
    {
        if (template.AsObjectOrNull is not { } o) return template;
        var builder = new FlowObjectBuilder(o.Count);
        foreach (var (name, value) in o)
        {
            if (!name.Equals(member, StringComparison.OrdinalIgnoreCase)) builder.Add(name, value);
        }

        return builder.ToValue();
    }

    /// <summary>The inputs for the record: evaluated but for that member, which stands there as written.</summary>
    public static FlowValue Shown(FlowValue written, FlowValue evaluated, string member)
    {
        if (written.AsObjectOrNull is not { } o || evaluated.AsObjectOrNull is not { } e || !o.TryGet(member, out var template)) return evaluated;
        return e.ToBuilder().Set(member, template).ToValue();
    }

    // Of an object template the message shows the text that failed, not the whole object.
    private string Written(ExpressionException? e) => _template.AsStringOrNull ?? e?.Template?.Text ?? FlowJson.Write(_template);
}
