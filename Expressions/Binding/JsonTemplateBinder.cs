using System.Globalization;
using System.Text;

namespace FlowEngine.Expressions;

/// <summary>Binds a JSON template. A part without expressions stays the very value that it was.</summary>
internal sealed class JsonTemplateBinder(Binder binder, string path, IBindingScope scope, Locals locals)
{
    // The pointer grows and shrinks on the way down and up; it becomes text only where an expression stands.
    private readonly StringBuilder _path = new(path);

    /// <summary>Binds the whole template. Most are data all through: one look at their strings spares them the rest.</summary>
    public Expression BindRoot(FlowValue template) => MayHaveExpressions(template) ? Bind(template) : new Literal(template);

    private Expression Bind(FlowValue template) => template.Kind switch
    {
        FlowValueKind.String => BindText(template),
        FlowValueKind.Array => BindArray(template),
        FlowValueKind.Object => BindObject(template),
        _ => new Literal(template),
    };

    private Expression BindText(FlowValue text)
    {
        if (!text.AsString.Contains('@', StringComparison.Ordinal)) return new Literal(text);
        return binder.BindText(binder.Texts.Get(text.AsString), _path.ToString(), scope, locals);
    }

    private Expression BindArray(FlowValue template)
    {
        var array = template.AsArray;
        var items = new Expression[array.Count];
        var (isConstant, isSame) = (true, true);
        for (var i = 0; i < items.Length; i++)
        {
            var length = Enter(i.ToString(CultureInfo.InvariantCulture));
            items[i] = Bind(array[i]);
            _path.Length = length;
            isConstant &= items[i].IsConstant;
            isSame &= IsSame(items[i], array[i]);
        }

        if (isSame) return new Literal(template);
        return isConstant ? new Literal(FlowValue.Array(FlowArray.Create(items.Select(Value)))) : Place(new ArrayTemplate(items));
    }

    private Expression BindObject(FlowValue template)
    {
        var o = template.AsObject;
        var names = new Expression[o.Count];
        var values = new Expression[o.Count];
        var (isConstant, isSame) = (true, true);
        for (var i = 0; i < names.Length; i++)
        {
            var length = Enter(o.Names[i]);
            var name = FlowValue.String(o.Names[i]);
            names[i] = BindText(name);
            values[i] = Bind(o.Values[i]);
            _path.Length = length;
            isConstant &= names[i].IsConstant && values[i].IsConstant;
            isSame &= IsSame(names[i], name) && IsSame(values[i], o.Values[i]);
        }

        if (isSame) return new Literal(template);
        var node = new ObjectTemplate(names, values);
        return isConstant ? new Literal(node.Evaluate(new FoldingContext())) : Place(node);
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
                if (o.Names[i].Contains('@', StringComparison.Ordinal) || MayHaveExpressions(o.Values[i])) return true;
            }
        }

        return false;
    }

    private int Enter(string name)
    {
        var length = _path.Length;
        _path.Append('/').Append(JsonPointer.Escape(name));
        return length;
    }

    private Expression Place(Expression node)
    {
        node.Source = new ExpressionSource(string.Empty, _path.ToString());
        return node;
    }

    private static bool IsSame(Expression bound, FlowValue template) => bound is Literal literal && literal.Value.IsSameAs(template);

    private static FlowValue Value(Expression constant) => ((Literal)constant).Value;
}
