using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;

namespace FlowEngine.Connectors;

/// <summary>A lambda with the variables around it.</summary>
internal sealed record PolicyLambda(Func<object?[], object?> Call);

/// <summary>Walks a checked expression. One for each evaluation; nothing is compiled.</summary>
internal sealed class PolicyEvaluator(PolicyContext context)
{
    // What a null-conditional chain gives from its null on.
    private static readonly object Absent = new();

    private Variables _variables = new(null);
    private object? _result;

    private enum Flow
    {
        Next,
        Break,
        Continue,
        Return,
    }

    private sealed class Variables(Variables? outer)
    {
        private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

        public Variables? Outer => outer;

        public void Declare(string name, object? value) => _values[name] = value;

        public bool TryFind(string name, out Variables scope)
        {
            for (var at = this; at is not null; at = at.Outer)
            {
                if (!at._values.ContainsKey(name)) continue;
                scope = at;
                return true;
            }

            scope = this;
            return false;
        }

        public object? this[string name] { get => _values[name]; set => _values[name] = value; }
    }

    /// <summary>What the run and its policies are.</summary>
    public PolicyContext Context => context;

    public PolicyBudget Budget { get; } = new(context.Budget);

    /// <summary>Evaluates an expression, or runs its statements up to <c>return</c>.</summary>
    /// <exception cref="PolicyExpressionException">It fails.</exception>
    public object? Run(PolicyNode node)
    {
        _variables.Declare("context", new ContextView(context));
        try
        {
            if (node is not BlockNode) return Evaluate(node);
            Execute(node);
            return _result;
        }
        catch (InsufficientExecutionStackException e)
        {
            throw new PolicyExpressionException("The evaluation went too deep.", node.At, 1, e);
        }
    }

    public object? Evaluate(PolicyNode node)
    {
        var value = EvaluateChain(node);
        return ReferenceEquals(value, Absent) ? null : value;
    }

    private object? EvaluateChain(PolicyNode node)
    {
        Budget.Step(node.At);
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (node)
        {
            case LiteralNode literal: return literal.Value;
            case NameNode name: return Variable(name);
            case StaticNode member: return PolicyTypes.Find(member.Type)!.Invoke(member.Name, Call(member.TypeArguments, [], member.At)); // The check found it.
            case MemberNode member: return Member(member);
            case CallNode call: return Call(call);
            case IndexNode index: return Index(index);
            case UnaryNode unary: return PolicyOperators.Unary(unary.Sign, Evaluate(unary.Operand), unary.At);
            case StepNode step: return Step(step);
            case BinaryNode binary: return Binary(binary);
            case ConditionalNode choice: return Evaluate(Truth(choice.Condition) ? choice.Then : choice.Else);
            case AssignNode assign: return Assign(assign);
            case NewNode made: return New(made);
            case ArrayNode array: return array.Items.Select(Evaluate).ToList();
            case LambdaNode lambda: return Lambda(lambda);
            case CastNode cast: return Cast(cast);
            case TypeTestNode test:
                var tested = Evaluate(test.Operand);
                var fits = PolicyCasts.Is(test.Type, tested);
                return test.IsAs ? fits ? tested : null : fits;
            case InterpolationNode text: return Interpolate(text);
            default: throw new PolicyExpressionException("A value was expected here.", node.At);
        }
    }

    private object? Variable(NameNode name) => _variables.TryFind(name.Name, out var scope) ? scope[name.Name] : throw new PolicyExpressionException($"The variable '{name.Name}' has no value yet.", name.At, name.Name.Length);

    private bool Truth(PolicyNode node) => PolicyOperators.Truth(Evaluate(node), node.At);

    private object? Member(MemberNode member)
    {
        var target = EvaluateChain(member.Target);
        if (ReferenceEquals(target, Absent) || (target is null && member.IsConditional)) return Absent;
        return PolicyMembers.Invoke(target ?? throw IsNull(member.Target, member.Name), member.Name, Call(member.TypeArguments, [], member.At));
    }

