namespace FlowEngine.Connectors;

/// <summary>A row of the table of policies: what an element may have, and how its policy is made.</summary>
/// <param name="Name">The element's name.</param>
/// <param name="Create">Makes it.</param>
internal sealed record PolicyRow(string Name, Func<PolicyElement, PolicyReader, IPolicy?> Create)
{
    /// <summary>Attributes that must be there.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Attributes that may be there.</summary>
    public IReadOnlyList<string> Optional { get; init; } = [];

    /// <summary>Elements that may stand in it; null where the policy looks itself.</summary>
    public IReadOnlyList<string>? Children { get; init; } = [];
}
