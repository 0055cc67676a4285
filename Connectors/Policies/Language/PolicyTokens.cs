namespace FlowEngine.Connectors;

/// <summary>The tokens of an expression, one ahead; counts how deep the parser is.</summary>
/// <param name="tokens">The tokens, an End at last.</param>
/// <param name="nesting">How deep they stand: those of a hole in a text are as deep as the text.</param>
internal sealed class PolicyTokens(List<PolicyToken> tokens, int nesting = 0)
{
    /// <summary>How deep brackets and blocks may nest.</summary>
    public const int MaxNesting = 100;

    // A chain of operators is as deep as it is long.
    private const int MaxDepth = 400;

    /// <summary>How deep the parser is.</summary>
    public int Nesting { get; private set; } = nesting;

    /// <summary>Where the parser stands; set it to go back.</summary>
    public int Mark { get; set; }

    public PolicyToken Next => tokens[Mark];

    public PolicyToken Peek => tokens[Math.Min(Mark + 1, tokens.Count - 1)];

    public PolicyToken Take() => tokens[Mark < tokens.Count - 1 ? Mark++ : Mark];

    public bool TryTake(string sign)
    {
        if (!Next.Is(sign)) return false;
        Take();
        return true;
    }

    public bool TryTakeName(string name)
    {
        if (!Next.IsName(name)) return false;
        Take();
        return true;
    }

    public PolicyToken Expect(string sign) => Next.Is(sign) ? Take() : throw Unexpected(sign);

    public PolicyExpressionException Unexpected(string? wanted = null)
    {
        var found = Next.Kind == PolicyTokenKind.End ? "the end of the expression" : $"'{Next.Text}'";
        return new PolicyExpressionException(wanted is null ? $"Did not expect {found} here." : $"Expected '{wanted}', but found {found}.", Next.Start, Math.Max(1, Next.End - Next.Start));
    }

    /// <summary>One level deeper until it is disposed.</summary>
    public Level Enter()
    {
        if (++Nesting > MaxNesting) throw new PolicyExpressionException($"The expression is nested more than {MaxNesting} deep.", Next.Start);
        return new Level(this);
    }

    /// <summary>The depth of a node over its children.</summary>
    public static int DepthOver(int at, params IReadOnlyList<PolicyNode?> children)
    {
        var depth = 1 + (children.Count == 0 ? 0 : children.Max(child => child?.Depth ?? 0));
        return depth <= MaxDepth ? depth : throw new PolicyExpressionException($"The expression is a chain of more than {MaxDepth} parts.", at);
    }

    internal readonly struct Level(PolicyTokens tokens) : IDisposable
    {
        public void Dispose() => tokens.Nesting--;
    }
}