    private object? Call(CallNode call)
    {
        if (call.Target is StaticNode type) return PolicyTypes.Find(type.Type)!.Invoke(type.Name, Call(type.TypeArguments, call.Arguments, type.At)); // The check found it.
        var method = (MemberNode)call.Target; // The check lets nothing else through.
        var target = EvaluateChain(method.Target);
        if (ReferenceEquals(target, Absent) || (target is null && method.IsConditional)) return Absent;
        return PolicyMembers.Invoke(target ?? throw IsNull(method.Target, method.Name), method.Name, Call(method.TypeArguments, call.Arguments, method.At));
    }

    private PolicyCall Call(IReadOnlyList<string> typeArguments, IReadOnlyList<Argument> arguments, int at) =>
        new(this, typeArguments, [.. arguments.Select(argument => Evaluate(argument.Value))], at);

    private object? Index(IndexNode index)
    {
        var target = EvaluateChain(index.Target);
        if (ReferenceEquals(target, Absent) || (target is null && index.IsConditional)) return Absent;
        return PolicyMembers.Index(target ?? throw IsNull(index.Target, "[]"), Evaluate(index.Index), Budget, index.At);
    }

    private static PolicyExpressionException IsNull(PolicyNode target, string member) => new($"The value in front of '{member}' is null.", target.At);

    private object? Step(StepNode step)
    {
        var before = Variable(step.Variable);
        var after = PolicyNumbers.For(step.Type, PolicyOperators.Binary("+", before, step.By, step.At, Budget), isCast: true, step.At);
        _variables.TryFind(step.Variable.Name, out var scope);
        scope[step.Variable.Name] = after;
        return step.IsPrefix ? after : before;
    }

    private object? Binary(BinaryNode binary)
    {
        switch (binary.Sign)
        {
            case "&&": return Truth(binary.Left) && Truth(binary.Right);
            case "||": return Truth(binary.Left) || Truth(binary.Right);
            case "??": return Evaluate(binary.Left) ?? Evaluate(binary.Right);
            default: return PolicyOperators.Binary(binary.Sign, Evaluate(binary.Left), Evaluate(binary.Right), binary.At, Budget);
        }
    }

    private object? Assign(AssignNode assign)
    {
        if (assign.Sign == "??=" && Evaluate(assign.Target) is { } known) return known;
        var value = Evaluate(assign.Value);
        var isCompound = assign.Sign is not ("=" or "??=");
        if (isCompound) value = PolicyOperators.Binary(assign.Sign[..^1], Evaluate(assign.Target), value, assign.At, Budget);
        value = PolicyNumbers.For(assign.Type, value, isCompound, assign.Value.At);
        if (assign.Target is NameNode name)
        {
            if (name.Name == "context") throw new PolicyExpressionException("'context' can't be assigned to.", name.At, name.Name.Length);
            _variables.TryFind(name.Name, out var scope);
            scope[name.Name] = value;
            return value;
        }

        var index = (IndexNode)assign.Target; // The parser lets nothing else through.
        PolicyMembers.SetIndex(Evaluate(index.Target) ?? throw IsNull(index.Target, "[]"), Evaluate(index.Index), value, Budget, index.At);
        return value;
    }

    private object? New(NewNode made)
    {
        if (made.Type.EndsWith("[]", StringComparison.Ordinal))
        {
            var size = made.Arguments.Count == 0 ? 0 : PolicyCasts.Integer(Evaluate(made.Arguments[0].Value), made.At);
            Budget.Charge(16L * Math.Max(0, size), made.At);
            if (made.Type.Contains("byte", StringComparison.OrdinalIgnoreCase)) return new byte[Math.Max(0, size)];
            return Enumerable.Repeat<object?>(null, Math.Max(0, size)).ToList();
        }

        var value = PolicyTypes.Find(made.Type)!.Make(Call(made.TypeArguments, made.Arguments, made.At)); // The check found it.
        foreach (var (key, member) in made.Members)
        {
            var item = Evaluate(member);
            if (key is not null) PolicyMembers.SetIndex(value, Evaluate(key), item, Budget, member.At);
            else PolicyMembers.Invoke(value, "Add", new PolicyCall(this, [], [item], member.At));
        }

