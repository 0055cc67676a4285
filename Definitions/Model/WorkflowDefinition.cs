namespace FlowEngine.Definitions;

/// <summary>A workflow definition as the file has it: named parts, templates still as text.</summary>
public sealed record WorkflowDefinition
{
    /// <summary>The definition object.</summary>
    public required FlowValue Raw { get; init; }

    /// <summary>JSON Pointer of the definition in its file; empty for a bare definition.</summary>
    public required string Path { get; init; }

    /// <summary><c>Stateful</c>, <c>Stateless</c>, <c>Agent</c>, or null where the file has none.</summary>
    public string? Kind { get; init; }

    /// <summary>Declared parameters by name, in order.</summary>
    public required IReadOnlyList<ParameterDefinition> Parameters { get; init; }

    /// <summary>Triggers in order.</summary>
    public required IReadOnlyList<TriggerDefinition> Triggers { get; init; }

    /// <summary>The top level's actions.</summary>
    public required BranchDefinition Root { get; init; }

    /// <summary>Workflow outputs in order.</summary>
    public required IReadOnlyList<OutputDefinition> Outputs { get; init; }

    /// <summary>The <c>staticResults</c> object, or null.</summary>
    public FlowValue StaticResults { get; init; }

    /// <summary>Every action at any depth, in document order.</summary>
    public IEnumerable<ActionDefinition> AllActions() => Root.AllActions();
}

/// <summary>A declared parameter.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Canonical: <c>String, SecureString, Int, Float, Bool, Array, Object, SecureObject</c>; as written where it is none of them.</param>
/// <param name="Default">The default value; see <paramref name="HasDefault"/>.</param>
/// <param name="HasDefault">Whether a default is given (it may be null).</param>
/// <param name="AllowedValues">The values allowed, or null for any.</param>
/// <param name="Path">JSON Pointer of the declaration.</param>
public sealed record ParameterDefinition(string Name, string Type, FlowValue Default, bool HasDefault, FlowArray? AllowedValues, string Path)
{
    /// <summary>Whether the value must never be shown.</summary>
    public bool IsSecure => Type is "SecureString" or "SecureObject";
}

/// <summary>A workflow output.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type as written.</param>
/// <param name="Value">The value template.</param>
/// <param name="Path">JSON Pointer of the declaration.</param>
public sealed record OutputDefinition(string Name, string Type, FlowValue Value, string Path);

/// <summary>A trigger.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Canonical type, as written where it is unknown.</param>
/// <param name="Raw">The whole trigger object.</param>
/// <param name="Path">JSON Pointer of the trigger.</param>
public sealed record TriggerDefinition(string Name, string Type, FlowValue Raw, string Path)
{
    /// <summary>The <c>kind</c>, or null.</summary>
    public string? Kind => Raw["kind"].AsStringOrNull;

    /// <summary>The <c>inputs</c> template.</summary>
    public FlowValue Inputs => Raw["inputs"];
}
