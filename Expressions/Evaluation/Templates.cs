namespace FlowEngine.Expressions;

/// <summary>Text with expressions in it. A piece is a constant text or an expression.</summary>
internal sealed class Interpolation(Expression[] parts) : Expression
{
    public override FlowValue Evaluate(EvaluationContext context)
    {
        Expression current = this;
        try
        {
            var texts = new string[parts.Length];
            long length = 0;
            for (var i = 0; i < parts.Length; i++)
            {
                current = parts[i];
                var value = current.Evaluate(context);
                CheckLength(context, length + value.Size);
                texts[i] = ValueText.Of(value);
                length += texts[i].Length;
            }

            current = this;
            CheckLength(context, length);
            context.Budget.Take(context.Limits, 0, 2 * length);
            return FlowValue.String(texts.Length == 1 ? texts[0] : string.Concat(texts));
        }
        catch (ExpressionException e) when (e.Claim(current.Source, current.Span))
        {
            throw;
        }
    }

    private static void CheckLength(EvaluationContext context, long length)
    {
        var limit = context.Limits.MaxTextLength;
        if (length > limit) throw new ExpressionException($"The text has {length} characters, which is more than the limit of {limit}.");
    }
}

/// <summary>A JSON object of which members, or names of members, are expressions.</summary>
internal sealed class ObjectTemplate : Expression
{
    private readonly Expression[] _names;
    private readonly Expression[] _values;
    private readonly ObjectShape? _shape;

    /// <summary>Members whose names are known: one shape for all values, so that their names are stored once.</summary>
    public ObjectTemplate(ObjectShape shape, Expression[] values)
    {
        _names = [];
        _values = values;
        _shape = shape;
    }

    public ObjectTemplate(Expression[] names, Expression[] values)
    {
        _names = names;
        _values = values;
    }

    public override FlowValue Evaluate(EvaluationContext context)
    {
        Expression current = this;
        try
        {
            var values = new FlowValue[_values.Length];
            if (_shape is not null)
            {
                for (var i = 0; i < values.Length; i++)
                {
                    current = _values[i];
                    values[i] = current.Evaluate(context);
                }

                current = this;
                return FlowValue.Object(new FlowObject(_shape, values));
            }

            var builder = new FlowObjectBuilder(values.Length);
            for (var i = 0; i < values.Length; i++)
            {
                current = _names[i];
                var name = ValueText.Of(current.Evaluate(context));
                current = _values[i];
                builder.Set(name, current.Evaluate(context));
            }

            current = this;
            return builder.ToValue();
        }
        catch (ExpressionException e) when (e.Claim(current.Source, current.Span))
        {
            throw;
        }
        catch (FlowJsonException e)
        {
            throw new ExpressionException(e.Message, inner: e);
        }
    }
}

/// <summary>A JSON array of which elements are expressions.</summary>
internal sealed class ArrayTemplate(Expression[] items) : Expression
{
    public override FlowValue Evaluate(EvaluationContext context)
    {
        Expression current = this;
        try
        {
            var values = new FlowValue[items.Length];
            for (var i = 0; i < values.Length; i++)
            {
                current = items[i];
                values[i] = current.Evaluate(context);
            }

            current = this;
            return FlowValue.Array(FlowArray.Own(values, values.Length));
        }
        catch (ExpressionException e) when (e.Claim(current.Source, current.Span))
        {
            throw;
        }
        catch (FlowJsonException e)
        {
            throw new ExpressionException(e.Message, inner: e);
        }
    }
}
