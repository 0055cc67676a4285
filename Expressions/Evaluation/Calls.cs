using System.Runtime.CompilerServices;

namespace FlowEngine.Expressions;

/// <summary>A call of a function: names the place of its failures, and turns a value nested too deep into one.</summary>
/// <remarks>
/// Filters instead of catch blocks keep the stack of the failure. A node of a host's scope can't claim its failures itself:
/// its parent does it in its name (<c>current</c> is the argument that is being evaluated, or the call itself).
/// </remarks>
internal abstract class Call : Expression
{
    private protected static FlowValue Charge(EvaluationContext context, FlowValue result)
    {
        context.Budget.Made(context.Limits, result);
        return result;
    }

    private protected static ExpressionException TooDeep(Expression current, FlowJsonException cause)
    {
        var failure = new ExpressionException(cause.Message, inner: cause);
        failure.Claim(current.Source, current.Span);
        return failure;
    }
}

internal sealed class Call1(Func<FlowValue, FlowValue> body, bool isCharged, Expression first) : Call
{
    public override FlowValue Evaluate(EvaluationContext context)
    {
        var current = first;
        try
        {
            var value = first.Evaluate(context);
            current = this;
            if (!isCharged) return body(value);
            context.Budget.Read(context.Limits, value);
            return Charge(context, body(value));
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

internal sealed class Call2(Func<FlowValue, FlowValue, FlowValue> body, bool isCharged, Expression first, Expression second) : Call
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
            if (!isCharged) return body(value1, value2);
            context.Budget.Read(context.Limits, value1, value2);
            return Charge(context, body(value1, value2));
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
    bool isCharged,
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
            if (!isCharged) return body(value1, value2, value3);
            context.Budget.Read(context.Limits, value1, value2);
            context.Budget.Read(context.Limits, value3);
            return Charge(context, body(value1, value2, value3));
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
    private readonly bool _isCharged;
    private readonly Expression[] _arguments;

    public CallN(SpanFunction body, bool isCharged, Expression[] arguments)
    {
        _body = body;
        _isCharged = isCharged;
        _arguments = arguments;
    }

    public CallN(ContextFunction body, bool isCharged, Expression[] arguments)
    {
        _contextual = body;
        _isCharged = isCharged;
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
            if (_isCharged) Read(context, values);
            var result = _body is not null ? _body(values) : _contextual!(context, values); // the constructors set one of the two
            return _isCharged ? Charge(context, result) : result;
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

    private static void Read(EvaluationContext context, ReadOnlySpan<FlowValue> values)
    {
        var limits = context.Limits;
        if (values.Length >= 2) context.Budget.Read(limits, values[0], values[1]);
        for (var i = values.Length >= 2 ? 2 : 0; i < values.Length; i++) context.Budget.Read(limits, values[i]);
    }

    [InlineArray(8)]
    private struct EightValues
    {
        private FlowValue _first;
    }
}
