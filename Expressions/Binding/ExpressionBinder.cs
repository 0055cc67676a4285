namespace FlowEngine.Expressions;

/// <summary>Binds the expressions of one text. What can't be bound becomes a <see cref="Failure"/> in its place; nothing is thrown.</summary>
internal readonly struct ExpressionBinder(Binder binder, ExpressionSource source, IBindingScope scope)
{
    public ExpressionSource Source => source;

    public IBindingScope Scope => scope;

    public ExpressionDialect Dialect => binder.Dialect;

    public Expression Bind(SyntaxNode node, Locals locals) => node switch
    {
        LiteralSyntax literal => new Literal(literal.Value) { Source = source, Span = literal.Span },
        CallSyntax call => BindCall(call, locals),
        MemberSyntax member => BindMember(member, member.Span.Length, locals),
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

    // Most calls are of functions that take values, or read what a literal names: those need nothing around their arguments, and up to three
    // of them no array, which spares 350 bytes an action (load.actions-1000). All else goes the long way, refusals too.
    private Expression BindCall(CallSyntax call, Locals locals)
    {
        var count = call.Arguments.Count;
        if (Dialect == ExpressionDialect.Tutorial || !binder.Functions.TryGet(call, Dialect, out var function)
            || (function.Origin == FunctionOrigin.Extension && Dialect == ExpressionDialect.Strict)
            || count < function.MinimumArguments || count > function.MaximumArguments)
            return Bind(new SyntaxCall(this, call, locals), call.Span);
        if (function.Bind is not null) return BindReference(function, call, locals) is { } reference ? Place(reference, call.Span) : Bind(new SyntaxCall(this, call, locals), call.Span);

        var isConstant = function.IsDeterministic;
        if (function.Takes(count))
        {
            var first = Bind(call.Arguments[0], locals);
            isConstant &= first.IsConstant;
            if (function.Unary is { } unary) return Finish(new Call1(unary, !function.IsConstantTime, first), isConstant, call.Span);
            var second = Bind(call.Arguments[1], locals);
            isConstant &= second.IsConstant;
            if (function.Ternary is not { } ternary) return Finish(new Call2(function.Binary!, !function.IsConstantTime, first, second), isConstant, call.Span); // one of the three, as it takes so many
            var third = Bind(call.Arguments[2], locals);
            return Finish(new Call3(ternary, !function.IsConstantTime, first, second, third), isConstant && third.IsConstant, call.Span);
        }

        Expression[] arguments = count == 0 ? [] : new Expression[count];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Bind(call.Arguments[i], locals);
            isConstant &= arguments[i].IsConstant;
        }

        return Finish(Node(function, arguments), isConstant, call.Span);
    }

    // As the function itself would by its Bind, where nothing has to be bound before. Null where something has.
    private Expression? BindReference(FunctionSpec function, CallSyntax call, Locals locals)
    {
        if (function.Reference is not { } reference) return null;
        if (reference == ReferenceFunction.Item && locals.Item >= 0) return new Local(locals.Item);
        var name = call.LiteralText(0);
        return name is null && call.Arguments.Count > 0 ? null : scope.BindReference(new ReferenceCall(reference, call.Name, name, null));
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
        var watched = new Expression[arguments.Length];
        for (var i = 0; i < watched.Length; i++) watched[i] = new Probed(arguments[i], counter, i);
        return watched;
    }

    private Expression BindMember(MemberSyntax member, int chainLength, Locals locals)
    {
        // A message quotes the whole chain, so inner steps are told where it ends.
        var isOptional = member.IsOptional || locals.Asks;
        var isAsked = isOptional && !member.IsOptional; // then it may have something to tell when it is evaluated
        var target = member.Target is MemberSyntax inner ? BindMember(inner, chainLength, locals) : Bind(member.Target, TutorialRules.Target(Dialect, locals));
        if (member.Name is { } name)
            return Finish(new Property(target, name, isOptional, chainLength, isAsked), target.IsConstant && !isAsked, member.Span);
        var index = Bind(member.Index, TutorialRules.Anywhere(locals));
        return Finish(new Index(target, index, isOptional, chainLength, isAsked), target.IsConstant && index.IsConstant && !isAsked, member.Span);
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
