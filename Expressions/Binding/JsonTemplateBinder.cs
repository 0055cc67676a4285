namespace FlowEngine.Expressions;

/// <summary>Binds a JSON template. A part without expressions stays the very value that it was.</summary>
internal sealed class JsonTemplateBinder(Binder binder, IBindingScope scope, Locals locals)
{
    /// <summary>Binds the whole template, which stands at <paramref name="path"/>. Most are data all through: one look at their strings spares them the rest.</summary>
    public Expression BindRoot(FlowValue template, string path) => MayHaveExpressions(template) ? BindContainer(template, new PointerSteps(path)) : new Literal(template);

    private Expression BindContainer(FlowValue template, PointerSteps at) => template.IsArray ? BindArray(template, at) : BindObject(template, at);

    private Expression BindMember(FlowValue template, PointerSteps owner, string name) => template.Kind switch
    {
        FlowValueKind.String when IsTemplate(template) => BindText(template, new PointerSteps(owner, name)),
        FlowValueKind.Array or FlowValueKind.Object => BindContainer(template, new PointerSteps(owner, name)),
        _ => new Literal(template),
    };

    private Expression BindItem(FlowValue template, PointerSteps owner, int index) => template.Kind switch
    {
        FlowValueKind.String when IsTemplate(template) => BindText(template, new PointerSteps(owner, index)),
        FlowValueKind.Array or FlowValueKind.Object => BindContainer(template, new PointerSteps(owner, index)),
        _ => new Literal(template),
    };

    private Expression BindText(FlowValue text, PointerSteps at) => binder.BindText(binder.Texts.Get(text.AsString), at, scope, locals);

    private Expression BindArray(FlowValue template, PointerSteps at)
    {
        var array = template.AsArray;
        var items = new Expression[array.Count];
        var (isConstant, isSame) = (true, true);
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = BindItem(array[i], at, i);
            isConstant &= items[i].IsConstant;
            isSame &= IsSame(items[i], array[i]);
        }

        if (isSame) return new Literal(template);
        return isConstant ? new Literal(FlowValue.Array(FlowArray.Create(items.Select(Value)))) : Place(new ArrayTemplate(items), at);
    }

    private Expression BindObject(FlowValue template, PointerSteps at)
    {
        var o = template.AsObject;
        if (HasTemplateNames(o)) return BindObjectByNames(o, at);
        var values = new Expression[o.Count];
        var (isConstant, isSame) = (true, true);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BindMember(o.Values[i], at, o.Names[i]);
            isConstant &= values[i].IsConstant;
            isSame &= IsSame(values[i], o.Values[i]);
        }

        if (isSame) return new Literal(template);
        var node = new ObjectTemplate(o.Shape, values);
        return isConstant ? new Literal(node.Evaluate(new FoldingContext())) : Place(node, at);
    }

    private Expression BindObjectByNames(FlowObject o, PointerSteps at)
    {
        var names = new Expression[o.Count];
        var values = new Expression[o.Count];
        var isConstant = true;
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = BindMember(FlowValue.String(o.Names[i]), at, o.Names[i]);
            values[i] = BindMember(o.Values[i], at, o.Names[i]);
            isConstant &= names[i].IsConstant && values[i].IsConstant;
        }

        var node = Array.TrueForAll(names, name => name.IsConstant) && Array.ConvertAll(names, name => Value(name).AsString) is var known && !FlowObjectBuilder.HaveRepeats(known, StringComparison.Ordinal)
            ? new ObjectTemplate(new ObjectShape(known, known.Length), values)
            : new ObjectTemplate(names, values);
        return isConstant ? new Literal(node.Evaluate(new FoldingContext())) : Place(node, at);
    }

    private static bool HasTemplateNames(FlowObject o)
    {
        for (var i = 0; i < o.Count; i++)
        {
            if (o.Names[i].Contains('@', StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static bool MayHaveExpressions(FlowValue value)
    {
        if (value.AsStringOrNull is { } text) return text.Contains('@', StringComparison.Ordinal);
        if (value.AsArrayOrNull is { } array)
        {
            foreach (var item in array)
            {
                if (MayHaveExpressions(item)) return true;
            }
        }
        else if (value.AsObjectOrNull is { } o)
        {
            for (var i = 0; i < o.Count; i++)
            {
                if (MayHaveExpressions(o.Values[i])) return true;
            }

            return HasTemplateNames(o);
        }

        return false;
    }

    private static bool IsTemplate(FlowValue text) => text.AsString.Contains('@', StringComparison.Ordinal);

    private static Expression Place(Expression node, PointerSteps at)
    {
        node.Source = new ExpressionSource(string.Empty, at);
        return node;
    }

    private static bool IsSame(Expression bound, FlowValue template) => bound is Literal literal && literal.Value.IsSameAs(template);

    private static FlowValue Value(Expression constant) => ((Literal)constant).Value;
}
