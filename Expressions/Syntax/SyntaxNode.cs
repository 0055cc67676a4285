namespace FlowEngine.Expressions;

/// <summary>A piece of a parsed expression. Immutable; what its names mean is decided by a <see cref="Binder"/>.</summary>
internal abstract class SyntaxNode
{
    private protected SyntaxNode(TextSpan span, int height)
    {
        Span = span;
        Height = height;
    }

    /// <summary>Where it stands in the template text.</summary>
    public TextSpan Span { get; }

    /// <summary>1, or one more than the deepest child: what evaluation nests at most.</summary>
    internal int Height { get; }

    /// <summary>Its parts in the order of evaluation.</summary>
    public abstract IEnumerable<SyntaxNode> Children { get; }

    /// <summary>This node and all below it, in the order of the text.</summary>
    public IEnumerable<SyntaxNode> DescendantsAndSelf()
    {
        yield return this;
        foreach (var child in Children)
        {
            foreach (var node in child.DescendantsAndSelf()) yield return node;
        }
    }
}

/// <summary>A string, number, boolean or null.</summary>
internal sealed class LiteralSyntax : SyntaxNode
{
    internal LiteralSyntax(FlowValue value, TextSpan span)
        : base(span, 1) => Value = value;

    /// <summary>The value.</summary>
    public FlowValue Value { get; }

    public override IEnumerable<SyntaxNode> Children => [];
}

/// <summary><c>name(argument, …)</c>.</summary>
internal sealed class CallSyntax : SyntaxNode
{
    internal CallSyntax(string name, SyntaxNode[] arguments, TextSpan span)
        : base(span, 1 + HighestOf(arguments))
    {
        Name = name;
        Arguments = new SyntaxList(arguments);
    }

    /// <summary>The function's name as written.</summary>
    public string Name { get; }

    /// <summary>Where the name stands: a call starts with it.</summary>
    public TextSpan NameSpan => Span with { Length = Name.Length };

    /// <summary>The arguments.</summary>
    public SyntaxList Arguments { get; }

    public override IEnumerable<SyntaxNode> Children => Arguments;

    /// <summary>What the name means in the table that was asked last; any thread may set it.</summary>
    internal FunctionTable.Meaning? Meaning { get; set; }

    /// <summary>The text of an argument that is a string literal, else null.</summary>
    public string? LiteralText(int index) => index < Arguments.Count ? (Arguments[index] as LiteralSyntax)?.Value.AsStringOrNull : null;

    /// <summary>The last literal name of a property in an argument (<c>item()?['id']</c> gives <c>id</c>), or null.</summary>
    public string? LastMemberName(int index) =>
        Arguments[index].DescendantsAndSelf().OfType<MemberSyntax>().Where(member => member.Name is not null).MaxBy(member => member.StepSpan.Start)?.Name;

    private static int HighestOf(SyntaxNode[] nodes)
    {
        var highest = 0;
        foreach (var node in nodes) highest = Math.Max(highest, node.Height);
        return highest;
    }
}

/// <summary>A dereference: <c>target.name</c>, <c>target?.name</c>, <c>target[index]</c> or <c>target?[index]</c>.</summary>
internal sealed class MemberSyntax : SyntaxNode
{
    // A name is kept as such and becomes a node when somebody asks: as nodes the names of all steps were 75 bytes an action (load.actions-1000).
    private object _index;
    private readonly int _stepStart;
    private readonly TextSpan _indexSpan;

    internal MemberSyntax(SyntaxNode target, SyntaxNode index, bool isOptional, TextSpan stepSpan)
        : this(target, index, index.Span, index.Height, isOptional, stepSpan)
    {
    }

    internal MemberSyntax(SyntaxNode target, string name, TextSpan nameSpan, bool isOptional, TextSpan stepSpan)
        : this(target, name, nameSpan, 1, isOptional, stepSpan)
    {
    }

    private MemberSyntax(SyntaxNode target, object index, TextSpan indexSpan, int indexHeight, bool isOptional, TextSpan stepSpan)
        : base(new TextSpan(target.Span.Start, stepSpan.End - target.Span.Start), 1 + Math.Max(target.Height, indexHeight))
    {
        Target = target;
        _index = index;
        _indexSpan = indexSpan;
        _stepStart = stepSpan.Start;
        IsOptional = isOptional;
    }

    /// <summary>What is dereferenced: a call or another dereference.</summary>
    public SyntaxNode Target { get; }

    /// <summary>The name or the index; a name behind a dot is a literal, as if it stood in brackets and quotes.</summary>
    public SyntaxNode Index => _index as SyntaxNode ?? IndexOf((string)_index);

    /// <summary>Whether a <c>?</c> stands before it.</summary>
    public bool IsOptional { get; }

    /// <summary>This step alone: from its <c>?</c>, dot or bracket.</summary>
    public TextSpan StepSpan => new(_stepStart, Span.End - _stepStart);

    /// <summary>The name, where it is known without evaluating.</summary>
    public string? Name => _index as string ?? (_index as LiteralSyntax)?.Value.AsStringOrNull;

    public override IEnumerable<SyntaxNode> Children => [Target, Index];

    // Two threads may both make one; they are alike, and either will do.
    private LiteralSyntax IndexOf(string name)
    {
        var index = new LiteralSyntax(FlowValue.String(name), _indexSpan);
        _index = index;
        return index;
    }
}

/// <summary>The variable of an enclosing <c>lambda</c>: only in the extended dialect.</summary>
internal sealed class IdentifierSyntax : SyntaxNode
{
    internal IdentifierSyntax(string name, TextSpan span)
        : base(span, 1) => Name = name;

    /// <summary>The variable's name.</summary>
    public string Name { get; }

    public override IEnumerable<SyntaxNode> Children => [];
}
