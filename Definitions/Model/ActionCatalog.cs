using System.Diagnostics.CodeAnalysis;

namespace FlowEngine.Definitions;

/// <summary>What the validator must know of an action type. Filled by the layer that runs actions.</summary>
/// <param name="Type">Canonical type name.</param>
public sealed record ActionTypeInfo(string Type)
{
    /// <summary>Whether there is something that runs it.</summary>
    public bool IsImplemented { get; init; } = true;

    /// <summary>Members that <c>inputs</c> may have; null where any are fine (Compose).</summary>
    public IReadOnlyList<string>? InputMembers { get; init; }

    /// <summary>Members that <c>inputs</c> must have.</summary>
    public IReadOnlyList<string> RequiredInputs { get; init; } = [];

    /// <summary>Members of the action itself that must be there, such as <c>foreach</c> or <c>expression</c>.</summary>
    public IReadOnlyList<string> RequiredMembers { get; init; } = [];

    /// <summary>Members of the action itself besides the common ones, such as <c>actions</c>, <c>else</c>, <c>cases</c>.</summary>
    public IReadOnlyList<string> OwnMembers { get; init; } = [];

    /// <summary>The values that <c>kind</c> may have, where it says what the action does; empty where it is not looked at.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Whether there must be a <c>kind</c>.</summary>
    public bool NeedsKind { get; init; }

    /// <summary>Whether it is a control action without <c>inputs</c>.</summary>
    public bool TakesInputs { get; init; } = true;
}

/// <summary>What the validator must know of a kind of <c>authentication</c>.</summary>
/// <param name="Type">The value of its <c>type</c>.</param>
/// <param name="Required">Members that must be there.</param>
/// <param name="IsExtension">Whether only this engine has it.</param>
internal sealed record AuthenticationInfo(string Type, IReadOnlyList<string> Required, bool IsExtension);

/// <summary>The action types that there are, by name ignoring case.</summary>
public sealed class ActionCatalog
{
    private readonly Dictionary<string, ActionTypeInfo> _types = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A catalogue of these types, by name ignoring case.</summary>
    public ActionCatalog(IEnumerable<ActionTypeInfo> types)
    {
        foreach (var type in types) _types[type.Type] = type;
    }

    /// <summary>The kinds of <c>authentication</c> that there are; none means that nothing is said of them.</summary>
    internal IReadOnlyList<AuthenticationInfo> Authentications { get; init; } = [];

    /// <summary>All types.</summary>
    public IEnumerable<ActionTypeInfo> Types => _types.Values;

    /// <summary>Canonical names of all types.</summary>
    public IEnumerable<string> TypeNames => _types.Keys;

    /// <summary>Looks a type up, ignoring case.</summary>
    public bool TryGet(string type, [NotNullWhen(true)] out ActionTypeInfo? info) => _types.TryGetValue(type, out info);
}
