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

/// <summary>A JSON object of which members are expressions, and whose names are known: one shape for all values.</summary>
/// <param name="template">The object as written: its data members are those of every value.</param>
/// <param name="values">What gives the other members, at their positions; null where the template's own value stands.</param>
internal sealed class ObjectTemplate(FlowObject template, Expression?[] values) : Expression
{
    public override FlowValue Evaluate(EvaluationContext context)
    {
        Expression current = this;
        try
        {
            var members = template.Values.ToArray();
            for (var i = 0; i < members.Length; i++)
            {
                if (values[i] is not { } value) continue;
                current = value;
                members[i] = value.Evaluate(context);
            }

            current = this;
            return FlowValue.Object(new FlowObject(template.Shape, members));
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

/// <summary>A JSON object of which names of members are expressions.</summary>
internal sealed class NamedObjectTemplate(Expression[] names, Expression[] values) : Expression
{
    public override FlowValue Evaluate(EvaluationContext context)
    {
        Expression current = this;
        try
        {
            var builder = new FlowObjectBuilder(values.Length);
            for (var i = 0; i < values.Length; i++)
            {
                current = names[i];
                var name = ValueText.Of(current.Evaluate(context));
                current = values[i];
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
/// <param name="template">The array as written: its data elements are those of every value.</param>
/// <param name="items">What gives the other elements, at their positions; null where the template's own value stands.</param>
internal sealed class ArrayTemplate(FlowArray template, Expression?[] items) : Expression
{
    public override FlowValue Evaluate(EvaluationContext context)
    {
        Expression current = this;
        try
        {
            var values = template.AsSpan().ToArray();
            for (var i = 0; i < values.Length; i++)
            {
                if (items[i] is not { } item) continue;
                current = item;
                values[i] = item.Evaluate(context);
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
