using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Runs a script over copies of the run's records; what it returns is the body.</summary>
/// <remarks>
/// <c>code</c> is the body of a function; <c>@{…}</c> in it is substituted as text first. It sees <c>workflowContext</c> and nothing else of the run or the
/// machine. Of the actions it sees those that have ended; <c>explicitDependencies.actions</c> adds what its text does not name.
/// </remarks>
internal sealed class CodeAction(ActionPlan plan, IScriptLanguage language) : IActionExecutor
{
    // Constant code is read once a plan; substituted code whenever its text changes. Replaced as a whole: runs share this executor.
    private volatile PreparedScript? _prepared;

    public static ActionSpec JavaScript { get; } = new(
        new ActionTypeInfo("JavaScriptCode") { InputMembers = ["code", "explicitDependencies"], RequiredInputs = ["code"] },
        plan => new CodeAction(plan, JavaScriptLanguage.Instance));

    public bool IsPure => true;

    public Expression? Inputs { get; } = plan.BindInputs();

    public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation)
    {
        try
        {
            if (scope.Inputs["code"].AsStringOrNull is not { } code)
                throw new ScriptException(ScriptException.InvalidProperty, $"The property 'code' must be a string. The provided value is of type '{scope.Inputs["code"].TypeName}'.");
            var explicitActions = ExplicitActions(scope.Inputs["explicitDependencies"]);
            var script = Prepare(code);
            var context = scope.WorkflowContext(script.Actions is { } named ? [.. named, .. explicitActions] : null);
            // A script is pure computation and may take seconds: off the run's loop, which has other branches to serve.
            return new(Task.Run(() => Run(scope.Action.Name, script, context, cancellation), CancellationToken.None));
        }
        catch (ScriptException failure)
        {
            return new(Failed(scope.Action.Name, failure));
        }
    }

    private static ActionOutcome Run(string action, IScript script, FlowValue context, CancellationToken cancellation)
    {
        try
        {
            return ActionOutcome.Succeeded(FlowValue.Object(("body", script.Run(context, cancellation))));
        }
        catch (ScriptException failure)
        {
            return Failed(action, failure);
        }
    }

    // The first sentence is the service's (Azure/logicapps issues 230 and 676); the place is ours.
    private static ActionOutcome Failed(string action, ScriptException failure) =>
        ActionOutcome.Failed(failure.Code, $"The inline code action '{action}' execution failed, with error '{failure.Message}'.{failure.Place}");

    private static IEnumerable<string> ExplicitActions(FlowValue dependencies)
    {
        var actions = dependencies["actions"];
        if (actions.IsNull) return [];
        if (actions.AsArrayOrNull is { } names && names.All(name => name.AsStringOrNull is not null)) return names.Select(name => name.AsString);
        throw new ScriptException(ScriptException.InvalidProperty, "The property 'explicitDependencies.actions' must be an array of action names.");
    }

    private IScript Prepare(string code)
    {
        if (_prepared is { } prepared && prepared.Code == code) return prepared.Script;
        var script = language.Prepare(code);
        _prepared = new PreparedScript(code, script);
        return script;
    }

    private sealed record PreparedScript(string Code, IScript Script);
}
