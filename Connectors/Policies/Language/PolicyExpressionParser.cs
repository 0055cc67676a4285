namespace FlowEngine.Connectors;

/// <summary>Parses C# expressions by precedence.</summary>
/// <param name="text">The whole text, for the holes of interpolated strings.</param>
/// <param name="tokens">The tokens.</param>
/// <param name="block">Parses a block: the body of a lambda.</param>
internal sealed class PolicyExpressionParser(string text, PolicyTokens tokens, Func<PolicyNode> block)
{
    public PolicyNode Parse()
    {
        using var _ = tokens.Enter();
        if (Lambda() is { } lambda) return lambda;
        var left = Conditional();
        if (tokens.Next.Kind != PolicyTokenKind.Sign || !PolicyPrecedence.Assigns(tokens.Next.Text)) return left;
        var sign = tokens.Take();
        if (left is not (NameNode or IndexNode)) throw new PolicyExpressionException("Only a variable or an indexed value can be assigned to.", left.At);
        var value = Parse();
        return new AssignNode(sign.Text, left, value, left.At) { Depth = PolicyTokens.DepthOver(left.At, left, value) };
    }

    /// <summary>Takes a type's name, with type arguments, <c>?</c> and <c>[]</c>.</summary>
    public bool TryType(out string type)
    {
        type = string.Empty;
        if (tokens.Next.Kind != PolicyTokenKind.Name) return false;
        using var level = tokens.Enter(); // Type arguments nest.
        type = tokens.Take().Text;
        while (tokens.Next.Is(".") && tokens.Peek.Kind == PolicyTokenKind.Name)
        {
            tokens.Take();
            type += "." + tokens.Take().Text;
        }

        if (tokens.Next.Is("<") && !TryTypeArguments(out _)) return false;
        if (tokens.Next.Is("?")) tokens.Take();
        while (tokens.Next.Is("[") && tokens.Peek.Is("]"))
        {
            tokens.Take();
            tokens.Take();
            type += "[]";
        }

        return true;
    }

    /// <summary>The items of <c>{ a, b }</c>.</summary>
    public ArrayNode ArrayItems()
    {
        var at = tokens.Expect("{").Start;
        var items = new List<PolicyNode>();
        while (!tokens.Next.Is("}"))
        {
            items.Add(Parse());
            if (!tokens.TryTake(",")) break;
        }

        tokens.Expect("}");
        return new ArrayNode(items, at) { Depth = PolicyTokens.DepthOver(at, items) };
    }

    private LambdaNode? Lambda()
    {
        var mark = tokens.Mark;
        var at = tokens.Next.Start;
        var parameters = new List<string>();
        if (tokens.Next.Kind == PolicyTokenKind.Name && tokens.Peek.Is("=>"))
        {
            parameters.Add(tokens.Take().Text);
        }
        else if (tokens.TryTake("("))
        {
            while (tokens.Next.Kind == PolicyTokenKind.Name && !tokens.Next.Is(")"))
            {
                parameters.Add(tokens.Take().Text);
                if (!tokens.TryTake(",")) break;
            }

            if (!tokens.TryTake(")") || !tokens.Next.Is("=>"))
            {
                tokens.Mark = mark;
                return null;
            }
        }
        else
        {
            return null;
        }

        tokens.Expect("=>");
        var body = tokens.Next.Is("{") ? block() : Parse();
        return new LambdaNode(parameters, body, at) { Depth = PolicyTokens.DepthOver(at, body) };
    }

    private PolicyNode Conditional()
    {
        var condition = Coalescing();
        if (!tokens.TryTake("?")) return condition;
        var then = Parse();
        tokens.Expect(":");
        var otherwise = Parse();
        return new ConditionalNode(condition, then, otherwise, condition.At) { Depth = PolicyTokens.DepthOver(condition.At, condition, then, otherwise) };
    }

    private PolicyNode Coalescing()
    {
        var left = Binary(0);
        if (!tokens.TryTake("??")) return left;
        using var _ = tokens.Enter();
        var right = tokens.Next.IsName("throw") ? throw tokens.Unexpected() : Coalescing();
        return new BinaryNode("??", left, right, left.At) { Depth = PolicyTokens.DepthOver(left.At, left, right) };
    }

    private PolicyNode Binary(int level)
    {
        if (level == PolicyPrecedence.Levels) return Unary();
        var left = Binary(level + 1);
        while (true)
        {
            if (level == PolicyPrecedence.Relational && (tokens.Next.IsName("is") || tokens.Next.IsName("as")))
            {
                var isAs = tokens.Take().Text == "as";
                if (!isAs && tokens.Next is { Kind: PolicyTokenKind.Literal, Value: null })
                {
                    tokens.Take();
                    left = new BinaryNode("==", left, new LiteralNode(null, left.At), left.At) { Depth = PolicyTokens.DepthOver(left.At, left) };
                    continue;
                }

                if (!TryType(out var type)) throw tokens.Unexpected();
                left = new TypeTestNode(left, type, isAs, left.At) { Depth = PolicyTokens.DepthOver(left.At, left) };
                continue;
            }

            if (PolicyPrecedence.OperatorAt(tokens, level) is not { } written) return left;
            var sign = tokens.Take();
            if (written == ">>") tokens.Take();
            var right = Binary(level + 1);
            left = new BinaryNode(written, left, right, sign.Start) { Depth = PolicyTokens.DepthOver(sign.Start, left, right) };
        }
    }

