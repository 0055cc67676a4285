namespace FlowEngine.Expressions;

/// <summary>The functions that read the run: what they refer to is decided by the host's <see cref="IBindingScope"/>.</summary>
internal static class WorkflowFunctions
{
    public static readonly FunctionTable Table = new()
    {
        Named("parameters", ReferenceFunction.Parameters, "The value of a workflow parameter.", "parameterName: String"),
        Named("variables", ReferenceFunction.Variables, "The present value of a variable.", "variableName: String"),
        Named("outputs", ReferenceFunction.Outputs, "The outputs of an action.", "actionName: String"),
        Named("actionOutputs", ReferenceFunction.Outputs, "The outputs of an action; another name of outputs.", "actionName: String", FunctionOrigin.Undocumented),
        Named("body", ReferenceFunction.Body, "The body in the outputs of an action.", "actionName: String"),
        Named("actionBody", ReferenceFunction.Body, "The body in the outputs of an action; another name of body.", "actionName: String", FunctionOrigin.Undocumented),
        Named("actions", ReferenceFunction.Actions, "The record of an action: name, status, code, inputs, outputs, times, error.", "actionName: String"),
        Named("result", ReferenceFunction.Result, "The records of the direct children of a scope, loop or condition.", "scopedActionName: String"),
        Named("iterationIndexes", ReferenceFunction.IterationIndexes, "The index of the present repetition of a loop.", "loopName: String"),
        Named("appsetting", ReferenceFunction.AppSetting, "An application setting of the host.", "settingName: String", FunctionOrigin.Undocumented),
        new FunctionSpec("items", 1, 1, Items)
        {
            Reference = ReferenceFunction.Items,
            Summary = "The present item of a loop. Extension: given an object, an array of its members as {key, value}.",
            Parameters = ["loopName: String; or, as an extension, an Object or null"],
            Source = "expression-functions-reference#items",
        },
        new FunctionSpec("agentParameters", 1, 1, call => FunctionFaults.NotExpected(call.Name))
        {
            Origin = FunctionOrigin.Undocumented,
            Summary = "What a language model gave for a parameter of an agent's tool. Agents are not run here.",
            Parameters = ["parameterName: String"],
            Source = "designer; 126 uses in published definitions",
        },
        Nameless("item", ReferenceFunction.Item, "The present item of the innermost loop, Select or Filter array."),
        Nameless("trigger", ReferenceFunction.Trigger, "The record of the trigger."),
        Nameless("triggerOutputs", ReferenceFunction.TriggerOutputs, "The outputs of the trigger."),
        Nameless("triggerBody", ReferenceFunction.TriggerBody, "The body in the outputs of the trigger."),
        Nameless("action", ReferenceFunction.Action, "The record of the present action; only in trackedProperties."),
        Nameless("workflow", ReferenceFunction.Workflow, "The workflow and its run: name, id, location, run, tags."),
        Nameless("listCallbackUrl", ReferenceFunction.ListCallbackUrl, "The address at which the trigger or webhook is called."),
    };

    /// <summary>The node that reads what a call refers to by its first argument.</summary>
    internal static Expression BindNamed(FunctionCall call, ReferenceFunction function)
    {
        var name = call.Argument(0);
        return name switch
        {
            Literal { Value.AsStringOrNull: { } text } => call.Scope.BindReference(new ReferenceCall(function, call.Name, text, null) { Place = call.Place }),
            Literal => new Failure($"The provided parameters for template language function '{call.Name}' are not valid."),
            _ => call.Scope.BindReference(new ReferenceCall(function, call.Name, null, name) { Place = call.Place }),
        };
    }

    private static FunctionSpec Named(string name, ReferenceFunction function, string summary, string parameter, FunctionOrigin origin = FunctionOrigin.Reference) =>
        new(name, 1, 1, call => BindNamed(call, function))
        {
            Reference = function,
            Origin = origin,
            Summary = summary,
            Parameters = [parameter],
            Source = origin == FunctionOrigin.Reference ? $"expression-functions-reference#{name}" : "recorded",
        };

    private static FunctionSpec Nameless(string name, ReferenceFunction function, string summary) =>
        new(name, 0, 0, call => function == ReferenceFunction.Item && call.LocalItem is { } item
            ? item
            : call.Scope.BindReference(new ReferenceCall(function, call.Name, null, null)))
        {
            Reference = function,
            Summary = summary,
            Source = $"expression-functions-reference#{name}",
        };

    private static Expression Items(FunctionCall call)
    {
        if (call.Dialect == ExpressionDialect.Strict || call.LiteralText(0) is not null) return BindNamed(call, ReferenceFunction.Items);
        var argument = call.Argument(0);
        return argument is Literal { Value.IsString: true }
            ? BindNamed(call, ReferenceFunction.Items)
            : new ItemsOf(argument, call.Scope.BindReference(new ReferenceCall(ReferenceFunction.Items, call.Name, null, argument)));
    }

    /// <summary><c>items(value)</c>, an extension: members of an object; a text keeps the standard meaning, the name of a loop.</summary>
    private sealed class ItemsOf(Expression argument, Expression ofLoop) : Expression
    {
        public override FlowValue Evaluate(EvaluationContext context)
        {
            var value = argument.Evaluate(context);
            if (value.IsNull) return FlowValue.EmptyArray;
            if (value.AsObjectOrNull is not { } o)
            {
                return value.IsString
                    ? ofLoop.Evaluate(context)
                    : throw new ExpressionException("The provided parameters for template language function 'items' are not valid.");
            }

            var members = new FlowValue[o.Count];
            for (var i = 0; i < members.Length; i++) members[i] = FlowValue.Object(("key", FlowValue.String(o.Names[i])), ("value", o.Values[i]));
            return FlowValue.Array(FlowArray.Own(members, members.Length));
        }
    }
}
