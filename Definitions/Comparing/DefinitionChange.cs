namespace FlowEngine.Definitions;

/// <summary>How a part of a definition differs from the same part of another one.</summary>
public enum ChangeKind
{
    /// <summary>Only the second definition has it.</summary>
    Added,

    /// <summary>Only the first definition has it.</summary>
    Removed,

    /// <summary>It has another name and is otherwise the same.</summary>
    Renamed,

    /// <summary>It stands in another container; its members may differ besides.</summary>
    Moved,

    /// <summary>Its members differ.</summary>
    Changed,
}

/// <summary>A difference between two definitions, as <see cref="DefinitionDiff"/> finds them.</summary>
/// <param name="Kind">How it differs.</param>
/// <param name="Subject">What differs: <c>action</c>, <c>trigger</c>, <c>parameter</c>, <c>output</c>, <c>staticResult</c> or <c>definition</c>.</param>
/// <param name="Name">Its name in the second definition, in the first where it was removed; empty for the definition itself.</param>
public sealed record DefinitionChange(ChangeKind Kind, string Subject, string Name)
{
    /// <summary>The type of an action or trigger; null for other parts.</summary>
    public string? Type { get; init; }

    /// <summary>Of a renamed part its first name, of a moved one its first container.</summary>
    public string? From { get; init; }

    /// <summary>The container in which it stands now (of a removed one: stood), such as <c>Check: else</c>; null at the top level and for parts other than actions.</summary>
    public string? Container { get; init; }

    /// <summary>Members that differ, in the order of the first definition, then those that only the second has.</summary>
    public IReadOnlyList<MemberChange> Members { get; init; } = [];
}

/// <summary>A member that differs.</summary>
/// <param name="Path">Its JSON Pointer from the part, such as <c>/inputs/uri</c>.</param>
/// <param name="Before">Its value in the first definition.</param>
/// <param name="HasBefore">Whether the first definition has it.</param>
/// <param name="After">Its value in the second definition.</param>
/// <param name="HasAfter">Whether the second definition has it.</param>
public sealed record MemberChange(string Path, FlowValue Before, bool HasBefore, FlowValue After, bool HasAfter);