    private PolicyNode Unary()
    {
        using var _ = tokens.Enter();
        var next = tokens.Next;
        if (next.Is("!") || next.Is("-") || next.Is("+") || next.Is("~"))
        {
            tokens.Take();
            if (next.Is("-") && Least(tokens.Next) is { } least)
            {
                tokens.Take();
                return new LiteralNode(least, next.Start);
            }

            var operand = Unary();
            return new UnaryNode(next.Text, operand, next.Start) { Depth = PolicyTokens.DepthOver(next.Start, operand) };
        }

        if (next.Is("++") || next.Is("--"))
        {
            tokens.Take();
            return Step(Unary(), next, isPrefix: true);
        }

        if (next.Is("(") && Cast() is { } cast) return cast;
        var value = Postfix(Primary());
        return tokens.Next.Is("++") || tokens.Next.Is("--") ? Step(value, tokens.Take(), isPrefix: false) : value;
    }

    // The two numbers that fit only with their sign.
    private static object? Least(PolicyToken token) => token.Kind == PolicyTokenKind.Literal && token.Value is 2147483648u ? int.MinValue : token.Value is 9223372036854775808ul ? long.MinValue : (object?)null;

    private static StepNode Step(PolicyNode target, PolicyToken sign, bool isPrefix) =>
        target is NameNode name ? new StepNode(name, sign.Text == "++" ? 1 : -1, isPrefix, name.At) : throw new PolicyExpressionException($"'{sign.Text}' is for variables.", sign.Start, 2);

    private CastNode? Cast()
    {
        var mark = tokens.Mark;
        var at = tokens.Take().Start;
        if (TryType(out var type) && PolicyCasts.Knows(type) && tokens.TryTake(")") && StartsValue(tokens.Next))
        {
            var operand = Unary();
            return new CastNode(type, operand, at) { Depth = PolicyTokens.DepthOver(at, operand) };
        }

        tokens.Mark = mark;
        return null;
    }

    private static bool StartsValue(PolicyToken token) =>
        token.Kind is PolicyTokenKind.Name or PolicyTokenKind.Literal or PolicyTokenKind.Interpolated || token.Is("(") || token.Is("!") || token.Is("-");

    private PolicyNode Primary()
    {
        if (tokens.Next.Kind == PolicyTokenKind.End) throw tokens.Unexpected();
        var next = tokens.Take();
        switch (next.Kind)
        {
            case PolicyTokenKind.Literal:
                return new LiteralNode(next.Value, next.Start);
            case PolicyTokenKind.Interpolated:
                return Interpolation(next);
            case PolicyTokenKind.Name when next.Text == "new":
                return New(next.Start);
            case PolicyTokenKind.Name when next.Text is "typeof" or "nameof" or "sizeof" or "default" or "stackalloc" or "checked" or "unchecked" or "delegate" or "this" or "base" or "await":
                throw new PolicyExpressionException($"'{next.Text}' is not supported in policy expressions.", next.Start, next.Text.Length);
            case PolicyTokenKind.Name:
                return new NameNode(next.Text, next.Start);
            case PolicyTokenKind.Sign when next.Text == "(":
                var inner = Parse();
                tokens.Expect(")");
                return inner;
            default:
                tokens.Mark--;
                throw tokens.Unexpected();
        }
    }

    private PolicyNode Postfix(PolicyNode value)
    {
        while (true)
        {
            var next = tokens.Next;
            if (next.Is(".") || next.Is("?."))
            {
                tokens.Take();
                if (tokens.Next.Kind != PolicyTokenKind.Name) throw tokens.Unexpected();
                var name = tokens.Take();
                value = new MemberNode(value, name.Text, TypeArgumentsOfCall(), next.Text == "?.", name.Start) { Depth = PolicyTokens.DepthOver(name.Start, value) };
            }
            else if (next.Is("("))
            {
                var arguments = Arguments();
                value = new CallNode(value, arguments, value.At) { Depth = PolicyTokens.DepthOver(value.At, [value, .. arguments.Select(argument => argument.Value)]) };
            }
            else if (next.Is("[") || (next.Is("?") && tokens.Peek.Is("[") && value is MemberNode or NameNode or IndexNode or CallNode && LooksIndexed()))
            {
                var isConditional = tokens.TryTake("?");
                tokens.Expect("[");
                var index = Parse();
                tokens.Expect("]");
                value = new IndexNode(value, index, isConditional, next.Start) { Depth = PolicyTokens.DepthOver(next.Start, value, index) };
            }
            else
            {
                return value;
            }
        }
    }

