namespace FlowEngine.Connectors;

/// <summary>Parses the statements of policy expressions; <see cref="PolicyExpressionParser"/> has the expressions.</summary>
internal sealed class PolicyParser
{
    private readonly PolicyTokens _tokens;
    private readonly PolicyExpressionParser _expressions;

    private PolicyParser(string text, int from, int to)
    {
        _tokens = new PolicyTokens(PolicyLexer.Read(text, from, to));
        _expressions = new PolicyExpressionParser(text, _tokens, Block);
    }

    /// <summary>Parses <c>@(…)</c> or <c>@{…}</c>.</summary>
    /// <exception cref="PolicyExpressionException">What is wrong, with its place in the text.</exception>
    public static PolicyNode Parse(string text)
    {
        var isBlock = text.Length > 1 && text[1] == '{';
        var end = PolicyBrackets.EndOf(text, 1, text.Length);
        if (end < 0) throw new PolicyExpressionException($"The '@{text[1]}' is not closed.", 0, 2);
        if (text[end..].Trim().Length > 0) throw new PolicyExpressionException("Nothing may follow the expression.", end);
        var parser = new PolicyParser(text, 2, end - 1);
        PolicyNode node = isBlock ? parser.Statements(0) : parser._expressions.Parse();
        if (parser._tokens.Next.Kind != PolicyTokenKind.End) throw parser._tokens.Unexpected();
        return node;
    }

    private BlockNode Statements(int at)
    {
        var statements = new List<PolicyNode>();
        while (_tokens.Next.Kind != PolicyTokenKind.End && !_tokens.Next.Is("}")) statements.Add(Statement());
        return new BlockNode(statements, at) { Depth = PolicyTokens.DepthOver(at, statements) };
    }

    private BlockNode Block()
    {
        using var _ = _tokens.Enter();
        var at = _tokens.Expect("{").Start;
        var block = Statements(at);
        _tokens.Expect("}");
        return block;
    }

    private PolicyNode Statement()
    {
        using var _ = _tokens.Enter();
        var next = _tokens.Next;
        if (next.Is("{")) return Block();
        if (next.Is(";"))
        {
            _tokens.Take();
            return new BlockNode([], next.Start);
        }

        if (next.Kind == PolicyTokenKind.Name)
        {
            switch (next.Text)
            {
                case "if": return If();
                case "return": return Return();
                case "throw": return Throw();
                case "while": return While();
                case "do": return Do();
                case "for": return For();
                case "foreach": return ForEach();
                case "break" or "continue":
                    _tokens.Take();
                    _tokens.Expect(";");
                    return new JumpNode(next.Text == "break", next.Start);
                case "try" or "using" or "lock" or "unsafe" or "goto" or "switch" or "fixed" or "yield" or "await" or "async":
                    throw new PolicyExpressionException($"'{next.Text}' is not supported in policy expressions.", next.Start, next.Text.Length);
            }
        }

        var statement = Simple();
        _tokens.Expect(";");
        return statement;
    }

    // A declaration, or an expression that does something.
    private PolicyNode Simple()
    {
        if (Declaration() is { } declared) return declared;
        return _expressions.Parse();
    }

    private PolicyNode? Declaration()
    {
        var mark = _tokens.Mark;
        if (_tokens.Next.Kind != PolicyTokenKind.Name || !_expressions.TryType(out var type) || _tokens.Next.Kind != PolicyTokenKind.Name || _tokens.Peek is not { Kind: PolicyTokenKind.Sign, Text: "=" or ";" or "," })
        {
            _tokens.Mark = mark;
            return null;
        }

        var declared = new List<PolicyNode>();
        do
        {
            var name = _tokens.Take();
            PolicyNode? value = null;
            if (_tokens.TryTake("=")) value = _tokens.Next.Is("{") ? _expressions.ArrayItems() : _expressions.Parse();
            else if (type == "var") throw new PolicyExpressionException("A variable declared with 'var' needs a value.", name.Start, name.Text.Length);
            declared.Add(new DeclareNode(name.Text, value, name.Start) { Type = PolicyNumberTypes.Named(type), IsVar = type == "var", Depth = PolicyTokens.DepthOver(name.Start, value) });
        }
        while (_tokens.TryTake(","));
        return declared.Count == 1 ? declared[0] : new BlockNode(declared, declared[0].At) { IsDeclaration = true, Depth = PolicyTokens.DepthOver(declared[0].At, declared) };
    }

    private IfNode If()
    {
        var at = _tokens.Take().Start;
        var condition = Condition();
        var then = Statement();
        var otherwise = _tokens.TryTakeName("else") ? Statement() : null;
        return new IfNode(condition, then, otherwise, at) { Depth = PolicyTokens.DepthOver(at, condition, then, otherwise) };
    }

    private PolicyNode Condition()
    {
        _tokens.Expect("(");
        var condition = _expressions.Parse();
        _tokens.Expect(")");
        return condition;
    }

    private ReturnNode Return()
    {
        var at = _tokens.Take().Start;
        var value = _tokens.Next.Is(";") ? null : _expressions.Parse();
        _tokens.Expect(";");
        return new ReturnNode(value, at) { Depth = PolicyTokens.DepthOver(at, value) };
    }

    private ThrowNode Throw()
    {
        var at = _tokens.Take().Start;
        var value = _expressions.Parse();
        _tokens.Expect(";");
        return new ThrowNode(value, at) { Depth = PolicyTokens.DepthOver(at, value) };
    }

    private LoopNode While()
    {
        var at = _tokens.Take().Start;
        var condition = Condition();
        var body = Statement();
        return new LoopNode([], condition, [], body, TestsAfter: false, at) { Depth = PolicyTokens.DepthOver(at, condition, body) };
    }

    private LoopNode Do()
    {
        var at = _tokens.Take().Start;
        var body = Statement();
        if (!_tokens.TryTakeName("while")) throw _tokens.Unexpected("while");
        var condition = Condition();
        _tokens.Expect(";");
        return new LoopNode([], condition, [], body, TestsAfter: true, at) { Depth = PolicyTokens.DepthOver(at, condition, body) };
    }

    private LoopNode For()
    {
        var at = _tokens.Take().Start;
        _tokens.Expect("(");
        List<PolicyNode> start = _tokens.Next.Is(";") ? [] : [Simple()];
        _tokens.Expect(";");
        var condition = _tokens.Next.Is(";") ? null : _expressions.Parse();
        _tokens.Expect(";");
        var step = new List<PolicyNode>();
        while (!_tokens.Next.Is(")"))
        {
            step.Add(_expressions.Parse());
            if (!_tokens.TryTake(",")) break;
        }

        _tokens.Expect(")");
        var body = Statement();
        return new LoopNode(start, condition, step, body, TestsAfter: false, at) { Depth = PolicyTokens.DepthOver(at, [.. start, .. step, condition, body]) };
    }

    private ForEachNode ForEach()
    {
        var at = _tokens.Take().Start;
        _tokens.Expect("(");
        if (!_expressions.TryType(out _) || _tokens.Next.Kind != PolicyTokenKind.Name) throw _tokens.Unexpected();
        var name = _tokens.Take().Text;
        if (!_tokens.TryTakeName("in")) throw _tokens.Unexpected("in");
        var items = _expressions.Parse();
        _tokens.Expect(")");
        var body = Statement();
        return new ForEachNode(name, items, body, at) { Depth = PolicyTokens.DepthOver(at, items, body) };
    }
}
