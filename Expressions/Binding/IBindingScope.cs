namespace FlowEngine.Expressions;

/// <summary>What names mean where an expression stands. Implemented by the plan compiler and by <c>flow eval</c>.</summary>
internal interface IBindingScope
{
    /// <summary>
    /// A node that reads what the call refers to. Names ignore case. For a name that doesn't exist, or a function that has no meaning here,
    /// it returns a node that throws the service's error when evaluated (<see cref="Failure"/>), never null. A new node each time: the
    /// binder writes the place of the call into it, and names that place when the node fails.
    /// </summary>
    Expression BindReference(ReferenceCall call);
}
