namespace FlowEngine.Definitions;

/// <summary>Finds the value of a template expression.</summary>
internal sealed class ArmEvaluator(ArmScope scope)
{
    /// <summary>A value with every expression in it resolved.</summary>
    /// <exception cref="ArmException">One of them has no value here.</exception>
    public static FlowValue ResolveAll(FlowValue value, ArmScope scope)
    {
        if (value.AsStringOrNull is { } text) return scope.Resolve(text);
        if (!value.IsArray && !value.IsObject) return value;
        scope.Budget.Enter();
        try
        {
            return ResolveMembers(value, scope);
        }
        finally
        {
            scope.Budget.Leave();
        }
    }

    /// <summary>The value of an expression.</summary>
    /// <exception cref="ArmException">It has none here.</exception>
    public FlowValue Evaluate(ArmNode node)
    {
        scope.Budget.Enter();
        try
        {
            return node switch
            {
                ArmNode.Literal literal => literal.Value,
                ArmNode.Member member => Member(Evaluate(member.Target), Evaluate(member.Key)),
                ArmNode.Call call => Call(call),
                _ => throw new InvalidOperationException($"There is no {node.GetType().Name} in template expressions."),
            };
        }
        finally
        {
            scope.Budget.Leave();
        }
    }

    private static FlowValue ResolveMembers(FlowValue value, ArmScope scope)
    {
        if (value.AsArrayOrNull is { } array)
        {
            var items = new FlowValue[array.Count];
            for (var i = 0; i < items.Length; i++) items[i] = ResolveAll(array[i], scope);
            return FlowValue.Array(items);
        }

        var members = value.AsObject;
        var built = new FlowObjectBuilder(members.Count);
        for (var i = 0; i < members.Count; i++) built.Set(members.Names[i], ResolveAll(members.Values[i], scope));
        return built.ToValue();
    }

    private FlowValue Call(ArmNode.Call call)
    {
        var arguments = call.Arguments;
        switch (call.Name.ToLowerInvariant())
        {
            case "if" when arguments.Count == 3:
                var condition = Evaluate(arguments[0]);
                if (!condition.IsBoolean) throw new ArmException("the condition of 'if' is no Boolean");
                return Evaluate(arguments[condition.AsBoolean ? 1 : 2]);
            case "parameters" when arguments.Count == 1:
                return scope.Parameter(Name(arguments[0]));
            case "copyindex":
                // Of the copies the first one is read: they differ in nothing else.
                return arguments.Count > 0 && Evaluate(arguments[^1]) is { IsInteger: true } offset ? offset : 0;
            case "variables" when arguments.Count == 1:
                return scope.Variable(Name(arguments[0]));
            default:
                if (!ArmFunctions.TryFind(call.Name, out var function)) throw new ArmException($"'{call.Name}' needs the cloud or is not known here");
                return scope.Budget.Weigh(function(new ArmArguments(call.Name, [.. arguments.Select(Evaluate)], scope.Budget)));
        }
    }

    private string Name(ArmNode argument) => Evaluate(argument).AsStringOrNull ?? throw new ArmException("the name of a parameter or variable is no text");

    private static FlowValue Member(FlowValue target, FlowValue key)
    {
        if (key.AsStringOrNull is { } name && target.TryGetMember(name, out var member)) return member;
        if (key.IsInteger && target.AsArrayOrNull is { } array && key.AsInteger >= 0 && key.AsInteger < array.Count) return array[(int)key.AsInteger];
        throw new ArmException($"a value in it has no member '{ArmArguments.TextOf(key)}'");
    }
}
