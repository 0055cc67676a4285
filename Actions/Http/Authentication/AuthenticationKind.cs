namespace FlowEngine.Actions;

/// <summary>A row of the table of authentication kinds: its name, its members, and how its authenticator is made.</summary>
/// <param name="Type">The value of <c>type</c>, compared ignoring case.</param>
/// <param name="Create">Makes the authenticator of a call from members that are all there; null where nothing is to be put on a message.</param>
internal sealed record AuthenticationKind(string Type, Func<FlowObject, IHttpAuthenticator?> Create)
{
    /// <summary>Members that must be there.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Members that may be there.</summary>
    public IReadOnlyList<string> Optional { get; init; } = [];

    /// <summary>Members that never show.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Whether only this engine has it.</summary>
    public bool IsExtension { get; init; }

    /// <summary>Whether it has a member of that name.</summary>
    public bool Has(string member) =>
        Required.Contains(member, StringComparer.OrdinalIgnoreCase) || Optional.Contains(member, StringComparer.OrdinalIgnoreCase);
}
