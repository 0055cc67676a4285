namespace FlowEngine.Expressions;

/// <summary>A call that its function turns into a node itself (<see cref="FunctionSpec.Bind"/>): the door to the binder.</summary>
internal abstract class FunctionCall
{
    /// <summary>The function called.</summary>
    public abstract FunctionSpec Function { get; }

    /// <summary>The name as written.</summary>
    public abstract string Name { get; }

    /// <summary>How many arguments there are; within the function's bounds.</summary>
    public abstract int Count { get; }

    /// <summary>What names mean here.</summary>
    public abstract IBindingScope Scope { get; }

    /// <summary>The dialect of the text.</summary>
    public abstract ExpressionDialect Dialect { get; }

    /// <summary>The element that <c>item()</c> means where a construct around the call binds one; null where the host's scope decides.</summary>
    public abstract Expression? LocalItem { get; }

    /// <summary>Where the call stands; told in <see cref="ExpressionDialect.Tutorial"/> only.</summary>
    public virtual ReferencePlace Place => ReferencePlace.Anywhere;

    /// <summary>The last literal member name in an argument (<c>item()?['id']</c> gives <c>id</c>), or null.</summary>
    public abstract string? LastMemberName(int index);

    /// <summary>The literal text of an argument, or null where it is no string literal.</summary>
    public abstract string? LiteralText(int index);

    /// <summary>The compiled argument.</summary>
    public abstract Expression Argument(int index);

    /// <summary>The compiled argument with one more local: <c>item()</c> and, where given, the bare name mean the local <paramref name="local"/> inside it.</summary>
    public abstract Expression ArgumentWithLocal(int index, string? name, out int local);

    /// <summary>The arguments of a function that evaluates only what it needs, watched where somebody asks which ones those are.</summary>
    internal virtual Expression[] Watched(Expression[] arguments) => arguments;

    /// <summary>The two arguments of a <c>lambda('x', body)</c> that stands as the argument, or null where there is none.</summary>
    public abstract (string Name, Expression Body, int Local)? Lambda(int index);
}
