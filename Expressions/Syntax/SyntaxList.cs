using System.Collections;

namespace FlowEngine.Expressions;

/// <summary>Nodes of the syntax in order. As a struct, since every pass over a definition asks each call for its arguments: no look-up of an interface, nothing to allocate.</summary>
internal readonly struct SyntaxList(SyntaxNode[] nodes) : IReadOnlyList<SyntaxNode>
{
    /// <inheritdoc/>
    public int Count => nodes.Length;

    /// <inheritdoc/>
    public SyntaxNode this[int index] => nodes[index];

    /// <summary>The nodes in order, without allocation.</summary>
    public ReadOnlySpan<SyntaxNode>.Enumerator GetEnumerator() => new ReadOnlySpan<SyntaxNode>(nodes).GetEnumerator();

    IEnumerator<SyntaxNode> IEnumerable<SyntaxNode>.GetEnumerator() => ((IEnumerable<SyntaxNode>)nodes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => nodes.GetEnumerator();
}
