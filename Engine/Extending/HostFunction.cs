using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>A function of a host: what it throws becomes a failure of the expression, by name, instead of a defect of the run.</summary>
internal static class HostFunction
{
    public static FunctionSpec Guarded(FunctionSpec function)
    {
        // A function that makes a node of its own keeps the rules of nodes itself.
        if (function.Bind is not null) return function;
        return function.Contextual is { } contextual
            ? function.WithBody(Guarded(function.Name, contextual))
            : function.WithBody(Guarded(function.Name, BodyOf(function)));
    }

    private static SpanFunction BodyOf(FunctionSpec function)
    {
        if (function.Variadic is { } variadic) return variadic;
        if (function.Unary is { } unary) return arguments => unary(arguments[0]);
        if (function.Binary is { } binary) return arguments => binary(arguments[0], arguments[1]);
        var ternary = function.Ternary!; // There is no other form.
        return arguments => ternary(arguments[0], arguments[1], arguments[2]);
    }

    private static SpanFunction Guarded(string name, SpanFunction body) => arguments =>
    {
        try
        {
            return body(arguments);
        }
        catch (Exception e) when (e is not ExpressionException)
        {
            throw Failed(name, e);
        }
    };

    private static ContextFunction Guarded(string name, ContextFunction body) => (context, arguments) =>
    {
        try
        {
            return body(context, arguments);
        }
        catch (Exception e) when (e is not ExpressionException)
        {
            throw Failed(name, e);
        }
    };

    private static ExpressionException Failed(string name, Exception e) => new($"The template language function '{name}' failed: {e.GetType().Name}: {e.Message}", inner: e);
}
