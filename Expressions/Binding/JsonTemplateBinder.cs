namespace FlowEngine.Expressions;

/// <summary>Binds a JSON template. A part without expressions stays the very value that it was.</summary>
/// <remarks>Most of a template is data: one look at its strings spares it nodes of its own, which were 300 bytes an action (<c>load.actions-1000</c>).</remarks>
internal readonly struct JsonTemplateBinder(Binder binder, IBindingScope scope, Locals locals)
{
    /// <summary>Binds the whole template, which stands at <paramref name="at"/>.</summary>
    public Expression BindRoot(FlowValue template, TemplatePlace at) => Bind(template, at) ?? new Literal(template);

    // Null stands for what is data all through.
    private Expression? Bind(FlowValue template, TemplatePlace at)
    {
        if (!MayHaveExpressions(template)) return null;
        var bound = template.AsStringOrNull is { } text ? binder.BindText(binder.Texts.Get(text), at, scope, locals)
            : template.AsArrayOrNull is { } array ? BindArray(array, new ExpressionSource(string.Empty, at))
            : BindObject(template.AsObject, new ExpressionSource(string.Empty, at));
        return bound is Literal literal && literal.Value.IsSameAs(template) ? null : bound;
    }

    private Expression? BindArray(FlowArray array, ExpressionSource place)
    {
        Expression?[]? items = null;
        var isConstant = true;
        for (var i = 0; i < array.Count; i++)
        {
            if (Bind(array[i], new TemplatePlace(place, i)) is not { } item) continue;
            (items ??= new Expression?[array.Count])[i] = item;
            isConstant &= item.IsConstant;
        }

        return items is null ? null : Place(new ArrayTemplate(array, items), isConstant, place);
    }

    private Expression? BindObject(FlowObject o, ExpressionSource place)
    {
        if (HasTemplateNames(o)) return BindObjectByNames(o, place);
        Expression?[]? values = null;
        var isConstant = true;
        for (var i = 0; i < o.Count; i++)
        {
            if (Bind(o.Values[i], new TemplatePlace(place, o.Names[i])) is not { } value) continue;
            (values ??= new Expression?[o.Count])[i] = value;
            isConstant &= value.IsConstant;
        }

        return values is null ? null : Place(new ObjectTemplate(o, values), isConstant, place);
    }

    private Expression BindObjectByNames(FlowObject o, ExpressionSource place)
    {
        var names = new Expression[o.Count];
        var values = new Expression[o.Count];
        var isConstant = true;
        for (var i = 0; i < names.Length; i++)
        {
            var at = new TemplatePlace(place, o.Names[i]);
            names[i] = BindRoot(FlowValue.String(o.Names[i]), at);
            values[i] = BindRoot(o.Values[i], at);
            isConstant &= IsText(names[i]) && values[i].IsConstant;
        }

        // Mostly the names are constants, such as that of "@@odata.type": then they are known as those of other objects are.
        // One such as "@1" becomes text only where the object is made: that can fail, and binding never does.
        Expression node = Array.TrueForAll(names, IsText) && Array.ConvertAll(names, name => ((Literal)name).Value.AsString) is var known && !FlowObjectBuilder.HaveRepeats(known, StringComparison.Ordinal)
            ? new ObjectTemplate(new FlowObject(new ObjectShape(known, known.Length), o.Values.ToArray()), values)
            : new NamedObjectTemplate(names, values);
        return Place(node, isConstant, place);
    }

    private static bool HasTemplateNames(FlowObject o)
    {
        foreach (var name in o.Names)
        {
            if (name.Contains('@', StringComparison.Ordinal)) return true;
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
            foreach (var member in o.Values)
            {
                if (MayHaveExpressions(member)) return true;
            }

            return HasTemplateNames(o);
        }

        return false;
    }

    private static bool IsText(Expression name) => name is Literal { Value.IsString: true };

    private static Expression Place(Expression node, bool isConstant, ExpressionSource place)
    {
        if (isConstant) return new Literal(node.Evaluate(new FoldingContext()));
        node.Source = place;
        return node;
    }
}
