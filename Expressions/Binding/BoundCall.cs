namespace FlowEngine.Expressions;

/// <summary>A call while it is bound: of the syntax, or of a condition object.</summary>
internal abstract class BoundCall(ExpressionBinder binder, Locals locals) : FunctionCall
{
    private FunctionSpec? _function;
    private TextSpan _span;

    public override FunctionSpec Function => _function ?? throw new InvalidOperationException("The function has not been looked up yet.");

    public override IBindingScope Scope => Binder.Scope;

    public override ExpressionDialect Dialect => Binder.Dialect;

    public override ReferencePlace Place => Locals.Place;

    public override Expression? LocalItem => Locals.Item < 0 ? null : new Local(Locals.Item);

    protected ExpressionBinder Binder { get; } = binder;

    protected Locals Locals { get; } = locals;

    public void Resolve(FunctionSpec function, TextSpan span) => (_function, _span) = (function, span);

    internal override Expression[] Watched(Expression[] arguments) => Binder.Watched(Function.Name, arguments, _span);

    public override Expression Argument(int index) => Bind(index, TutorialRules.Argument(this, Locals));

    public override Expression ArgumentWithLocal(int index, string? name, out int local)
    {
        var inner = TutorialRules.Argument(this, Locals).With(name);
        local = inner.Index;
        return Bind(index, inner);
    }

    protected abstract Expression Bind(int index, Locals inner);
}

/// <summary>A call of the syntax.</summary>
internal sealed class SyntaxCall(ExpressionBinder binder, CallSyntax syntax, Locals locals) : BoundCall(binder, locals)
{
    public override string Name => syntax.Name;

    public override int Count => syntax.Arguments.Count;

    public override string? LiteralText(int index) => syntax.LiteralText(index);

    public override string? LastMemberName(int index) => syntax.LastMemberName(index);

    public override (string Name, Expression Body, int Local)? Lambda(int index)
    {
        if (syntax.Arguments[index] is not CallSyntax { Arguments.Count: 2 } lambda || !lambda.Name.Equals("lambda", StringComparison.OrdinalIgnoreCase)) return null;
        if (lambda.LiteralText(0) is not { } name) return null;
        var inner = TutorialRules.Argument(this, Locals).With(name);
        return (name, Binder.Bind(lambda.Arguments[1], inner), inner.Index);
    }

    protected override Expression Bind(int index, Locals inner) => Binder.Bind(syntax.Arguments[index], inner);
}
