namespace FlowEngine.Expressions;

/// <summary>The functions that evaluate only the arguments they need: <c>and, or, if, coalesce</c>.</summary>
internal static class LazyFunctions
{
    public static readonly FunctionTable Table = new()
    {
        new FunctionSpec("and", 1, FunctionSpec.Any, call => Join(call, decisive: false))
        {
            Summary = "Whether all arguments are true; stops at the first that is false.",
            Parameters = ["expression: Boolean, one or more"],
            Examples = ["and(true, equals(1, 1)) -> true", "and(false, int('x')) -> false"],
            Source = "expression-functions-reference#and; recorded",
        },
        new FunctionSpec("or", 1, FunctionSpec.Any, call => Join(call, decisive: true))
        {
            Summary = "Whether any argument is true; stops at the first that is.",
            Parameters = ["expression: Boolean, one or more"],
            Examples = ["or(false, equals(1, 1)) -> true", "or(true, int('x')) -> true"],
            Source = "expression-functions-reference#or; recorded",
        },
        new FunctionSpec("if", 3, 3, Choose)
        {
            Summary = "The second argument where the first is true, else the third; the other one is not evaluated.",
            Parameters = ["expression: Boolean", "valueIfTrue: any", "valueIfFalse: any"],
            Examples = ["if(equals(1, 1), 'yes', 'no') -> \"yes\""],
            Source = "expression-functions-reference#if; recorded",
        },
        new FunctionSpec("coalesce", 1, FunctionSpec.Any, FirstValue)
        {
            Summary = "The first argument that is not null; empty texts, arrays and objects are values.",
            Parameters = ["object: any, one or more"],
            Examples = ["coalesce(null, '', 'x') -> \"\"", "coalesce(null) -> null"],
            Source = "expression-functions-reference#coalesce; recorded",
        },
    };

    private static Junction Join(FunctionCall call, bool decisive)
    {
        return new Junction(call.Function.Name, decisive, call.Watched(All(call)));
    }

    private static Expression Choose(FunctionCall call)
    {
        var condition = call.Argument(0);
        if (condition is Literal { Value.IsBoolean: true } constant) return call.Argument(constant.Value.AsBoolean ? 1 : 2);
        var watched = call.Watched([condition, call.Argument(1), call.Argument(2)]);
        return new If(watched[0], watched[1], watched[2]);
    }

    private static Expression FirstValue(FunctionCall call)
    {
        var arguments = All(call);
        return arguments[0] is Literal { Value.IsNull: false } ? arguments[0] : new Coalesce(call.Watched(arguments));
    }

    private static Expression[] All(FunctionCall call)
    {
        var arguments = new Expression[call.Count];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = call.Argument(i);
        return arguments;
    }
}
