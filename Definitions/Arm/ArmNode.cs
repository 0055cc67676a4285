namespace FlowEngine.Definitions;

/// <summary>A part of a template expression.</summary>
internal abstract record ArmNode
{
    /// <summary>Text in single quotes, or an integer.</summary>
    public sealed record Literal(FlowValue Value) : ArmNode;

    /// <summary><c>name(arguments)</c>; the name may have a namespace before a dot.</summary>
    public sealed record Call(string Name, IReadOnlyList<ArmNode> Arguments) : ArmNode;

    /// <summary><c>target.name</c> or <c>target[index]</c>.</summary>
    public sealed record Member(ArmNode Target, ArmNode Key) : ArmNode;
}
