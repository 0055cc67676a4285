namespace FlowEngine.Expressions;

/// <summary>Where the lenient rules of the tutorial's dialect hold while an expression is bound.</summary>
internal static class TutorialRules
{
    /// <summary>What holds in the arguments of a call.</summary>
    public static Locals Argument(FunctionCall call, Locals locals)
    {
        if (call.Dialect != ExpressionDialect.Tutorial) return locals;
        return call.Function.Name switch
        {
            "coalesce" => locals with { Asks = true, Place = ReferencePlace.Coalesced },
            "empty" => locals with { Asks = true, Place = ReferencePlace.Anywhere },
            "union" when locals.Place != ReferencePlace.Dereferenced => locals with { Place = ReferencePlace.United },
            _ => Anywhere(locals),
        };
    }

    /// <summary>What holds in the target of a step.</summary>
    public static Locals Target(ExpressionDialect dialect, Locals locals) =>
        dialect == ExpressionDialect.Tutorial ? locals with { Place = ReferencePlace.Dereferenced } : locals;

    /// <summary>What holds where nothing is known of the place.</summary>
    public static Locals Anywhere(Locals locals) => locals.Place == ReferencePlace.Anywhere ? locals : locals with { Place = ReferencePlace.Anywhere };
}
