namespace FlowEngine.Expressions;

/// <summary>Binds condition objects: <c>{"and": [{"greater": ["@variables('n')", 0]}, …]}</c>. Rules: runtime reference, 3.5.</summary>
/// <remarks>
/// An object has one member: any function of the language, in any case, with an array of arguments or, for one argument, an object. The
/// member's name is never a template. An argument is data, a template text or another such object; arrays as arguments are refused.
/// </remarks>
internal sealed class ConditionBinder(Binder binder, IBindingScope scope)
{
    public Expression Bind(FlowValue condition, TemplatePlace at, Locals locals)
    {
        switch (condition.Kind)
        {
            case FlowValueKind.String:
                return binder.BindText(binder.Texts.Get(condition.AsString), at, scope, locals);
            case FlowValueKind.Null:
                return new Literal(FlowValue.True);
            case FlowValueKind.Array:
                return Refuse("A condition must be a text or an object; an array is neither.", "[…]", at);
            case FlowValueKind.Object:
                return BindObject(condition.AsObject, at, locals);
            default:
                return new Literal(condition);
        }
    }

    private Expression BindObject(FlowObject condition, TemplatePlace at, Locals locals)
    {
        if (condition.Count == 0) return new Literal(FlowValue.True);
        var name = condition.Names[0];
        if (condition.Count > 1)
        {
            return Refuse(
                $"A condition object must have exactly one member, the name of a function; it has '{string.Join(", ", condition.Names.ToArray())}'.",
                name,
                at);
        }

        var place = new ExpressionSource(name, at.Member(name));
        var arguments = condition.Values[0];
        if (arguments.AsArrayOrNull is not { } list)
        {
            if (!arguments.IsObject) return Refuse($"The arguments of '{name}' must be an array, or an object for a single one.", place);
            list = FlowArray.Create(arguments);
        }

        for (var i = 0; i < list.Count; i++)
        {
            if (list[i].IsArray) return Refuse($"An array can't be an argument of '{name}' in a condition.", name, new TemplatePlace(place, i));
        }

        var expressions = new ExpressionBinder(binder, place, scope);
        return expressions.Bind(new ConditionCall(this, expressions, list, arguments.IsArray, locals), new TextSpan(0, name.Length));
    }

    private static Failure Refuse(string message, string text, TemplatePlace at) => Refuse(message, new ExpressionSource(text, at));

    private static Failure Refuse(string message, ExpressionSource place) => new(message) { Source = place, Span = new TextSpan(0, place.Text.Length) };

    /// <summary>A condition object as a call.</summary>
    private sealed class ConditionCall(
        ConditionBinder owner,
        ExpressionBinder binder,
        FlowArray arguments,
        bool isList,
        Locals locals) : BoundCall(binder, locals)
    {
        public override string Name => Binder.Source.Text;

        public override int Count => arguments.Count;

        public override string? LiteralText(int index) => Argument(index) is Literal { Value.AsStringOrNull: { } text } ? text : null;

        public override string? LastMemberName(int index) => null;

        public override (string Name, Expression Body, int Local)? Lambda(int index) => null;

        // Only a condition that is missing holds: a null among the arguments is the value null.
        protected override Expression Bind(int index, Locals inner) =>
            arguments[index].IsNull ? new Literal(FlowValue.Null) : owner.Bind(arguments[index], isList ? new TemplatePlace(Binder.Source, index) : Binder.Source.At, inner);
    }
}
