namespace FlowEngine.Definitions;

/// <summary>A JSON Pointer that becomes text when somebody reads it, which mostly faults do: the last name or index, and the steps before it.</summary>
/// <remarks>As text the pointers of all actions were 110 bytes an action (<c>load.actions-1000</c>).</remarks>
/// <param name="outer">The steps before it; null where <paramref name="name"/> is a whole pointer.</param>
/// <param name="name">The name or index.</param>
internal sealed class PointerSteps(PointerSteps? outer, string name) : IEquatable<PointerSteps>
{
    /// <summary>No step: what is below leads on from a place that its reader knows, such as the action's.</summary>
    public static PointerSteps None { get; } = new(null, string.Empty);

    /// <summary>Whether they lead to one place.</summary>
    public bool Equals(PointerSteps? other) => ReferenceEquals(this, other) || (other is not null && ToString() == other.ToString());

    public override bool Equals(object? obj) => Equals(obj as PointerSteps);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public override string ToString() => outer is null ? name : JsonPointer.Append(outer.ToString(), name);
}
