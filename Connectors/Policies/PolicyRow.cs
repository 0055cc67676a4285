namespace FlowEngine.Connectors;

/// <summary>A row of the table of policies: what an element may have, and how its policy is made.</summary>
/// <param name="Name">The element's name.</param>
/// <param name="Create">Makes it.</param>
internal sealed record PolicyRow(string Name, Func<PolicyElement, PolicyReader, IPolicy?> Create)
{
    public PolicyShape Shape { get; init; } = new();
}

/// <summary>What an element may have; all else is diagnosed.</summary>
internal sealed record PolicyShape
{
    /// <summary>An element with a text and nothing else.</summary>
    public static PolicyShape OnlyText { get; } = new() { TakesText = true };

    /// <summary>Attributes that must be there.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Attributes that may be there.</summary>
    public IReadOnlyList<string> Optional { get; init; } = [];

    /// <summary>Attributes that API Management has and that change nothing here, each with the value with which there is nothing to miss; null for none. They are told.</summary>
    public IReadOnlyDictionary<string, string?> WithoutEffect { get; init; } = new Dictionary<string, string?>();

    /// <summary>Elements that may stand in it.</summary>
    public IReadOnlyDictionary<string, PolicyShape> Children { get; init; } = new Dictionary<string, PolicyShape>();

    /// <summary>Whether policies stand in it, beside <see cref="Children"/>.</summary>
    public bool HoldsPolicies { get; init; }

    /// <summary>Whether text stands in it.</summary>
    public bool TakesText { get; init; }

    /// <summary>Whether it stands once at most in what is around it.</summary>
    public bool IsSingle { get; init; }

    /// <summary>Whether the element itself changes nothing here. That is told.</summary>
    public bool IsWithoutEffect { get; init; }
}