        return value;
    }

    private PolicyLambda Lambda(LambdaNode lambda)
    {
        var around = _variables;
        return new PolicyLambda(values =>
        {
            var (before, result) = (_variables, _result);
            _variables = new Variables(around);
            for (var i = 0; i < lambda.Parameters.Count; i++) _variables.Declare(lambda.Parameters[i], i < values.Length ? values[i] : null);
            try
            {
                if (lambda.Body is not BlockNode) return Evaluate(lambda.Body);
                _result = null;
                Execute(lambda.Body);
                return _result;
            }
            finally
            {
                (_variables, _result) = (before, result);
            }
        });
    }

    private object? Cast(CastNode cast)
    {
        var value = Evaluate(cast.Operand);
        if (cast.Type != "string") Budget.Scan(PolicyCall.SizeOf(value), cast.At);
        return PolicyCasts.To(cast.Type, value, cast.At);
    }

    private string Interpolate(InterpolationNode text)
    {
        var result = new StringBuilder();
        foreach (var (value, format) in text.Pieces)
        {
            var piece = format is null ? PolicyCasts.Text(Evaluate(value)) : PolicyFormats.Format(Evaluate(value), format, value.At);
            result.Append(Budget.Text(piece, value.At));
        }

        return result.ToString();
    }

    // Statements

    private Flow Execute(PolicyNode node)
    {
        Budget.Step(node.At);
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (node)
        {
            case BlockNode block: return Scoped(() => Sequence(block.Statements), block.IsDeclaration);
            case DeclareNode declare:
                _variables.Declare(declare.Name, declare.Value is null ? null : PolicyNumbers.For(declare.Type, Evaluate(declare.Value), isCast: false, declare.Value.At));
                return Flow.Next;
            case IfNode choice:
                if (Truth(choice.Condition)) return Execute(choice.Then);
                return choice.Else is null ? Flow.Next : Execute(choice.Else);
            case ReturnNode result:
                _result = result.Value is null ? null : Evaluate(result.Value);
                return Flow.Return;
            case ThrowNode thrown: throw new PolicyExpressionException(PolicyCasts.Text(Evaluate(thrown.Value)), thrown.At);
            case LoopNode loop: return Scoped(() => Loop(loop), isDeclaration: false);
            case ForEachNode each: return ForEach(each);
            case JumpNode jump: return jump.IsBreak ? Flow.Break : Flow.Continue;
            default:
                Evaluate(node);
                return Flow.Next;
        }
    }

    private Flow Scoped(Func<Flow> run, bool isDeclaration)
    {
        if (isDeclaration) return run();
        var before = _variables;
        _variables = new Variables(before);
        try
        {
            return run();
        }
        finally
        {
            _variables = before;
        }
    }

    private Flow Sequence(IReadOnlyList<PolicyNode> statements)
    {
        foreach (var statement in statements)
        {
            var flow = Execute(statement);
            if (flow != Flow.Next) return flow;
        }

        return Flow.Next;
    }

    private Flow Loop(LoopNode loop)
    {
        foreach (var start in loop.Start) Execute(start);
        var first = true;
        while ((loop.TestsAfter && first) || loop.Condition is null || Truth(loop.Condition))
        {
            first = false;
            Budget.Step(loop.At);
            var flow = Execute(loop.Body);
            if (flow == Flow.Break) break;
            if (flow == Flow.Return) return flow;
            foreach (var step in loop.Step) Evaluate(step);
        }

        return Flow.Next;
    }

    private Flow ForEach(ForEachNode each)
    {
        foreach (var item in PolicyMembers.Items(Evaluate(each.Items), each.At))
        {
            Budget.Step(each.At);
            var flow = Scoped(
                () =>
                {
                    _variables.Declare(each.Name, item);
                    return Execute(each.Body);
                },
                isDeclaration: false);
            if (flow == Flow.Break) break;
            if (flow == Flow.Return) return flow;
        }

        return Flow.Next;
    }
}
