using System.Runtime.CompilerServices;

namespace FlowEngine.Expressions;

/// <summary>A call of a function: names the place of its failures, and turns a value nested too deep into one.</summary>
/// <remarks>
/// Filters instead of catch blocks keep the stack of the failure. A node of a host's scope can't claim its failures itself:
/// its parent does it in its name (<c>current</c> is the argument that is being evaluated, or the call itself).
/// </remarks>
internal abstract class Call : Expression
{
    private protected static ExpressionException TooDeep(Expression current, FlowJsonException cause)
    {
        var failure = new ExpressionException(cause.Message, inner: cause);
        failure.Claim(current.Source, current.Span);
        return failure;
    }
}

internal sealed class Call1(Func<FlowValue, FlowValue> body, Expression first) : Call
{
    public override FlowValue Evaluate(EvaluationContext context)
    {
        var current = first;
        try
        {
            var value = first.Evaluate(context);
            current = this;
            return body(value);
        }
        catch (ExpressionException e) when (e.Claim(current.Source, current.Span))
        {
            throw;
        }
        catch (FlowJsonException e)
        {
            throw TooDeep(current, e);
        }
    }
}

internal sealed class Call2(Func<FlowValue, FlowValue, FlowValue> body, Expression first, Expression second) : Call
{
    public override FlowValue Evaluate(EvaluationContext context)
    {
        var current = first;
        try
        {
            var value1 = first.Evaluate(context);
            current = second;
            var value2 = second.Evaluate(context);
            current = this;
            return body(value1, value2);
        }
        catch (ExpressionException e) when (e.Claim(current.Source, current.Span))
        {
            throw;
        }
        catch (FlowJsonException e)
        {
            throw TooDeep(current, e);
        }
    }
}

internal sealed class Call3(
    Func<FlowValue, FlowValue, FlowValue, FlowValue> body,
    Expression first,
    Expression second,
    Expression third) : Call
{
    public override FlowValue Evaluate(EvaluationContext context)
    {
        var current = first;
        try
        {
            var value1 = first.Evaluate(context);
            current = second;
            var value2 = second.Evaluate(context);
            current = third;
            var value3 = third.Evaluate(context);
            current = this;
            return body(value1, value2, value3);
        }
        catch (ExpressionException e) when (e.Claim(current.Source, current.Span))
        {
            throw;
        }
        catch (FlowJsonException e)
        {
            throw TooDeep(current, e);
        }
    }
}

/// <summary>A call of any number of arguments: up to eight on the stack, more in an array.</summary>
internal sealed class CallN : Call
{
    private readonly SpanFunction? _body;
    private readonly ContextFunction? _contextual;
    private readonly Expression[] _arguments;

    public CallN(SpanFunction body, Expression[] arguments)
    {
        _body = body;
        _arguments = arguments;
    }

    public CallN(ContextFunction body, Expression[] arguments)
    {
        _contextual = body;
        _arguments = arguments;
    }

    public override FlowValue Evaluate(EvaluationContext context) =>
        _arguments.Length <= 8 ? EvaluateOnStack(context) : Evaluate(context, new FlowValue[_arguments.Length]);

    private FlowValue EvaluateOnStack(EvaluationContext context)
    {
        var buffer = default(EightValues);
        return Evaluate(context, ((Span<FlowValue>)buffer)[.._arguments.Length]);
    }

    private FlowValue Evaluate(EvaluationContext context, Span<FlowValue> values)
    {
        Expression current = this;
        try
        {
            for (var i = 0; i < _arguments.Length; i++)
            {
                current = _arguments[i];
                values[i] = current.Evaluate(context);
            }

            current = this;
            return _body is not null ? _body(values) : _contextual!(context, values); // the constructors set one of the two
        }
        catch (ExpressionException e) when (e.Claim(current.Source, current.Span))
        {
            throw;
        }
        catch (FlowJsonException e)
        {
            throw TooDeep(current, e);
        }
    }

    [InlineArray(8)]
    private struct EightValues
    {
        private FlowValue _first;
    }
}
