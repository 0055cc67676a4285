using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace FlowEngine.Definitions;

/// <summary>An action as the file has it.</summary>
public sealed record ActionDefinition
{
    /// <summary>An action whose members are set by who makes it.</summary>
    public ActionDefinition()
    {
    }

    /// <summary>The same at a place that is no text yet.</summary>
    [SetsRequiredMembers]
    internal ActionDefinition(PointerSteps at, string name, string type, FlowValue raw)
    {
        (Path, Name, Type, Raw) = (string.Empty, name, type, raw);
        At = at;
        (RunAfter, Branches, OperationOptions) = ([], [], FrozenSet<string>.Empty);
    }

    /// <summary>Its name, the key in <c>actions</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Canonical type (<c>Foreach</c> for <c>foreach</c>); as written where it is unknown; empty where there is none.</summary>
    public required string Type { get; init; }

    /// <summary>What is known of its type; null where it is not known.</summary>
    internal ActionTypeInfo? TypeInfo { get; init; }

    /// <summary>The whole action object; members are found ignoring case.</summary>
    public required FlowValue Raw { get; init; }

    /// <summary>JSON Pointer of the action in its file.</summary>
    public required string Path { get => At.ToString(); init => At = value.Length == 0 ? PointerSteps.None : new PointerSteps(null, value); }

    /// <summary>The same, not made into text yet.</summary>
    internal PointerSteps At { get; private init; } = PointerSteps.None;

    /// <summary>Predecessors in written order; empty where the action starts with its container.</summary>
    public required IReadOnlyList<RunAfter> RunAfter { get; init; }

    /// <summary>
    /// Nested actions. Scope, Foreach, Until: one branch. If: two, <c>actions</c> and <c>else</c> (present even when the file has none).
    /// Switch: one a case in written order, then <c>default</c> (present even when the file has none).
    /// </summary>
    public required IReadOnlyList<BranchDefinition> Branches { get; init; }

    /// <summary>The <c>kind</c>, or null.</summary>
    public string? Kind => Raw["kind"].AsStringOrNull;

    /// <summary>The <c>inputs</c> template; null where there is none.</summary>
    public FlowValue Inputs => Raw["inputs"];

    /// <summary>The <c>limit.timeout</c>, where there is one that parses.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The <c>runtimeConfiguration</c> object.</summary>
    public FlowValue RuntimeConfiguration => Raw["runtimeConfiguration"];

    /// <summary>The <c>trackedProperties</c> template; null where there is none.</summary>
    public FlowValue TrackedProperties => Raw["trackedProperties"];

    /// <summary>The words of <c>operationOptions</c>, compared ignoring case.</summary>
    public required IReadOnlySet<string> OperationOptions { get; init; }
}

/// <summary>One <c>actions</c> map: the top level, a scope's body, a branch or a case.</summary>
/// <param name="Label">How messages and the outline call it: <c>actions</c>, <c>else</c>, the case's key, <c>default</c>.</param>
/// <param name="Actions">Its actions in document order.</param>
/// <param name="Case">The case's value; null elsewhere.</param>
/// <param name="Path">JSON Pointer of the map.</param>
public sealed record BranchDefinition(string Label, IReadOnlyList<ActionDefinition> Actions, FlowValue Case, string Path)
{
    private readonly PointerSteps _at = new(null, Path);

    internal BranchDefinition(string label, IReadOnlyList<ActionDefinition> actions, FlowValue caseValue, PointerSteps at)
        : this(label, actions, caseValue, string.Empty) => _at = at;

    /// <summary>JSON Pointer of the map.</summary>
    public string Path { get => _at.ToString(); init => _at = new PointerSteps(null, value); }

    /// <summary>Every action at any depth, in document order.</summary>
    public IEnumerable<ActionDefinition> AllActions()
    {
        foreach (var action in Actions)
        {
            yield return action;
            foreach (var branch in action.Branches)
            {
                foreach (var nested in branch.AllActions()) yield return nested;
            }
        }
    }
}

/// <summary>A predecessor and the statuses in which it may have ended.</summary>
/// <param name="Action">The predecessor's name, in the spelling of its own key where it exists.</param>
/// <param name="Statuses">Which statuses satisfy it.</param>
/// <param name="Written">The statuses in written order, in canonical spelling.</param>
/// <param name="Path">JSON Pointer of the entry.</param>
public sealed record RunAfter(string Action, RunAfterStatuses Statuses, IReadOnlyList<string> Written, string Path)
{
    // Only faults ask for the pointer of an entry; made of each as it was read they were 150 bytes an action (load.actions-1000).
    private readonly string? _path = Path;
    private readonly PointerSteps? _owner;

    /// <summary>As read.</summary>
    /// <param name="action">The predecessor's name, in the spelling of its own key where it exists.</param>
    /// <param name="statuses">Which statuses satisfy it.</param>
    /// <param name="written">The statuses in written order, in canonical spelling.</param>
    /// <param name="owner">Where the action is that has the entry.</param>
    /// <param name="key">The predecessor's name as the entry has it.</param>
    internal RunAfter(string action, RunAfterStatuses statuses, IReadOnlyList<string> written, PointerSteps owner, string key)
        : this(action, statuses, written, string.Empty) => (_path, _owner, Key) = (null, owner, key);

    /// <summary>JSON Pointer of the entry.</summary>
    public string Path
    {
        get => _path ?? JsonPointer.Append(_owner!.ToString(), "runAfter", Key); // one of the two is set
        init => _path = value;
    }

    /// <summary>The predecessor's name as the entry has it.</summary>
    internal string Key { get => field ?? JsonPointer.Last(Path); init; }
}

/// <summary>Statuses that <c>runAfter</c> may name.</summary>
[Flags]
public enum RunAfterStatuses
{
    /// <summary>No status: never.</summary>
    None = 0,

    /// <summary>After it succeeded.</summary>
    Succeeded = 1,

    /// <summary>After it failed.</summary>
    Failed = 2,

    /// <summary>After it was skipped.</summary>
    Skipped = 4,

    /// <summary>After it timed out.</summary>
    TimedOut = 8,
}
