namespace FlowEngine.Connectors;

/// <summary>A node of a parsed policy expression.</summary>
/// <param name="At">Where it starts in the expression.</param>
internal abstract record PolicyNode(int At)
{
    /// <summary>How deep the tree below is; bounded, so that walking it can't exhaust the stack.</summary>
    public int Depth { get; init; } = 1;
}

// Expressions

internal sealed record LiteralNode(object? Value, int At) : PolicyNode(At);

internal sealed record NameNode(string Name, int At) : PolicyNode(At);

/// <summary><c>target.Name</c>, <c>target?.Name</c>, with type arguments.</summary>
internal sealed record MemberNode(PolicyNode Target, string Name, IReadOnlyList<string> TypeArguments, bool IsConditional, int At) : PolicyNode(At);

/// <summary>A member of a type of the list: found when the expression is checked.</summary>
internal sealed record StaticNode(string Type, string Name, IReadOnlyList<string> TypeArguments, int At) : PolicyNode(At);

internal sealed record Argument(string? Name, PolicyNode Value);

internal sealed record CallNode(PolicyNode Target, IReadOnlyList<Argument> Arguments, int At) : PolicyNode(At);

internal sealed record IndexNode(PolicyNode Target, PolicyNode Index, bool IsConditional, int At) : PolicyNode(At);

internal sealed record UnaryNode(string Sign, PolicyNode Operand, int At) : PolicyNode(At);

/// <summary><c>x++</c>, <c>--x</c>: of a local variable only.</summary>
internal sealed record StepNode(NameNode Variable, int By, bool IsPrefix, int At) : PolicyNode(At)
{
    /// <summary>The variable's number type; null where it has none.</summary>
    public string? Type { get; init; }
}

internal sealed record BinaryNode(string Sign, PolicyNode Left, PolicyNode Right, int At) : PolicyNode(At);

internal sealed record ConditionalNode(PolicyNode Condition, PolicyNode Then, PolicyNode Else, int At) : PolicyNode(At);

internal sealed record AssignNode(string Sign, PolicyNode Target, PolicyNode Value, int At) : PolicyNode(At)
{
    /// <summary>The target's number type; null where it has none.</summary>
    public string? Type { get; init; }
}

internal sealed record NewNode(string Type, IReadOnlyList<string> TypeArguments, IReadOnlyList<Argument> Arguments, IReadOnlyList<(PolicyNode? Key, PolicyNode Value)> Members, int At) : PolicyNode(At);

internal sealed record ArrayNode(IReadOnlyList<PolicyNode> Items, int At) : PolicyNode(At);

internal sealed record LambdaNode(IReadOnlyList<string> Parameters, PolicyNode Body, int At) : PolicyNode(At);

internal sealed record CastNode(string Type, PolicyNode Operand, int At) : PolicyNode(At);

/// <summary><c>x is T</c>, <c>x as T</c>.</summary>
internal sealed record TypeTestNode(PolicyNode Operand, string Type, bool IsAs, int At) : PolicyNode(At);

internal sealed record InterpolationNode(IReadOnlyList<(PolicyNode Value, string? Format)> Pieces, int At) : PolicyNode(At);

// Statements

internal sealed record BlockNode(IReadOnlyList<PolicyNode> Statements, int At) : PolicyNode(At)
{
    /// <summary>Whether it is <c>int a = 1, b = 2;</c>: what it declares belongs to the block around.</summary>
    public bool IsDeclaration { get; init; }
}

internal sealed record DeclareNode(string Name, PolicyNode? Value, int At) : PolicyNode(At)
{
    /// <summary>The number type that the declaration names; null where it names another, or none.</summary>
    public string? Type { get; init; }

    /// <summary>Whether the type is that of the value.</summary>
    public bool IsVar { get; init; }
}

internal sealed record IfNode(PolicyNode Condition, PolicyNode Then, PolicyNode? Else, int At) : PolicyNode(At);

internal sealed record ReturnNode(PolicyNode? Value, int At) : PolicyNode(At);

internal sealed record ThrowNode(PolicyNode Value, int At) : PolicyNode(At);

/// <summary><c>while</c>, <c>do</c> and <c>for</c>.</summary>
internal sealed record LoopNode(IReadOnlyList<PolicyNode> Start, PolicyNode? Condition, IReadOnlyList<PolicyNode> Step, PolicyNode Body, bool TestsAfter, int At) : PolicyNode(At);

internal sealed record ForEachNode(string Name, PolicyNode Items, PolicyNode Body, int At) : PolicyNode(At);

internal sealed record JumpNode(bool IsBreak, int At) : PolicyNode(At);
