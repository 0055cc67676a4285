namespace FlowEngine.Expressions;

/// <summary>The locals in sight where an expression stands, innermost first.</summary>
/// <param name="Item">The local that <c>item()</c> means; -1 where the host's scope decides.</param>
/// <param name="Next">The first local that is free. 0 is kept for the element of Select, Query and Table.</param>
/// <param name="Name">The variable bound last, or null.</param>
/// <param name="Index">The local of that variable.</param>
/// <param name="Outer">The locals around.</param>
internal sealed record Locals(int Item, int Next, string? Name = null, int Index = -1, Locals? Outer = null)
{
    /// <summary>Whether what is read may be missing: every step acts as if written with <c>?</c>.</summary>
    public bool Asks { get; init; }

    /// <summary>What the expression is to the call or step around it.</summary>
    public ReferencePlace Place { get; init; }

    /// <summary>Neither <c>item()</c> nor variables.</summary>
    public static Locals None { get; } = new(-1, 1);

    /// <summary><c>item()</c> is local 0.</summary>
    public static Locals Element { get; } = new(0, 1);

    /// <summary>One more local, which <c>item()</c> means too.</summary>
    public Locals With(string? name) => new(Next, Next + 1, name, Next, this) { Asks = Asks };

    /// <summary>The local of a variable, innermost first; -1 where there is none.</summary>
    public int Find(string name)
    {
        for (var locals = this; locals is not null; locals = locals.Outer)
        {
            if (locals.Name == name) return locals.Index;
        }

        return -1;
    }
}
