namespace FlowEngine.Expressions;

/// <summary>A piece of a template text, in UTF-16 units from 0.</summary>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>The first unit behind the piece.</summary>
    public int End => Start + Length;
}
