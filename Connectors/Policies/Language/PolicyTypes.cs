namespace FlowEngine.Connectors;

/// <summary>A type of the list: its static members and how it is made.</summary>
/// <param name="Name">Without its namespace.</param>
internal sealed record PolicyType(string Name)
{
    /// <summary>Constants, properties and methods; a property gets no arguments.</summary>
    public Dictionary<string, Func<PolicyCall, object?>> Statics { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Makes one; null where expressions may not.</summary>
    public Func<PolicyCall, object>? Create { get; init; }

    /// <summary>Whether it signs with a key.</summary>
    public bool IsKeyedHash { get; init; }

    public object? Get(string member, PolicyCall call) => Invoke(member, call);

    public object? Invoke(string member, PolicyCall call)
    {
        call.ScanArguments();
        return PolicyGuard.Run(() => Statics[member](call), member, call.At);
    }

    /// <summary>Makes one; the check found that it can be made.</summary>
    public object Make(PolicyCall call)
    {
        call.ScanArguments();
        return PolicyGuard.Run(() => Create!(call), Name, call.At)!; // Create gives no null.
    }
}

/// <summary>The types whose static members expressions may use: the model is API Management's own list. A type is a row in one of the tables.</summary>
internal static class PolicyTypes
{
    private static readonly Dictionary<string, PolicyType> Known = All().ToDictionary(type => type.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Names => Known.Keys;

    /// <summary>The type of a name, with or without its namespace; null where it is not on the list.</summary>
    public static PolicyType? Find(string path) => PolicyTypeNames.Canonical(path) is { } name ? Known.GetValueOrDefault(name) : null;

    private static IEnumerable<PolicyType> All() => [.. PolicyValueTypes.Table, .. PolicyTextTypes.Table, .. PolicyHashTypes.Table, .. PolicyJsonTypes.Table, .. PolicyConstants.Table];
}
