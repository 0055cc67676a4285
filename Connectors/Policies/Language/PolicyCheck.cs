using FlowEngine.Expressions;

namespace FlowEngine.Connectors;

/// <summary>Checks a parsed expression against the list of types and members, and binds the static ones. What is not on the list is an error with its place.</summary>
/// <remarks>What a value is, is known only when it is evaluated; a member is therefore checked twice: here that some type of the list has it, there that this one does.</remarks>
internal sealed class PolicyCheck
{
    // Each variable with its number type, null where it has none.
    private readonly List<Dictionary<string, string?>> _scopes = [new(StringComparer.Ordinal) { ["context"] = null }];
    private readonly PolicyNumberTypes _numbers;

    public PolicyCheck() => _numbers = new PolicyNumberTypes(TypeOf);

    /// <summary>Whether an unkeyed HMAC is made: its key is that of the connection, or chance.</summary>
    public bool UsesUnkeyedHmac { get; private set; }

    /// <summary>The expression with static members bound.</summary>
    /// <exception cref="PolicyExpressionException">Something is not on the list.</exception>
    public PolicyNode Bind(PolicyNode node) => node switch
    {
        LiteralNode or JumpNode => node,
        NameNode name => BindName(name),
        MemberNode member => Path(member.Target) is { } path ? BindStatic(member, path) : BindMember(member),
        CallNode call => BindCall(call),
        IndexNode index => index with { Target = Bind(index.Target), Index = Bind(index.Index) },
        UnaryNode unary => unary with { Operand = Bind(unary.Operand) },
        StepNode step => step with { Variable = BindName(step.Variable), Type = TypeOf(step.Variable.Name) },
        BinaryNode binary => binary with { Left = Bind(binary.Left), Right = Bind(binary.Right) },
        ConditionalNode conditional => Unified(conditional with { Condition = Bind(conditional.Condition), Then = Bind(conditional.Then), Else = Bind(conditional.Else) }),
        AssignNode assign => assign with { Target = Bind(assign.Target), Value = Bind(assign.Value), Type = assign.Target is NameNode name ? TypeOf(name.Name) : null },
        NewNode made => BindNew(made),
        ArrayNode array => array with { Items = [.. array.Items.Select(Bind)] },
        LambdaNode lambda => Scoped(lambda.Parameters, () => lambda with { Body = Bind(lambda.Body) }),
        CastNode cast => Known(cast.Type, cast.At, cast with { Operand = Bind(cast.Operand) }),
        TypeTestNode test => Known(test.Type, test.At, test with { Operand = Bind(test.Operand) }),
        InterpolationNode text => text with { Pieces = [.. text.Pieces.Select(piece => (Bind(piece.Value), piece.Format))] },
        BlockNode { IsDeclaration: true } list => list with { Statements = [.. list.Statements.Select(Bind)] },
        BlockNode block => Scoped([], () => block with { Statements = [.. block.Statements.Select(Bind)] }),
        DeclareNode declare => Declare(declare),
        IfNode choice => choice with { Condition = Bind(choice.Condition), Then = Bind(choice.Then), Else = choice.Else is null ? null : Bind(choice.Else) },
        ReturnNode result => result with { Value = result.Value is null ? null : Bind(result.Value) },
        ThrowNode thrown => thrown with { Value = Bind(thrown.Value) },
        LoopNode loop => Scoped([], () => loop with
        {
            Start = [.. loop.Start.Select(Bind)],
            Condition = loop.Condition is null ? null : Bind(loop.Condition),
            Step = [.. loop.Step.Select(Bind)],
            Body = Bind(loop.Body),
        }),
        ForEachNode each => Scoped([each.Name], () => each with { Items = Bind(each.Items), Body = Bind(each.Body) }),
        _ => throw new PolicyExpressionException("This is not supported in policy expressions.", node.At),
    };