    // x?[0] against x ? [..] : y: C# of these versions has no list that starts with a bracket.
    private bool LooksIndexed() => tokens.Peek.Start == tokens.Next.End;

    private List<string> TypeArgumentsOfCall()
    {
        if (!tokens.Next.Is("<")) return [];
        var mark = tokens.Mark;
        if (TryTypeArguments(out var arguments) && tokens.Next.Is("(")) return arguments;
        tokens.Mark = mark;
        return [];
    }

    private bool TryTypeArguments(out List<string> arguments)
    {
        arguments = [];
        tokens.Expect("<");
        do
        {
            if (!TryType(out var type)) return false;
            arguments.Add(type);
        }
        while (tokens.TryTake(","));
        return tokens.TryTake(">");
    }

    private List<Argument> Arguments()
    {
        tokens.Expect("(");
        var arguments = new List<Argument>();
        while (!tokens.Next.Is(")"))
        {
            string? name = null;
            if (tokens.Next.Kind == PolicyTokenKind.Name && tokens.Peek.Is(":"))
            {
                name = tokens.Take().Text;
                tokens.Take();
            }

            if (tokens.Next.IsName("out") || tokens.Next.IsName("ref")) throw new PolicyExpressionException($"'{tokens.Next.Text}' is not supported in policy expressions.", tokens.Next.Start, 3);
            arguments.Add(new Argument(name, Parse()));
            if (!tokens.TryTake(",")) break;
        }

        tokens.Expect(")");
        return arguments;
    }

    private PolicyNode New(int at)
    {
        using var _ = tokens.Enter();
        if (tokens.TryTake("["))
        {
            tokens.Expect("]");
            return ArrayItems();
        }

        if (tokens.Next.Is("{")) throw new PolicyExpressionException("Anonymous types are not supported in policy expressions; use a JObject.", at, 3);
        var start = tokens.Next.Start;
        if (tokens.Next.Kind != PolicyTokenKind.Name) throw tokens.Unexpected();
        var type = tokens.Take().Text;
        while (tokens.TryTake("."))
        {
            if (tokens.Next.Kind != PolicyTokenKind.Name) throw tokens.Unexpected();
            type += "." + tokens.Take().Text;
        }

        List<string> typeArguments = [];
        if (tokens.Next.Is("<") && !TryTypeArguments(out typeArguments)) throw tokens.Unexpected();
        if (tokens.Next.Is("["))
        {
            tokens.Take();
            var size = tokens.Next.Is("]") ? null : Parse();
            tokens.Expect("]");
            if (tokens.Next.Is("{")) return ArrayItems();
            return new NewNode(type + "[]", [], size is null ? [] : [new Argument(null, size)], [], start) { Depth = PolicyTokens.DepthOver(start, size) };
        }

        var arguments = tokens.Next.Is("(") ? Arguments() : [];
        var members = tokens.Next.Is("{") ? Initialiser() : [];
        return new NewNode(type, typeArguments, arguments, members, start)
        {
            Depth = PolicyTokens.DepthOver(start, [.. arguments.Select(argument => argument.Value), .. members.SelectMany(member => new[] { member.Key, member.Value })]),
        };
    }

    // { ["a"] = 1 }, { { "a", 1 } } and { 1, 2 }.
    private List<(PolicyNode? Key, PolicyNode Value)> Initialiser()
    {
        var members = new List<(PolicyNode? Key, PolicyNode Value)>();
        tokens.Expect("{");
        while (!tokens.Next.Is("}"))
        {
            if (tokens.TryTake("["))
            {
                var key = Parse();
                tokens.Expect("]");
                tokens.Expect("=");
                members.Add((key, Parse()));
            }
            else if (tokens.TryTake("{"))
            {
                var key = Parse();
                tokens.Expect(",");
                members.Add((key, Parse()));
                tokens.Expect("}");
            }
            else
            {
                members.Add((null, Parse()));
            }

            if (!tokens.TryTake(",")) break;
        }

        tokens.Expect("}");
        return members;
    }

    private InterpolationNode Interpolation(PolicyToken token)
    {
        var pieces = new List<(PolicyNode Value, string? Format)>();
        foreach (var piece in (IReadOnlyList<InterpolationPiece>)token.Value!) // The lexer made it.
        {
            if (piece.Text is { } written)
            {
                pieces.Add((new LiteralNode(written, token.Start), null));
                continue;
            }

            using var _ = tokens.Enter();
            var inner = new PolicyTokens(PolicyLexer.Read(text, piece.Start, piece.Start + piece.Length), tokens.Nesting);
            var value = new PolicyExpressionParser(text, inner, () => throw inner.Unexpected()).Parse();
            if (inner.Next.Kind != PolicyTokenKind.End) throw inner.Unexpected();
            pieces.Add((value, piece.Format));
        }

        return new InterpolationNode(pieces, token.Start) { Depth = PolicyTokens.DepthOver(token.Start, [.. pieces.Select(piece => piece.Value)]) };
    }
}
