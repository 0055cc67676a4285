namespace FlowEngine.Expressions;

/// <summary>Binds the expressions of one text. What can't be bound becomes a <see cref="Failure"/> in its place; nothing is thrown.</summary>
internal sealed class ExpressionBinder(Binder binder, ExpressionSource source, IBindingScope scope)
{
    public IBindingScope Scope => scope;

    public ExpressionDialect Dialect => binder.Dialect;

    public Expression Bind(SyntaxNode node, Locals locals) => node switch
    {
        LiteralSyntax literal => new Literal(literal.Value) { Source = source, Span = literal.Span },
        CallSyntax call => BindCall(call, locals),
        MemberSyntax member => BindMember(member, member.Span, locals),
        IdentifierSyntax variable => Place(
            locals.Find(variable.Name) is >= 0 and var index ? new Local(index) : FunctionFaults.NotDefined(variable.Name, null, binder.Functions, Dialect),
            variable.Span),
        _ => throw new InvalidOperationException($"A syntax node of type {node.GetType().Name} is not known."),
    };

    /// <summary>Binds a call: looks the function up, checks the count, and folds what is constant.</summary>
    public Expression Bind(BoundCall call, TextSpan span)
    {
        if (!binder.Functions.TryGet(call.Name, Dialect, out var function))
            return Place(FunctionFaults.NotDefined(call.Name, null, binder.Functions, Dialect), span);
        if (Dialect == ExpressionDialect.Tutorial) function = TutorialFunctions.InPlaceOf(function);
        if (function.Origin == FunctionOrigin.Extension && Dialect == ExpressionDialect.Strict)
            return Place(FunctionFaults.NotDefined(call.Name, function, binder.Functions, Dialect), span);
        if (FunctionFaults.WrongCount(function, call.Name, call.Count) is { } wrongCount) return Place(wrongCount, span);
        call.Resolve(function, span);
        if (function.Bind is { } bind) return Place(bind(call), span);

        var arguments = new Expression[call.Count];
        var isConstant = function.IsDeterministic;
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = call.Argument(i);
            isConstant &= arguments[i].IsConstant;
        }

        return Finish(Node(function, arguments), isConstant, span);
    }

    // Most calls are of functions that take values: those need nothing around their arguments. All else goes the long way, refusals too.
    private Expression BindCall(CallSyntax call, Locals locals)
    {
        if (Dialect == ExpressionDialect.Tutorial || !binder.Functions.TryGet(call, Dialect, out var function)
            || function.Bind is not null || (function.Origin == FunctionOrigin.Extension && Dialect == ExpressionDialect.Strict)
            || call.Arguments.Count < function.MinimumArguments || call.Arguments.Count > function.MaximumArguments)
            return Bind(new SyntaxCall(this, call, locals), call.Span);

        var arguments = new Expression[call.Arguments.Count];
        var isConstant = function.IsDeterministic;
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Bind(call.Arguments[i], locals);
            isConstant &= arguments[i].IsConstant;
        }

        return Finish(Node(function, arguments), isConstant, call.Span);
    }

    /// <summary>Joins the pieces of an interpolation.</summary>
    public Expression Interpolate(IReadOnlyList<TemplatePart> parts, Locals locals)
    {
        var pieces = new Expression[parts.Count];
        var isConstant = true;
        for (var i = 0; i < pieces.Length; i++)
        {
            pieces[i] = parts[i].Expression is { } expression
                ? Bind(expression, locals)
                : new Literal(FlowValue.String(parts[i].Text)) { Source = source, Span = parts[i].Span };
            isConstant &= pieces[i].IsConstant;
        }

        return Finish(new Interpolation(pieces), isConstant, new TextSpan(0, source.Text.Length));
    }

    /// <summary>The arguments, counted where somebody asks.</summary>
    public Expression[] Watched(string function, Expression[] arguments, TextSpan span)
    {
        if (binder.Probe is not { } probe || arguments.Length < 2) return arguments;
        var counter = probe.Bound(function, arguments.Length, source, span);
        return [.. arguments.Select((argument, i) => new Probed(argument, counter, i))];
    }

    private Expression BindMember(MemberSyntax member, TextSpan chain, Locals locals)
    {
        // A message quotes the whole chain, so inner steps are told where it ends.
        var isOptional = member.IsOptional || locals.Asks;
        var isAsked = isOptional && !member.IsOptional; // then it may have something to tell when it is evaluated
        var target = member.Target is MemberSyntax inner ? BindMember(inner, chain, locals) : Bind(member.Target, TutorialRules.Target(Dialect, locals));
        if (member.Name is { } name)
            return Finish(new Property(target, name, isOptional, chain, isAsked), target.IsConstant && !isAsked, member.Span);
        var index = Bind(member.Index, TutorialRules.Anywhere(locals));
        return Finish(new Index(target, index, isOptional, chain, isAsked), target.IsConstant && index.IsConstant && !isAsked, member.Span);
    }

    private static Call Node(FunctionSpec function, Expression[] arguments) => function switch
    {
        { Unary: { } body } => new Call1(body, !function.IsConstantTime, arguments[0]),
        { Binary: { } body } when arguments.Length == 2 => new Call2(body, !function.IsConstantTime, arguments[0], arguments[1]),
        { Ternary: { } body } => new Call3(body, !function.IsConstantTime, arguments[0], arguments[1], arguments[2]),
        { Variadic: { } body } => new CallN(body, !function.IsConstantTime, arguments),
        { Contextual: { } body } => new CallN(body, !function.IsConstantTime, arguments),
        _ => throw new InvalidOperationException($"The function '{function.Name}' has no body."),
    };

    private Expression Finish(Expression node, bool isConstant, TextSpan span)
    {
        node.Source = source;
        node.Span = span;
        if (isConstant && binder.Trace is null)
        {
            try
            {
                return new Literal(node.Evaluate(new FoldingContext())) { Source = source, Span = span };
            }
            catch (ExpressionException)
            {
                // It fails whenever it is reached, and only then: a dead branch must not fail.
            }
        }

        return Watch(node, span);
    }

    private Expression Place(Expression node, TextSpan span)
    {
        // A lazy function may have answered with one of its arguments, which has its place already; a trace reports the call as well.
        if (node.Source is not null) return Watch(node, span);
        node.Source = source;
        node.Span = span;
        return Watch(node, span);
    }

    private Expression Watch(Expression node, TextSpan span) =>
        binder.Trace is { } trace ? new Traced(node, trace, source) { Source = source, Span = span } : node;
}