    private T Scoped<T>(IEnumerable<string> names, Func<T> bind)
    {
        var scope = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var name in names) scope[name] = null;
        _scopes.Add(scope);
        var bound = bind();
        _scopes.RemoveAt(_scopes.Count - 1);
        return bound;
    }

    private DeclareNode Declare(DeclareNode declare)
    {
        var value = declare.Value is null ? null : Bind(declare.Value);
        _scopes[^1][declare.Name] = declare.Type ?? (declare.IsVar && value is not null ? _numbers.Of(value) : null);
        return declare with { Value = value };
    }

    // C# knows one type for both branches: an int beside a double is a double.
    private ConditionalNode Unified(ConditionalNode choice)
    {
        if (_numbers.Common(choice.Then, choice.Else) is not { } type) return choice;
        return choice with { Then = new CastNode(type, choice.Then, choice.Then.At) { Depth = choice.Then.Depth + 1 }, Else = new CastNode(type, choice.Else, choice.Else.At) { Depth = choice.Else.Depth + 1 } };
    }

    private string? TypeOf(string name) => _scopes.FindLast(scope => scope.ContainsKey(name))?[name];

    private bool IsVariable(string name) => _scopes.Exists(scope => scope.ContainsKey(name));

    private NameNode BindName(NameNode name)
    {
        if (IsVariable(name.Name)) return name;
        var known = _scopes.SelectMany(scope => scope.Keys).Concat(PolicyTypes.Names);
        throw Fault(PolicyTypes.Find(name.Name) is null ? $"'{name.Name}' is neither a variable nor a type that policy expressions may use." : $"'{name.Name}' is a type; one of its members was expected.", name.At, name.Name, known);
    }

    private MemberNode BindMember(MemberNode member)
    {
        if (!PolicyMembers.Names.Contains(member.Name)) throw Fault($"There is no member '{member.Name}' that policy expressions may use.", member.At, member.Name, PolicyMembers.Names);
        return member with { Target = Bind(member.Target) };
    }

    private StaticNode BindStatic(MemberNode member, string path)
    {
        if (PolicyTypes.Find(path) is { } type)
        {
            if (!type.Statics.ContainsKey(member.Name)) throw Fault($"The type '{path}' has no member '{member.Name}' that policy expressions may use.", member.At, member.Name, type.Statics.Keys);
            if (type.IsKeyedHash && member.Name == "Create") UsesUnkeyedHmac = true;
            return new StaticNode(type.Name, member.Name, member.TypeArguments, member.At) { Depth = member.Depth };
        }

        if (!PolicyTypeNames.IsNamespace(path)) throw Fault($"'{path}' is neither a variable nor a type that policy expressions may use.", member.Target.At, path, PolicyTypes.Names);
        if (!PolicyTypeNames.IsNamespace(path + "." + member.Name) && PolicyTypes.Find(path + "." + member.Name) is null)
            throw Fault($"'{path}.{member.Name}' is no type that policy expressions may use.", member.At, member.Name, PolicyTypes.Names);
        throw Fault($"'{path}.{member.Name}' is a type; one of its members was expected.", member.At, member.Name, []);
    }

    private CallNode BindCall(CallNode call)
    {
        if (call.Target is not MemberNode) throw new PolicyExpressionException("Only methods of types and values can be called.", call.At);
        var target = Bind(call.Target);
        return call with { Target = target, Arguments = Bind(call.Arguments, target is MemberNode { Name: "As" }) };
    }

    // Which parameter a name means, is known of none but this one: bodies are preserved anyway.
    private List<Argument> Bind(IReadOnlyList<Argument> arguments, bool isBody)
    {
        var bound = new List<Argument>(arguments.Count);
        foreach (var argument in arguments)
        {
            if (argument.Name is { } name && !(isBody && name == "preserveContent"))
                throw new PolicyExpressionException($"Named arguments are not supported in policy expressions, except 'preserveContent' of 'As'; give '{name}' by its position.", argument.Value.At);
            bound.Add(argument with { Value = Bind(argument.Value) });
        }

        return bound;
    }

    private NewNode BindNew(NewNode made)
    {
        if (!made.Type.EndsWith("[]", StringComparison.Ordinal) && PolicyTypes.Find(made.Type)?.Create is null)
            throw Fault($"The type '{made.Type}' is none that policy expressions may make.", made.At, made.Type, PolicyTypes.Names);
        if (PolicyTypes.Find(made.Type) is { IsKeyedHash: true } && made.Arguments.Count == 0) UsesUnkeyedHmac = true;
        return made with
        {
            Arguments = Bind(made.Arguments, isBody: false),
            Members = [.. made.Members.Select(member => (member.Key is null ? null : Bind(member.Key), Bind(member.Value)))],
        };
    }

    private static T Known<T>(string type, int at, T node) =>
        PolicyCasts.Knows(type) ? node : throw Fault($"'{type}' is no type that policy expressions may convert to.", at, type, PolicyCasts.Names);

    // Names with dots, where the first is no variable.
    private string? Path(PolicyNode node) => node switch
    {
        NameNode name when !IsVariable(name.Name) => name.Name,
        MemberNode { IsConditional: false, TypeArguments.Count: 0 } member when Path(member.Target) is { } path && PolicyTypes.Find(path) is null => path + "." + member.Name,
        _ => null,
    };

    private static PolicyExpressionException Fault(string message, int at, string name, IEnumerable<string> known)
    {
        var nearest = NearestName.Find(name, known.Distinct());
        return new PolicyExpressionException(message, at, name.Length) { Suggestion = nearest is null ? null : $"Did you mean '{nearest}'?" };
    }
}
